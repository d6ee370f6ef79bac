//! The wizard's state machine: an enum whose steps hold exactly what is known at that point,
//! advanced by events.
//!
//! Pure: no I/O and no clock. It contains no secrets and is saved as is.

use registrar_digest as digest;
use registrar_sip::uri::Uri;
use serde::{Deserialize, Serialize};

use crate::ipc::{RegisterPart, StepId};

/// The person's position in the journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Journey {
    /// The checklist.
    Prepare,
    /// Account number and a way to sign in.
    SignIn,
    /// Choose or make a realm.
    Realm {
        /// The account that is signed in.
        account: String,
    },
    /// Make a SIP credential.
    Credential {
        /// The account that is signed in.
        account: String,
        /// The chosen realm.
        realm: ChosenRealm,
    },
    /// Test from this computer, set up the phone, and wait for it.
    Register {
        /// What is being set up.
        #[serde(flatten)]
        subject: Subject,
        /// The open part. A journey saved before there were parts opens at the first one.
        #[serde(default)]
        part: RegisterPart,
    },
    /// The test call.
    Call {
        /// What is being set up.
        subject: Subject,
        /// The results of the registration step.
        registration: Registration,
    },
    /// Everything on one page.
    Finish {
        /// What was set up.
        subject: Subject,
        /// What the registration step found out.
        registration: Registration,
        /// How the test call ended; `None` if it was skipped.
        call: Option<Outcome>,
    },
}

/// The subject of the later steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// The account that is signed in.
    pub account: String,
    /// The chosen realm.
    pub realm: ChosenRealm,
    /// The SIP credential in it.
    pub credential: ChosenCredential,
}

impl Subject {
    /// Returns the SIP address of the credential's phone: `sip:user@realm`.
    #[must_use]
    pub fn phone_address(&self) -> String {
        Uri::new(Some(&self.credential.composite()), &self.realm.name).to_string()
    }

    /// Returns the registration step at this part.
    fn at(self, part: RegisterPart) -> Journey {
        Journey::Register {
            subject: self,
            part,
        }
    }

    /// Moves on from a part of the registration step.
    #[allow(
        clippy::match_same_arms,
        reason = "a way back and a way on may lead to the same part"
    )]
    fn apply(self, part: RegisterPart, event: Event) -> Result<Journey, OutOfStep> {
        Ok(match (part, event) {
            (RegisterPart::Test, Event::TestDone) => self.at(RegisterPart::Phone),
            (RegisterPart::Phone, Event::PhoneSetUp) => self.at(RegisterPart::Wait),
            (RegisterPart::Wait, Event::RegistrationDone(registration)) => Journey::Call {
                subject: self,
                registration,
            },
            (RegisterPart::Wait, Event::WentBack) => self.at(RegisterPart::Phone),
            (RegisterPart::Phone, Event::WentBack) => self.at(RegisterPart::Test),
            (RegisterPart::Test, Event::WentBack) => Journey::Credential {
                account: self.account,
                realm: self.realm,
            },
            (RegisterPart::Test | RegisterPart::Phone | RegisterPart::Wait, _) => {
                return Err(OutOfStep);
            }
        })
    }
}

/// A realm as stored in the journey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenRealm {
    /// Bandwidth's ID of it.
    pub id: u64,
    /// Its full name, verbatim from the API.
    pub name: String,
}

/// A SIP credential as stored in the journey: no password, no hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenCredential {
    /// The user name.
    pub user_name: String,
    /// The domain, where it has one.
    pub domain: Option<String>,
    /// The voice application that its calls go to, where one is set.
    pub application_id: Option<String>,
}

impl ChosenCredential {
    /// The name that the phone registers with.
    #[must_use]
    pub fn composite(&self) -> String {
        digest::composite(&self.user_name, self.domain.as_deref())
    }
}

/// How an attempt ended, in words that may be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// It worked.
    pub good: bool,
    /// One sentence.
    pub sentence: String,
}

/// The results of the registration step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The check from this computer; `None` where it was skipped.
    pub check: Option<Outcome>,
    /// The phone's own binding in words; `None` if none was seen.
    pub phone: Option<String>,
    /// The registrar's `host:port` and transport as used by the check.
    pub registrar: Option<String>,
}

/// An event that advances the journey.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Another phone will be set up in the same realm.
    AnotherPhone,
    /// The test call ended, or was skipped.
    CallDone(Option<Outcome>),
    /// The credential exists.
    CredentialReady(ChosenCredential),
    /// The phone was set up, or that was skipped.
    PhoneSetUp,
    /// The checklist was read.
    Prepared,
    /// A realm was chosen or made.
    RealmChosen(ChosenRealm),
    /// The registration step was left forwards.
    RegistrationDone(Registration),
    /// The account was accepted.
    SignedIn {
        /// Which.
        account: String,
    },
    /// The settings were tested from this computer, or that was skipped.
    TestDone,
    /// One step, or one part of a step, back.
    WentBack,
}

/// An event that does not fit where the journey is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that does not belong to the step that is open")]
pub struct OutOfStep;

impl Journey {
    /// Moves on.
    #[allow(
        clippy::match_same_arms,
        reason = "a way back and a way on may lead to the same step"
    )]
    pub fn apply(self, event: Event) -> Result<Self, OutOfStep> {
        Ok(match (self, event) {
            (Self::Prepare, Event::Prepared) => Self::SignIn,
            (Self::SignIn, Event::SignedIn { account }) => Self::Realm { account },
            (Self::Realm { account }, Event::RealmChosen(realm)) => {
                Self::Credential { account, realm }
            }
            (Self::Credential { account, realm }, Event::CredentialReady(credential)) => {
                let subject = Subject {
                    account,
                    realm,
                    credential,
                };
                subject.at(RegisterPart::Test)
            }
            (Self::Register { subject, part }, event) => subject.apply(part, event)?,
            (
                Self::Call {
                    subject,
                    registration,
                },
                Event::CallDone(call),
            ) => Self::Finish {
                subject,
                registration,
                call,
            },
            (Self::Finish { subject, .. }, Event::AnotherPhone) => Self::Credential {
                account: subject.account,
                realm: subject.realm,
            },
            (Self::SignIn, Event::WentBack) => Self::Prepare,
            (Self::Realm { .. }, Event::WentBack) => Self::SignIn,
            (Self::Credential { account, .. }, Event::WentBack) => Self::Realm { account },
            (Self::Call { subject, .. }, Event::WentBack) => subject.at(RegisterPart::Wait),
            (
                Self::Finish {
                    subject,
                    registration,
                    ..
                },
                Event::WentBack,
            ) => Self::Call {
                subject,
                registration,
            },
            (
                Self::Prepare
                | Self::SignIn
                | Self::Realm { .. }
                | Self::Credential { .. }
                | Self::Call { .. }
                | Self::Finish { .. },
                _,
            ) => return Err(OutOfStep),
        })
    }

    /// The step's name.
    #[must_use]
    pub fn id(&self) -> StepId {
        match self {
            Self::Prepare => StepId::Prepare,
            Self::SignIn => StepId::SignIn,
            Self::Realm { .. } => StepId::Realm,
            Self::Credential { .. } => StepId::Credential,
            Self::Register { .. } => StepId::Register,
            Self::Call { .. } => StepId::Call,
            Self::Finish { .. } => StepId::Finish,
        }
    }

    /// The open part of the registration step, at that step.
    #[must_use]
    pub fn part(&self) -> Option<RegisterPart> {
        match self {
            Self::Register { part, .. } => Some(*part),
            Self::Prepare
            | Self::SignIn
            | Self::Realm { .. }
            | Self::Credential { .. }
            | Self::Call { .. }
            | Self::Finish { .. } => None,
        }
    }

    /// The account, once one is signed in.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Prepare | Self::SignIn => None,
            Self::Realm { account } | Self::Credential { account, .. } => Some(account),
            Self::Register { subject, .. }
            | Self::Call { subject, .. }
            | Self::Finish { subject, .. } => Some(&subject.account),
        }
    }

    /// The realm, once one is chosen.
    #[must_use]
    pub fn realm(&self) -> Option<&ChosenRealm> {
        match self {
            Self::Prepare | Self::SignIn | Self::Realm { .. } => None,
            Self::Credential { realm, .. } => Some(realm),
            Self::Register { subject, .. }
            | Self::Call { subject, .. }
            | Self::Finish { subject, .. } => Some(&subject.realm),
        }
    }

    /// What is being set up, once the credential exists.
    #[must_use]
    pub fn subject(&self) -> Option<&Subject> {
        match self {
            Self::Prepare | Self::SignIn | Self::Realm { .. } | Self::Credential { .. } => None,
            Self::Register { subject, .. }
            | Self::Call { subject, .. }
            | Self::Finish { subject, .. } => Some(subject),
        }
    }
}

#[cfg(test)]
mod tests;
