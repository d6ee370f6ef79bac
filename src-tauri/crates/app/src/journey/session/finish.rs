//! The last page.

use registrar_evidence::{self as evidence, Form};

use super::JourneySession;
use crate::Error;
use crate::ipc::{Savable, Screen};
use crate::journey::saved;
use crate::journey::step::Event;

impl JourneySession {
    /// Sets up another phone in the same realm.
    pub fn set_up_another_phone(&self) -> Result<Screen, Error> {
        {
            let mut state = self.state();
            state.password = None;
            state.made_password = None;
            state.stored = None;
            state.phone_files.clear();
            state.drafts.credential = None;
            state.drafts.call = None;
            state.drafts.voice = None;
        }
        self.advance(Event::AnotherPhone)
    }

    /// Ends the journey: deletes it and drops its secrets.
    pub fn finish(&self) -> Result<(), Error> {
        let key = {
            let mut state = self.state();
            state.password = None;
            state.made_password = None;
            state.stored = None;
            state.key.clone()
        };
        saved::forget(&self.store, key.as_deref())?;
        self.end();
        Ok(())
    }

    /// Returns the file to save: its default name and its bytes.
    pub fn file(&self, what: Savable) -> Result<(String, Vec<u8>), Error> {
        match what {
            Savable::CrashReport
            | Savable::CredentialsAll
            | Savable::CredentialsSelected
            | Savable::CredentialsShown
            | Savable::ImportPlan
            | Savable::ImportSample => Err(Error::OutOfStep),
            Savable::MessageChartPcapng => self.message_chart_file(Form::Pcapng),
            Savable::MessageChartSvg => self.message_chart_file(Form::Svg),
            Savable::MessageChartText => self.message_chart_file(Form::Text),
        }
    }

    /// Writes the last check as a file.
    fn message_chart_file(&self, form: Form) -> Result<(String, Vec<u8>), Error> {
        let trace = self.state().last_trace.clone().ok_or(Error::NoCheck)?;
        Ok(evidence::file(&trace, form))
    }
}
