//! What a room does while a fault is on, by the app's own clients.

mod calls;

use std::sync::Arc;
use std::time::{Duration, Instant};

use acceptance::practice_addresses::exposed;
use acceptance::practice_journey::sign_in;
use registrar_activity::Activity;
use registrar_app::ipc::{CredentialDraft, Existing, Screen};
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_bandwidth::dashboard::{
    AccountNumber, Dashboard, Description, Environment, NewRealm, RealmId, RealmName, Scope, SignIn,
};
use registrar_bandwidth::discovery;
use registrar_digest::Hashes;
use registrar_digest::why::{Names, why};
use registrar_explain::{path, registration, request, why as why_words};
use registrar_http as http;
use registrar_http::trust::Trust;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{Fault, Group, Practice};
use registrar_secret::{SignInSecret, SipPassword};
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};
use registrar_storage::store::Store;
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Limits, check};
use registrar_user_agent::resolve::Target;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::Said;

const EVERY: Duration = Duration::from_millis(100);

/// A practice account of its own.
pub(super) struct Room {
    pub(super) practice: Arc<Practice>,
    services: Services,
    _folder: TempDir,
}

impl Room {
    pub(super) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(folder.path()).await.unwrap();
        let keychain = Vault::new(Arc::new(Forgetting::default()));
        let services = Services::practice(practice, keychain);
        Self {
            practice: services.practice.clone().unwrap(),
            services,
            _folder: folder,
        }
    }

    /// Does what the fault is about, and returns what the app says.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the group says where")]
    pub(super) async fn look(&self, fault: Fault) -> Vec<Said> {
        match fault {
            Fault::RealmStuck | Fault::RealmFailed | Fault::RealmNameTaken => {
                vec![("Realm", self.realm(fault).await)]
            }
            Fault::OneRefused | Fault::LetterCaseChanged => {
                vec![("SIP credential", self.credential().await)]
            }
            Fault::TwilioError => vec![("Test call by Twilio", self.twilio_call().await)],
            Fault::BandwidthError => vec![("Test call by Bandwidth", self.voice_call().await)],
            Fault::DnsMissing | Fault::DnsDiffers => vec![("Test", self.dns().await)],
            Fault::Nat | Fault::SipAlg => vec![("Test, under Network path", self.path().await)],
            Fault::Sha256Only => vec![
                (
                    "Test, with the password",
                    self.check(TransportName::Udp, false).await,
                ),
                (
                    "Check at the desk, with the hash",
                    self.check(TransportName::Udp, true).await,
                ),
            ],
            Fault::TlsSelfSigned => {
                vec![("Test over TLS", self.check(TransportName::Tls, false).await)]
            }
            Fault::PortClosed => {
                self.until_closed().await;
                vec![
                    ("Test over UDP", self.check(TransportName::Udp, false).await),
                    ("Test over TCP", self.check(TransportName::Tcp, false).await),
                ]
            }
            Fault::Slow => {
                let began = Instant::now();
                let said = self.check(TransportName::Udp, false).await;
                assert!(began.elapsed() >= Duration::from_secs(4), "two answers");
                vec![("Test, after 4 seconds", said)]
            }
            _ if fault.is_of_hashes() => {
                vec![("Why doesn’t this password work?", self.why(fault).await)]
            }
            _ => match fault.group() {
                Group::Call => vec![("Test call from this computer", self.call().await)],
                Group::Registrar => {
                    let said = self.check(TransportName::Udp, false).await;
                    vec![("Test", said)]
                }
                Group::Network if fault == Fault::Silent => {
                    let said = self.check(TransportName::Udp, false).await;
                    vec![("Test", said)]
                }
                Group::SignIn | Group::Realm | Group::Credential | Group::Network => {
                    vec![("Sign in", self.sign_in().await)]
                }
            },
        }
        .into_iter()
        .map(|(place, (sentence, next))| (place, sentence, next))
        .collect()
    }

    /// Checks that what was switched off has no effect any more.
    pub(super) async fn is_well_again(&self, fault: Fault) {
        let request = self.request(TransportName::Udp, false);
        let began = Instant::now();
        loop {
            let outcome = run(&request).await;
            if outcome.verdict.proved() {
                break;
            }
            let patience = Duration::from_secs(10);
            assert!(
                began.elapsed() < patience,
                "{fault:?}: {:?}",
                outcome.verdict
            );
        }
        let realms = self.dashboard().check().await;
        assert!(realms.is_ok(), "{fault:?}: {realms:?}");
    }

    /// Returns a text with names in place of the ports and IDs that are others each time.
    pub(super) fn without_ports(&self, text: &str) -> String {
        let port = self.practice.registrar().port();
        text.replace(&port.to_string(), "PORT")
            .replace(&(port ^ 1).to_string(), "OTHER-PORT")
    }

    fn dashboard(&self) -> Dashboard {
        let addresses = exposed(&self.practice);
        let sample = Practice::sample_sign_in();
        let environment =
            Environment::own(&addresses.token, &addresses.bearer, &addresses.basic).unwrap();
        Dashboard::new(
            environment.with_voice(self.practice.addresses().voice.clone()),
            AccountNumber::parse(&sample.account_number).unwrap(),
            SignIn::ApiClient {
                client_id: sample.client_id,
                secret: SignInSecret::new(sample.client_secret),
            },
            Arc::new(Activity::default()),
        )
        .unwrap()
    }

    async fn sign_in(&self) -> (String, String) {
        said(self.dashboard().check().await)
    }

    async fn realm(&self, fault: Fault) -> (String, String) {
        let dashboard = self.dashboard();
        let name = format!("{fault:?}").to_lowercase();
        let new = NewRealm {
            name: RealmName::parse(&name).unwrap(),
            description: Description::parse("").unwrap(),
            default: false,
        };
        let made = match dashboard.create_realm(&new).await {
            Ok(made) => made,
            Err(error) => return said::<()>(Err(error)),
        };
        let patience = Duration::from_secs(3);
        said(dashboard.wait_until_active(made.id, EVERY, patience).await)
    }

    async fn credential(&self) -> (String, String) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let journey = JourneySession::open(self.services.clone(), store, None).unwrap();
        journey.continue_to_sign_in().unwrap();
        sign_in(&journey).await;
        let realms = self.dashboard().realms().await.unwrap();
        let RealmId(first) = realms[0].id;
        journey.choose_realm(Some(first)).await.unwrap();
        let draft = CredentialDraft {
            user_name: format!("phone{}", registrar_activity::clock::now_ms() % 10_000),
            domain: String::new(),
            application_id: String::new(),
        };
        let name = draft.user_name.clone();
        let password = Some(SipPassword::new("a-password-of-the-room"));
        let stop = CancellationToken::new();
        let created = journey.create_credential(draft, password, Existing::Refuse, &stop, &|_| {});
        let (sentence, next) = match created.await {
            Ok(Screen::Test { head, .. }) => match head.notices.into_iter().next() {
                Some(notice) => (notice.sentence, notice.next.unwrap_or_default()),
                None => ("Created.".to_owned(), String::new()),
            },
            Ok(other) => panic!("{other:?}"),
            Err(error) => {
                let failure = error.failure();
                (failure.sentence, failure.next)
            }
        };
        let plain = |text: String| text.replace(&name[1..], "hone1");
        (plain(sentence), plain(next))
    }

    async fn why(&self, fault: Fault) -> (String, String) {
        let dashboard = self.dashboard();
        if fault == Fault::HashOtherRealm {
            let (made, _) = self.realm(fault).await;
            assert_eq!(made, "Worked.");
        }
        let all = dashboard.credentials(Scope::Account).await.unwrap();
        let realms = dashboard.realms().await.unwrap();
        let realms: Vec<String> = realms.into_iter().map(|realm| realm.name).collect();
        let domains = vec!["phones.example".to_owned()];
        let name = if fault == Fault::HashDomainLeftOut {
            "anna"
        } else {
            "reception"
        };
        let found = all.iter().find(|one| one.user_name == name).unwrap();
        let switches = self.practice.switches();
        let switch = switches.into_iter().find(|switch| switch.fault == fault);
        let typed = SipPassword::new(switch.unwrap().password.unwrap());
        let of = Names {
            user_name: &found.user_name,
            domain: found.domain.as_deref(),
            realm: &found.realm,
            realms: &realms,
            domains: &domains,
        };
        let verdict = why_words::verdict(&why(&typed, found.hashes.as_ref(), &of), &of);
        (verdict.sentence, verdict.next.unwrap_or_default())
    }

    fn request(&self, transport: TransportName, by_hash: bool) -> CheckRequest {
        let sample = self.practice.sample_check().unwrap();
        let password = SipPassword::new(sample.password.unwrap());
        let proof = if by_hash {
            let hashes = Hashes::make(&sample.user_name, &sample.realm, &password);
            Proof::Hashes(hashes.into())
        } else {
            Proof::Password(password)
        };
        CheckRequest {
            realm: sample.realm.clone(),
            composite: sample.user_name,
            proof,
            kind: CheckKind::Full,
            transport,
            targets: vec![Target::typed(self.practice.registrar().address())],
            target_name: sample.realm,
            trust: Trust::default(),
        }
    }

    async fn check(&self, transport: TransportName, by_hash: bool) -> (String, String) {
        let request = self.request(transport, by_hash);
        let outcome = run(&request).await;
        let words = registration::verdict(&request, &outcome.verdict);
        (words.sentence, words.next.unwrap_or_default())
    }

    async fn path(&self) -> (String, String) {
        let request = self.request(TransportName::Udp, false);
        let outcome = run(&request).await;
        assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
        let path = outcome.path.unwrap();
        let port = path.local().port().to_string();
        let view = path::view(&path);
        match view.alg {
            Some(alg) => (
                without(&alg.replace(&port, "OWN-PORT"), "check-", "ID", 16),
                String::new(),
            ),
            None => (view.nat.sentence, view.nat.next.unwrap_or_default()),
        }
    }

    /// Waits until the port is closed, which connections notice first.
    async fn until_closed(&self) {
        let address = self.practice.registrar().address();
        while std::net::UdpSocket::bind(address).is_err() {
            tokio::task::yield_now().await;
        }
    }

    async fn dns(&self) -> (String, String) {
        let dashboard = self.dashboard();
        let settings = dashboard.sip_authentication().await.unwrap();
        let realm = self.practice.sample_check().unwrap().realm;
        let found = discovery::find(&self.practice.dns(), Some(&settings), &realm).await;
        let notice = registrar_explain::discovery::trouble(&found).unwrap();
        (notice.sentence, notice.next.unwrap_or_default())
    }
}

async fn run(request: &CheckRequest) -> CheckOutcome {
    let limits = Limits {
        give_up: Duration::from_secs(3),
        ..Limits::default()
    };
    check(request, limits, &|_| {}).await
}

/// Returns a text with `name` in place of the number behind `before`, which is another one each time.
fn without(text: &str, before: &str, name: &str, radix: u32) -> String {
    let Some((start, rest)) = text.split_once(before) else {
        return text.to_owned();
    };
    let is_number = |letter: char| letter.is_digit(radix) || letter == '.';
    let end = rest.trim_start_matches(is_number);
    if end.len() == rest.len() {
        return text.to_owned();
    }
    format!("{start}{before}{name}{end}")
}

fn said<T>(outcome: Result<T, http::Error>) -> (String, String) {
    match outcome {
        Ok(_) => ("Worked.".to_owned(), String::new()),
        Err(error) => {
            let failure = request::failure(&error);
            (failure.sentence, without(&failure.next, "Wait ", "N", 10))
        }
    }
}
