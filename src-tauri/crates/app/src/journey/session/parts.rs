//! Moves between the parts of the registration step, and chooses the phone.

use super::JourneySession;
use crate::Error;
use crate::ipc::{PhoneChoice, RegisterPart, Screen};
use crate::journey::step::{Event, Registration};

impl JourneySession {
    /// Continues to the phone, whether the test passed or not.
    pub fn continue_to_phone(&self) -> Result<Screen, Error> {
        self.advance(Event::TestDone)
    }

    /// Keeps whether the test's details are open.
    pub fn keep_test_details(&self, open: bool) -> Result<(), Error> {
        self.at(|journey| journey.part() == Some(RegisterPart::Test))?;
        self.state().drafts.test_details = open;
        self.keep()
    }

    /// Chooses the phone to set up, or none. One that isn't listed here is refused.
    pub fn choose_phone(&self, choice: Option<PhoneChoice>) -> Result<Screen, Error> {
        self.at(|journey| journey.part() == Some(RegisterPart::Phone))?;
        if choice.as_ref().is_some_and(|choice| !choice.is_known()) {
            return Err(Error::OutOfStep);
        }
        {
            let mut state = self.state();
            state.drafts.phone = choice;
            state.shown_field = None;
        }
        self.keep_or_say();
        Ok(self.screen())
    }

    /// Continues to the wait for the phone.
    pub fn continue_to_wait(&self) -> Result<Screen, Error> {
        self.remember_phone();
        self.advance(Event::PhoneSetUp)
    }

    /// Goes back from the wait to a field of the phone's page.
    pub fn show_phone_field(&self, label: String) -> Result<Screen, Error> {
        self.at(|journey| journey.part() == Some(RegisterPart::Wait))?;
        self.advance_from(self.place(), Event::WentBack, |state| {
            state.shown_field = Some(label);
        })
    }

    /// Continues to the test call, whether the phone registered or not.
    pub fn continue_to_call(&self) -> Result<Screen, Error> {
        let registration: Registration = self.state().registration.clone();
        self.advance(Event::RegistrationDone(registration))
    }
}
