//! What was sent and what came back, redacted when it is written.
//!
//! The panel 'Behind the scenes' draws it. It is bounded: the oldest exchange goes first.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ipc::{Exchange, LadderLine, Tone};

/// How many exchanges are kept.
const KEPT: usize = 200;

/// The exchanges of this run.
#[derive(Debug, Default)]
pub struct Activity {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    next_id: u32,
    exchanges: VecDeque<Exchange>,
}

/// An exchange as it is handed in; every text in it is redacted already.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it was for, in words.
    pub title: String,
    /// When it began, in milliseconds since 1970.
    pub at_ms: u64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The request.
    pub request: String,
    /// The answer, or why there was none.
    pub response: String,
    /// How it ended.
    pub tone: Tone,
}

impl Entry {
    /// An exchange of SIP messages, which were redacted when they were kept.
    #[must_use]
    pub fn of_messages(title: String, at_ms: u64, ladder: &[LadderLine], tone: Tone) -> Self {
        let messages = |sent: bool| {
            let of_one_side = ladder.iter().filter(|line| line.sent == sent);
            let texts: Vec<&str> = of_one_side.map(|line| line.text.trim_end()).collect();
            texts.join("\n\n")
        };
        Self {
            title,
            at_ms,
            took_ms: ladder.last().map_or(0, |line| line.at_ms.into()),
            request: messages(true),
            response: messages(false),
            tone,
        }
    }
}

impl Activity {
    /// Adds an exchange.
    pub fn record(&self, entry: Entry) {
        let mut kept = self.kept();
        kept.next_id += 1;
        let id = kept.next_id;
        #[allow(
            clippy::cast_precision_loss,
            reason = "milliseconds since 1970 fit in 53 bits"
        )]
        kept.exchanges.push_back(Exchange {
            id,
            title: entry.title,
            at: entry.at_ms as f64,
            took_ms: u32::try_from(entry.took_ms).unwrap_or(u32::MAX),
            request: entry.request,
            response: entry.response,
            tone: entry.tone,
        });
        if kept.exchanges.len() > KEPT {
            kept.exchanges.pop_front();
        }
    }

    /// Returns all that is kept, the newest last.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.kept().exchanges.iter().cloned().collect()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.kept().exchanges.clear();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_exchange_goes_first() {
        let activity = Activity::default();

        for number in 0..=KEPT {
            activity.record(Entry {
                title: number.to_string(),
                at_ms: 0,
                took_ms: 0,
                request: String::new(),
                response: String::new(),
                tone: Tone::Plain,
            });
        }

        let kept = activity.exchanges();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept[0].title, "1");
    }
}
