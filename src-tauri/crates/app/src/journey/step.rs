//! The wizard's state machine: an enum whose steps hold exactly what is known at that point,
//! advanced by events.
//!
//! Pure: no I/O and no clock. It contains no secrets and is saved as is.

use registrar_digest as digest;
use registrar_sip::uri::Uri;
use serde::{Deserialize, Serialize};

use crate::ipc::StepId;

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
    /// Check from this computer, then the phone.
    Register(Subject),
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
    /// One step back.
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
                Self::Register(Subject {
                    account,
                    realm,
                    credential,
                })
            }
            (Self::Register(subject), Event::RegistrationDone(registration)) => Self::Call {
                subject,
                registration,
            },
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
            (Self::Register(subject), Event::WentBack) => Self::Credential {
                account: subject.account,
                realm: subject.realm,
            },
            (Self::Call { subject, .. }, Event::WentBack) => Self::Register(subject),
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
                | Self::Register(_)
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
            Self::Register(_) => StepId::Register,
            Self::Call { .. } => StepId::Call,
            Self::Finish { .. } => StepId::Finish,
        }
    }

    /// The account, once one is signed in.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Prepare | Self::SignIn => None,
            Self::Realm { account } | Self::Credential { account, .. } => Some(account),
            Self::Register(subject) | Self::Call { subject, .. } | Self::Finish { subject, .. } => {
                Some(&subject.account)
            }
        }
    }

    /// The realm, once one is chosen.
    #[must_use]
    pub fn realm(&self) -> Option<&ChosenRealm> {
        match self {
            Self::Prepare | Self::SignIn | Self::Realm { .. } => None,
            Self::Credential { realm, .. } => Some(realm),
            Self::Register(subject) | Self::Call { subject, .. } | Self::Finish { subject, .. } => {
                Some(&subject.realm)
            }
        }
    }

    /// What is being set up, once the credential exists.
    #[must_use]
    pub fn subject(&self) -> Option<&Subject> {
        match self {
            Self::Prepare | Self::SignIn | Self::Realm { .. } | Self::Credential { .. } => None,
            Self::Register(subject) | Self::Call { subject, .. } | Self::Finish { subject, .. } => {
                Some(subject)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn realm() -> ChosenRealm {
        ChosenRealm {
            id: 22,
            name: "office.1a2b3c.auth.bandwidth.com".to_owned(),
        }
    }

    fn credential() -> ChosenCredential {
        ChosenCredential {
            user_name: "bob".to_owned(),
            domain: Some("somewhere.com".to_owned()),
            application_id: None,
        }
    }

    fn forwards() -> Vec<Event> {
        vec![
            Event::Prepared,
            Event::SignedIn {
                account: "a1".to_owned(),
            },
            Event::RealmChosen(realm()),
            Event::CredentialReady(credential()),
            Event::RegistrationDone(Registration::default()),
            Event::CallDone(None),
        ]
    }

    fn every_step() -> Vec<Journey> {
        let mut steps = vec![Journey::Prepare];
        for event in forwards() {
            let next = steps.last().unwrap().clone().apply(event).unwrap();
            steps.push(next);
        }
        steps
    }

    #[test]
    fn the_events_lead_from_the_checklist_to_the_finish() {
        let ids: Vec<StepId> = every_step().iter().map(Journey::id).collect();

        assert_eq!(
            ids,
            [
                StepId::Prepare,
                StepId::SignIn,
                StepId::Realm,
                StepId::Credential,
                StepId::Register,
                StepId::Call,
                StepId::Finish
            ]
        );
    }

    #[test]
    fn going_back_from_each_step_opens_the_one_before() {
        let steps = every_step();

        for pair in steps.windows(2) {
            let back = pair[1].clone().apply(Event::WentBack).unwrap();

            assert_eq!(back.id(), pair[0].id());
        }
        assert_eq!(Journey::Prepare.apply(Event::WentBack), Err(OutOfStep));
    }

    #[test]
    fn an_event_that_does_not_fit_is_refused() {
        for step in every_step() {
            for event in forwards() {
                let fits = step.clone().apply(event.clone());
                let expected = every_step()
                    .iter()
                    .zip(forwards())
                    .any(|(at, next)| at.id() == step.id() && next == event);

                assert_eq!(fits.is_ok(), expected, "{event:?} at {:?}", step.id());
            }
        }
    }

    #[test]
    fn another_phone_keeps_account_and_realm() {
        let finish = every_step().pop().unwrap();

        let again = finish.apply(Event::AnotherPhone).unwrap();

        assert_eq!(
            again,
            Journey::Credential {
                account: "a1".to_owned(),
                realm: realm()
            }
        );
    }

    #[test]
    fn each_step_survives_being_saved() {
        for step in every_step() {
            let saved = serde_json::to_string(&step).unwrap();

            assert_eq!(serde_json::from_str::<Journey>(&saved).unwrap(), step);
        }
    }

    #[test]
    fn the_phones_name_is_the_composite_user_name() {
        assert_eq!(credential().composite(), "bob@somewhere.com");
    }
}
