//! A journey by someone who follows the app's instructions and gives up after a while.

use std::pin::pin;
use std::time::Duration;

use acceptance::practice_journey::{call_draft, sign_in_draft, step, to_call, to_wait};
use registrar_activity::Tone;
use registrar_app::Error;
use registrar_app::ipc::{
    CredentialDraft, Existing, RealmDraft, Screen, StepId, TwilioDraft, TwilioKeyKind,
};
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_explain::{Failure, FailureKind};
use registrar_secret::{SipPassword, TwilioSecret};
use registrar_sip::{CheckKind, TransportName};
use registrar_storage::store::Store;
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How often somebody tries before giving up.
const TRIES: u32 = 4;
/// How long somebody waits before trying again.
const PAUSE: Duration = Duration::from_millis(150);
/// How long somebody waits for the phone.
const LONGEST_WATCH: Duration = Duration::from_mins(1);
/// The number of practice's realm.
const REALM: u64 = 22;
/// Of so many journeys one makes a realm, and one a call.
const WITH_REALM: u64 = 3;
const WITH_CALL: u64 = 10;

/// What a journey was about, and how it ended.
#[derive(Debug)]
pub(crate) struct Walked {
    /// The user name.
    pub(crate) user: String,
    /// The realm that it asked for by its short name; `None` for the one that is there.
    pub(crate) realm: Option<String>,
    /// What the app said of its checks: what one leaves behind is among it.
    pub(crate) said: Vec<String>,
    /// `None` where it finished, or else where it stopped and what the app said.
    pub(crate) stopped: Option<(StepId, Failure)>,
}

/// The password of a journey's credential.
pub(crate) fn password(user: &str) -> SipPassword {
    SipPassword::new(format!("password of {user}"))
}

/// Walks the journey of this number.
pub(crate) async fn walk(number: u64, services: Services, store: Store) -> Walked {
    let session = JourneySession::open(services, store, None).unwrap();
    let mut walk = Walk {
        number,
        session,
        said: Vec::new(),
    };
    let stopped = walk.whole().await.err();
    Walked {
        user: walk.user(),
        realm: walk.realm(),
        said: walk.said,
        stopped,
    }
}

struct Walk {
    number: u64,
    session: JourneySession,
    said: Vec<String>,
}

type Ended = Result<(), (StepId, Failure)>;

/// How often something was tried.
#[derive(Default)]
struct Tries(u32);

impl Tries {
    /// Waits a little, or gives up.
    async fn again(&mut self, at: StepId, failure: Failure) -> Ended {
        self.0 += 1;
        if self.0 == TRIES {
            return Err((at, failure));
        }
        tokio::time::sleep(PAUSE).await;
        Ok(())
    }

    async fn after(&mut self, at: StepId, error: &Error) -> Ended {
        self.again(at, error.failure()).await
    }
}

impl Walk {
    fn user(&self) -> String {
        format!("user{}", self.number)
    }

    fn realm(&self) -> Option<String> {
        let makes = self.number.is_multiple_of(WITH_REALM);
        makes.then(|| format!("r{}", self.number))
    }

    async fn whole(&mut self) -> Ended {
        self.session.continue_to_sign_in().unwrap();
        self.sign_in().await?;
        self.choose_realm().await?;
        self.make_credential().await?;
        self.check().await?;
        self.register().await?;
        to_call(&self.session);
        if self.number.is_multiple_of(WITH_CALL) {
            self.call().await?;
        }
        let finish = self.session.continue_to_finish().unwrap();
        assert_eq!(step(&finish), Some(StepId::Finish));
        self.session.finish().unwrap();
        Ok(())
    }

    async fn sign_in(&self) -> Ended {
        let mut tries = Tries::default();
        loop {
            let (draft, secret) = sign_in_draft(&self.session.screen());
            match self.session.sign_in(draft, Some(secret)).await {
                Ok(screen) => {
                    assert_eq!(step(&screen), Some(StepId::Realm));
                    return Ok(());
                }
                Err(error) => tries.after(StepId::SignIn, &error).await?,
            }
        }
    }

    async fn choose_realm(&self) -> Ended {
        let mut tries = Tries::default();
        let mut taken = false;
        loop {
            let chosen = match self.realm() {
                Some(name) if !taken => {
                    let draft = RealmDraft {
                        name,
                        ..RealmDraft::default()
                    };
                    let stop = CancellationToken::new();
                    self.session.create_realm(draft, &stop, &|_| {}).await
                }
                Some(_) => self.session.choose_realm(None).await,
                None => self.session.choose_realm(Some(REALM)).await,
            };
            match chosen {
                Ok(screen) => {
                    assert_eq!(step(&screen), Some(StepId::Credential));
                    return Ok(());
                }
                Err(error) => {
                    taken |= error.failure().kind == FailureKind::RealmExists;
                    tries.after(StepId::Realm, &error).await?;
                }
            }
        }
    }

    async fn make_credential(&self) -> Ended {
        let mut tries = Tries::default();
        let mut existing = Existing::Refuse;
        loop {
            let draft = CredentialDraft {
                user_name: self.user(),
                ..CredentialDraft::default()
            };
            let typed = Some(password(&self.user()));
            let stop = CancellationToken::new();
            let made = self
                .session
                .create_credential(draft, typed, existing, &stop, &|_| {})
                .await;
            match made {
                Ok(screen) => {
                    assert_eq!(step(&screen), Some(StepId::Register));
                    return Ok(());
                }
                Err(error) => {
                    if error.failure().kind == FailureKind::CredentialExists {
                        existing = Existing::Replace;
                    }
                    tries.after(StepId::Credential, &error).await?;
                }
            }
        }
    }

    async fn check(&mut self) -> Ended {
        let mut tries = Tries::default();
        let transport = if self.number.is_multiple_of(2) {
            TransportName::Udp
        } else {
            TransportName::Tcp
        };
        loop {
            let checked = self
                .session
                .check_registration(CheckKind::Full, transport, "", &|_| {})
                .await;
            match checked {
                Ok(report) => {
                    self.said.extend(report.evidence);
                    if report.verdict.tone == Tone::Good {
                        return Ok(());
                    }
                    let failure = Failure {
                        kind: FailureKind::Refused,
                        sentence: report.verdict.sentence,
                        causes: report.verdict.causes,
                        next: report.verdict.next.unwrap_or_default(),
                        detail: None,
                        problems: Vec::new(),
                        recovery_options: report.verdict.recovery_options,
                    };
                    tries.again(StepId::Register, failure).await?;
                }
                Err(error) => tries.after(StepId::Register, &error).await?,
            }
        }
    }

    /// Watches until the app sees the pretend phone, which registers after the first look: after a
    /// new password, what is there at the first look is an old phone.
    async fn register(&self) -> Ended {
        to_wait(&self.session);
        let mut tries = Tries::default();
        loop {
            let looked = Notify::new();
            let on_look = |_| looked.notify_one();
            let mut watch = pin!(self.session.watch_bindings(&on_look));
            let before = tokio::select! {
                ended = &mut watch => Some(ended),
                () = looked.notified() => None,
            };
            let ended = match before {
                Some(ended) => ended,
                None => match self.session.register_practice_phone().await {
                    Ok(()) => match timeout(LONGEST_WATCH, watch).await {
                        Ok(ended) => ended,
                        // Nobody waits for ever: the window offers to go on without the phone.
                        Err(_) => return Ok(()),
                    },
                    Err(error) => Err(error),
                },
            };
            match ended {
                Ok(()) => return Ok(()),
                Err(error) => tries.after(StepId::Register, &error).await?,
            }
        }
    }

    async fn call(&self) -> Ended {
        let Screen::Call { form, .. } = self.session.screen() else {
            panic!("not at the call")
        };
        let sample = form.sample.unwrap();
        let draft = TwilioDraft {
            account_sid: sample.account_sid,
            key_kind: TwilioKeyKind::AuthToken,
            key_sid: String::new(),
        };
        let mut tries = Tries::default();
        loop {
            let secret = TwilioSecret::new(sample.auth_token.clone());
            match self
                .session
                .check_twilio(draft.clone(), Some(secret), true)
                .await
            {
                Ok(_) => break,
                Err(error) => tries.after(StepId::Call, &error).await?,
            }
        }
        let stop = CancellationToken::new();
        let placed = self
            .session
            .place_call(call_draft(&self.session), &stop, &|_| {})
            .await;
        // Nobody places a second call before the first one has been looked at.
        placed
            .map(drop)
            .map_err(|error| (StepId::Call, error.failure()))
    }
}
