//! DTMF key presses as telephone events (RFC 4733).

use std::collections::VecDeque;

/// The keys, each at the index of its event number (RFC 4733 section 3.2).
const KEYS: &str = "0123456789*#ABCD";
/// Maximum number of queued keys.
const MOST_WAITING: usize = 32;
/// How long a key is pressed, in packets of 20 ms: 100 ms.
const DOWN: u16 = 5;
/// How often the end of a key press is sent (RFC 4733 section 2.5.1.4).
const ENDS: u16 = 3;
/// After how many packets the next key may be pressed: 60 ms after the previous one was released.
const APART: u16 = DOWN + 3;
/// The volume of a key, in dB below the reference.
const VOLUME: u8 = 10;
/// The duration of one audio packet, in timestamp units.
const STEP: u16 = 160;

/// The payload of one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPacket {
    /// The first of its key.
    pub marker: bool,
    /// When the key went down.
    pub timestamp: u32,
    /// Event, end and volume, duration.
    pub payload: [u8; 4],
}

/// A queue of pressed keys.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    waiting: VecDeque<u8>,
    down: Option<Down>,
}

/// A key that is being sent, or was just sent.
#[derive(Clone, Copy, Debug)]
struct Down {
    event: u8,
    timestamp: u32,
    /// Packets since it was pressed.
    at: u16,
}

/// What to send in a 20 ms step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A packet of a key press instead of audio.
    Key(KeyPacket),
    /// The audio.
    Sound,
}

impl Keys {
    /// Queues a key. Returns false if it isn't a valid key, or the queue is full.
    pub fn press(&mut self, key: char) -> bool {
        let event = KEYS.find(key.to_ascii_uppercase());
        let Some(event) = event.and_then(|event| u8::try_from(event).ok()) else {
            return false;
        };
        if self.waiting.len() == MOST_WAITING {
            return false;
        }
        self.waiting.push_back(event);
        true
    }

    /// Clears the queue and the current key.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Advances by one packet, whose audio would have this timestamp.
    pub fn step(&mut self, timestamp: u32) -> Step {
        if self.down.is_none_or(|down| down.at == APART) {
            self.down = self.waiting.pop_front().map(|event| Down {
                event,
                timestamp,
                at: 0,
            });
        }
        let Some(down) = &mut self.down else {
            return Step::Sound;
        };
        let at = down.at;
        down.at += 1;
        if at >= DOWN - 1 + ENDS {
            return Step::Sound;
        }
        let end = if at >= DOWN - 1 { 0x80 } else { 0 };
        let [high, low] = ((at + 1).min(DOWN) * STEP).to_be_bytes();
        Step::Key(KeyPacket {
            marker: at == 0,
            timestamp: down.timestamp,
            payload: [down.event, end | VOLUME, high, low],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(keys: &mut Keys, count: u32) -> Vec<Option<KeyPacket>> {
        (0..count)
            .map(|at| match keys.step(1000 + at * 160) {
                Step::Key(packet) => Some(packet),
                Step::Sound => None,
            })
            .collect()
    }

    #[test]
    fn a_key_is_down_for_100_ms_and_its_end_is_told_three_times() {
        let mut keys = Keys::default();
        assert!(keys.press('#'));

        let sent = steps(&mut keys, 10);

        let told: Vec<_> = sent.iter().flatten().collect();
        let ends: Vec<_> = told.iter().map(|packet| packet.payload[1]).collect();
        let durations: Vec<_> = told
            .iter()
            .map(|packet| u16::from_be_bytes([packet.payload[2], packet.payload[3]]))
            .collect();
        assert_eq!(ends, [10, 10, 10, 10, 0x8a, 0x8a, 0x8a]);
        assert_eq!(durations, [160, 320, 480, 640, 800, 800, 800]);
        assert!(told.iter().all(|packet| packet.payload[0] == 11));
        assert!(told.iter().all(|packet| packet.timestamp == 1000));
        let marked: Vec<_> = told.iter().map(|packet| packet.marker).collect();
        assert_eq!(marked, [true, false, false, false, false, false, false]);
        assert_eq!(sent[7..], [None; 3], "then there is sound again");
    }

    #[test]
    fn keys_wait_for_each_other() {
        let mut keys = Keys::default();
        for key in "1d".chars() {
            assert!(keys.press(key));
        }

        let sent = steps(&mut keys, 20);

        let begun: Vec<_> = sent
            .iter()
            .enumerate()
            .filter_map(|(at, packet)| packet.filter(|packet| packet.marker).map(|_| at))
            .collect();
        assert_eq!(begun, [0, 8], "100 ms down, at least 50 ms between");
        assert_eq!(sent[8].unwrap().payload[0], 15);
        assert_eq!(sent[8].unwrap().timestamp, 1000 + 8 * 160);
    }

    #[test]
    fn every_key_has_its_number_and_nothing_else_is_one() {
        for (number, key) in KEYS.chars().enumerate() {
            let mut keys = Keys::default();
            assert!(keys.press(key));
            let Step::Key(packet) = keys.step(0) else {
                panic!("{key} is not sent");
            };
            assert_eq!(usize::from(packet.payload[0]), number);
        }
        for other in ['E', ' ', '+', '\0', '１', '\u{10ffff}'] {
            assert!(!Keys::default().press(other), "{other:?}");
        }
    }

    #[test]
    fn no_more_than_32_keys_wait() {
        let mut keys = Keys::default();

        let taken = (0..1000).filter(|_| keys.press('5')).count();

        assert_eq!(taken, 32);
        keys.clear();
        assert_eq!(keys.step(0), Step::Sound);
    }
}
