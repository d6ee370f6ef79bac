//! Runs a job against an API whose responses a test scripts.

mod answers;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

pub(super) use self::answers::*;
use super::journal::{Journal, JournalState, Record};
use super::outcome::Outcome;
use super::passwords::{self, Line, PasswordsFile};
use super::run::{self, Interruption, Parts};
use super::throttle::RequestPolicy;
use super::{Action, Jobs, Plan, Reason, RowRefusal, Secret, Step, lock};
use registrar_bandwidth::dashboard::{
    AccountNumber, ApplicationId, Dashboard, Environment, RealmId, SignIn,
};
use registrar_digest::Hashes;
use registrar_http::scripted::{Reply, Scripted};
use registrar_secret::{SignInSecret, SipPassword};

/// The name of each realm; its ID is its position, starting at 1.
const REALMS: [&str; 2] = ["office.abc123.auth.example", "lobby.abc123.auth.example"];
pub(super) const APP: &str = "5ba6761d-36bd-4307-8f7b-a6f806c35abf";
pub(super) const OTHER_APP: &str = "11111111-1111-4111-8111-111111111111";

pub(super) fn password() -> SipPassword {
    SipPassword::new("Kk4-canary-7f3a")
}

/// Hashes of the first realm.
pub(super) fn hashes(name: &str, password: &SipPassword) -> Hashes {
    Hashes::make(name, REALMS[0], password)
}

/// A row that creates a credential in the first realm, with the given hashes.
pub(super) fn new(name: &str) -> Step {
    new_in(1, name, None)
}

pub(super) fn new_in(realm: u64, name: &str, domain: Option<&str>) -> Step {
    let realm_name = REALMS[usize::try_from(realm).unwrap() - 1];
    let composite = registrar_digest::composite(name, domain);
    let action = Action::Create {
        realm: RealmId(realm),
        application: None,
        secret: Secret::Given(Hashes::make(&composite, realm_name, &password())),
    };
    Step {
        line: 1,
        user_name: name.to_owned(),
        domain: domain.map(str::to_owned),
        realm: realm_name.to_owned(),
        action,
    }
}

/// A row that makes a credential with a password that the job makes.
pub(super) fn new_with_password(name: &str) -> Step {
    let action = Action::Create {
        realm: RealmId(1),
        application: None,
        secret: Secret::ToMake,
    };
    Step {
        action,
        ..new(name)
    }
}

/// A row that moves an existing credential to the application [`APP`].
pub(super) fn moved(kept: &Kept) -> Step {
    let action = Action::Move {
        of: kept.key(),
        precondition: kept.precondition(),
        application: ApplicationId::parse(APP).unwrap(),
    };
    Step {
        action,
        ..new(&kept.name)
    }
}

/// A row that deletes an existing credential.
pub(super) fn removed(kept: &Kept) -> Step {
    let action = Action::Delete {
        of: kept.key(),
        precondition: kept.precondition(),
    };
    Step {
        action,
        ..new(&kept.name)
    }
}

/// A row that changes an existing credential's hashes and application to [`APP`].
pub(super) fn replaced(kept: &Kept, hashes: Hashes) -> Step {
    let action = Action::Replace {
        of: kept.key(),
        precondition: kept.precondition(),
        application: Some(ApplicationId::parse(APP).unwrap()),
        secret: Secret::Given(hashes),
    };
    Step {
        action,
        ..new(&kept.name)
    }
}

/// The stored part of a refusal of one row (201), or of a whole request, which names who signed it.
pub(super) fn refused_by(status: u16, code: Option<u32>) -> RowRefusal {
    RowRefusal {
        status,
        code,
        diagnosis: None,
        by_api_user: status >= 400,
    }
}

/// A row that the API refused with this status and code.
pub(super) fn row_refused(status: u16, code: Option<u32>) -> Outcome {
    Outcome::refused(Reason::Refused(refused_by(status, code)))
}

/// A job with its folder, run as often as a test wants.
pub(super) struct Trial {
    plan: Plan,
    pub(super) policy: RequestPolicy,
    folder: tempfile::TempDir,
}

/// The result of one run.
pub(super) struct Ran {
    /// Each request in short: see [`in_short`].
    pub(super) sent: Vec<String>,
    /// Each request whole.
    pub(super) requests: Vec<String>,
    pub(super) outcomes: Vec<Option<Outcome>>,
    pub(super) halt: Result<(), Interruption>,
}

impl Trial {
    pub(super) fn of(steps: &[Step]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Jobs::at(folder.path().join("jobs")).plan().unwrap();
        for step in steps {
            writer.push(step).unwrap();
        }
        let policy = RequestPolicy {
            connections: 1,
            first_pause: Duration::from_millis(1),
            longest_pause: Duration::from_millis(1),
            ..RequestPolicy::default()
        };
        let trial = Self {
            plan: writer.seal().unwrap(),
            policy,
            folder,
        };
        passwords::create(&trial.passwords_path()).unwrap();
        trial
    }

    /// Puts into the journal what an earlier run left there.
    pub(super) async fn journaled(self, records: &[Record<'_>]) -> Self {
        let (journal, _) = self.journal();
        for record in records {
            journal.append(record).await.unwrap();
        }
        self
    }

    /// Puts [`password`] into the passwords file, as an earlier run did.
    pub(super) fn holding(self, name: &str) -> Self {
        let mut file = PasswordsFile::open(&self.passwords_path(), &|_| false).unwrap();
        let line = Line {
            user_name: name,
            domain: None,
            realm: REALMS[0],
            password: &password(),
            application: None,
        };
        file.append(&passwords::text(&[line])).unwrap();
        self
    }

    /// Returns the user names and passwords in the passwords file.
    pub(super) fn passwords(&self) -> Vec<(String, SipPassword)> {
        let text = std::fs::read_to_string(self.passwords_path()).unwrap();
        let lines = text.lines().skip(1).map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            (cells[0].to_owned(), SipPassword::new(cells[3]))
        });
        lines.collect()
    }

    pub(super) fn journal(&self) -> (Journal, JournalState) {
        let lock = Arc::new(lock::lock(self.folder.path()).unwrap());
        Journal::open(self.folder.path(), self.plan.counts().rows, lock).unwrap()
    }

    /// Runs the job. Behind the last of these answers every further request is refused for the
    /// sign-in, which ends the run.
    pub(super) async fn run(&self, mut answers: Vec<Reply>) -> Ran {
        answers.push(Reply::xml(401, ""));
        let api = Scripted::start(answers).await;
        let dashboard = user(&api);
        let (journal, told) = self.journal();
        let counts = self.plan.counts();
        let passwords = PasswordsFile::open(&self.passwords_path(), &|_| true).unwrap();
        let parts = Parts {
            dashboard: &dashboard,
            policy: self.policy,
            journal: &journal,
            told,
            rows: self.plan.rows(0).unwrap(),
            counts,
            passwords: Some(passwords),
            ending: false,
        };
        let (outcomes, halt) = run::run(parts, &CancellationToken::new(), &|_| {}).await;
        let outcome = |row| {
            let kind = outcomes.kind(row)?;
            let reason = outcomes.reason(row).cloned();
            Some(Outcome { kind, reason })
        };
        Ran {
            sent: api.seen().iter().map(|request| in_short(request)).collect(),
            requests: api.seen(),
            outcomes: (0..counts.rows).map(outcome).collect(),
            halt,
        }
    }

    fn passwords_path(&self) -> PathBuf {
        self.folder.path().join("passwords.csv")
    }
}

/// Runs rows once to the end, and returns a summary of what was sent, and the rows' outcomes.
pub(super) async fn ran(steps: &[Step], answers: Vec<Reply>) -> (Vec<String>, Vec<Outcome>) {
    Trial::of(steps).run(answers).await.whole()
}

impl Ran {
    pub(super) fn whole(self) -> (Vec<String>, Vec<Outcome>) {
        assert!(self.halt.is_ok(), "{:?} after {:?}", self.halt, self.sent);
        let outcomes = self.outcomes.into_iter().map(Option::unwrap);
        (self.sent, outcomes.collect())
    }
}

/// A request in short: what makes `bob` and `amy` in realm 1 is `POST 1: bob amy`; number 7 there is
/// asked for as `GET 1/7`, and a list for the names that begin with `bob` as `GET 1?bob`.
fn in_short(request: &str) -> String {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let (method, rest) = head.split_once(' ').unwrap();
    let (target, _) = rest.split_once(' ').unwrap();
    let start = format!("/accounts/{}/", account().as_str());
    let target = target.strip_prefix(&start).unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.strip_prefix("realms/").unwrap_or(path);
    let path = path.replace("/sipcredentials", "");
    if let Some((_, fragment)) = query.split_once("userNamefragment=") {
        return format!("{method} {path}?{fragment}");
    }
    if method == "POST" {
        let names = body.split("<UserName>").skip(1);
        let names: Vec<_> = names
            .map(|name| name.split('<').next().unwrap_or_default())
            .collect();
        return format!("{method} {path}: {}", names.join(" "));
    }
    format!("{method} {path}")
}

fn account() -> AccountNumber {
    AccountNumber::parse("5500123").unwrap()
}

/// A client that signs in as an API user.
fn user(api: &Scripted) -> Dashboard {
    let api = api.url.as_str();
    let environment = Environment::own(api, api, api).unwrap();
    let sign_in = SignIn::ApiUser {
        name: "user".to_owned(),
        password: SignInSecret::new("password-7f3a"),
    };
    Dashboard::new(environment, account(), sign_in, Arc::default()).unwrap()
}
