//! The source of outgoing audio, and the sink of incoming audio.

use super::device::{DeviceTrouble, SoundDevices};
use super::rtp::{RATE, SAMPLES};
use super::tone::Tone;

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// What this computer's microphone hears; a tone where there is none.
    Microphone,
    /// Packets without a sound.
    Silence,
    /// A tone.
    Tone(Tone),
}

/// This end's mouth and ear.
#[derive(Debug)]
pub(super) struct Voice {
    source: Source,
    speakers: bool,
    devices: Option<SoundDevices>,
    /// The position in the tone, in samples.
    at: u32,
}

impl Voice {
    pub(super) fn new(source: Source, speakers: bool) -> Self {
        Self {
            source,
            speakers,
            devices: None,
            at: 0,
        }
    }

    /// Opens the requested devices on the first call.
    pub(super) fn open(&mut self) {
        let microphone = self.source == Source::Microphone;
        if self.devices.is_none() && (microphone || self.speakers) {
            self.devices = Some(SoundDevices::open(microphone, self.speakers));
        }
    }

    /// Returns the next audio to send.
    pub(super) fn next(&mut self) -> [i16; SAMPLES] {
        let mut samples = [0; SAMPLES];
        match self.source {
            Source::Silence => {}
            Source::Tone(tone) => self.fill(tone, &mut samples),
            Source::Microphone => match self.devices.as_mut().and_then(SoundDevices::hear) {
                Some(heard) => samples = heard,
                None => self.fill(Tone::default(), &mut samples),
            },
        }
        samples
    }

    fn fill(&mut self, tone: Tone, samples: &mut [i16; SAMPLES]) {
        tone.fill(self.at, samples);
        self.at = (self.at + 160) % RATE;
    }

    /// Plays incoming audio, if there are speakers.
    pub(super) fn play(&mut self, samples: &[i16; SAMPLES]) {
        if let Some(devices) = &mut self.devices {
            devices.play(samples);
        }
    }

    pub(super) fn trouble(&self) -> Option<DeviceTrouble> {
        self.devices.as_ref().and_then(SoundDevices::trouble)
    }

    /// Closes the devices, and waits briefly for that.
    pub(super) async fn close(self) {
        if let Some(devices) = self.devices {
            devices.close().await;
        }
    }
}
