//! A practice account with something in it, a plan of every kind of row, and what must come of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use acceptance::practice_addresses::exposed;
use acceptance::shuffle::Shuffle;
use registrar_activity::Activity;
use registrar_app::desk::job_view;
use registrar_app::ipc::JobView;
use registrar_bandwidth::dashboard::{
    AccountNumber, ApplicationId, Credential, Dashboard, Environment, NameProblem, NewCredential,
    RealmId, Scope, SignIn, UserName,
};
use registrar_digest::{Hashes, composite};
use registrar_explain as explain;
use registrar_import::Problem;
use registrar_jobs::{Aim, Deed, JobWork, Jobs, Key, Manners, RunOptions, Secret, Seen, Step};
use registrar_practice::Practice;
use registrar_secret::{SignInSecret, SipPassword};
use tempfile::TempDir;

/// Quick, and never tired of trying.
const MANNERS: Manners = Manners {
    connections: 3,
    most_at_once: 20,
    first_pause: Duration::from_millis(1),
    longest_pause: Duration::from_millis(4),
    failures: 1000,
};

/// A run that is to carry out all rows.
pub(crate) const OPTIONS: RunOptions = RunOptions {
    manners: MANNERS,
    aim: Aim::All,
    wording: explain::import::RESULT,
};
/// The number of practice's realm.
pub(crate) const REALM: RealmId = RealmId(22);
/// A voice application that the account does not have.
const NOT_THERE: &str = "5ba6761d-36bd-4307-8f7b-a6f806c35abf";

/// What a row of the plan must come to.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    /// The account has it with these hashes.
    Given(Hashes, Option<&'static str>),
    /// The account has it with the password that is in the file.
    Made,
    /// The account has no such name.
    Gone,
    /// The row was refused, and the account is as the other rows say.
    Refused,
}

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) practice: Practice,
    pub(crate) realm: String,
    pub(crate) jobs: Jobs,
}

/// A row and what must come of it.
pub(crate) struct Row {
    pub(crate) step: Step,
    pub(crate) expected: Expected,
    /// The word in the result file.
    pub(crate) outcome: &'static str,
}

pub(crate) fn password(name: &str) -> SipPassword {
    SipPassword::new(format!("secret of {name}"))
}

pub(crate) fn application() -> &'static str {
    Practice::sample_application()
}

/// Signs in to the practice account whose API is at this address.
pub(crate) fn dashboard_at(token: &str, api: &str) -> Dashboard {
    dashboard_with(token, api, Arc::new(Activity::default()))
}

/// The same, and what is sent can be looked at.
pub(crate) fn dashboard_with(token: &str, api: &str, activity: Arc<Activity>) -> Dashboard {
    let sample = Practice::sample_sign_in();
    Dashboard::new(
        Environment::own(token, api, api).unwrap(),
        AccountNumber::parse(&sample.account_number).unwrap(),
        SignIn::ApiClient {
            client_id: sample.client_id,
            secret: SignInSecret::new(sample.client_secret),
        },
        activity,
    )
    .unwrap()
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(&folder.path().join("practice"))
            .await
            .unwrap();
        let realm = practice.sample_check().unwrap().realm;
        let jobs = Jobs::at(folder.path().join("jobs"));
        Self {
            folder,
            practice,
            realm,
            jobs,
        }
    }

    pub(crate) fn passwords(&self) -> PathBuf {
        self.folder.path().join("passwords.csv")
    }

    pub(crate) fn dashboard(&self) -> Dashboard {
        let addresses = exposed(&self.practice);
        dashboard_at(&addresses.token, &addresses.bearer)
    }

    pub(crate) fn hashes(&self, name: &str) -> Hashes {
        Hashes::make(name, &self.realm, &password(name))
    }

    /// Makes credentials in the account, as somebody did before.
    pub(crate) async fn put(&self, names: &[String]) -> HashMap<String, Credential> {
        let dashboard = self.dashboard();
        let scope = Scope::Realm(REALM);
        for names in names.chunks(500) {
            let new: Vec<NewCredential> = names
                .iter()
                .map(|name| NewCredential {
                    user_name: UserName::parse(name).unwrap(),
                    domain: None,
                    realm: self.realm.clone(),
                    hashes: Hashes::make(name, &self.realm, &SipPassword::new("from before")),
                    application_id: None,
                })
                .collect();
            let made = dashboard.create_credentials(scope, &new).await.unwrap();
            assert_eq!(made.made.len(), names.len(), "{:?}", made.refused.first());
        }
        self.listed()
            .await
            .into_iter()
            .map(|one| (one.composite(), one))
            .collect()
    }

    pub(crate) async fn listed(&self) -> Vec<Credential> {
        self.dashboard().credentials(Scope::Account).await.unwrap()
    }

    /// A job of these rows that has begun.
    pub(crate) fn begin(&self, rows: &[Row]) -> String {
        let mut plan = self.jobs.plan().unwrap();
        for row in rows {
            plan.push(&row.step).unwrap();
        }
        let mut plan = plan.seal().unwrap();
        let place = Some(self.passwords());
        self.jobs
            .start(&mut plan, JobWork::Import, "phones.csv", place)
            .unwrap()
    }

    /// A job as the window shows it.
    pub(crate) fn view(&self, job: &str) -> JobView {
        job_view(&self.jobs.view(job).unwrap())
    }

    pub(crate) fn row(
        &self,
        name: &str,
        domain: Option<&str>,
        deed: Deed,
        outcome: &'static str,
    ) -> Row {
        Row {
            step: Step {
                line: 0,
                user_name: name.to_owned(),
                domain: domain.map(str::to_owned),
                realm: self.realm.clone(),
                deed,
            },
            expected: Expected::Refused,
            outcome,
        }
    }

    pub(crate) fn create(&self, name: &str, made: bool) -> Row {
        self.create_at(name, None, None, made)
    }

    fn create_at(
        &self,
        name: &str,
        domain: Option<&str>,
        application: Option<&'static str>,
        made: bool,
    ) -> Row {
        let hashes = self.hashes(&composite(name, domain));
        let deed = Deed::Create {
            realm: REALM,
            application: application.map(|id| ApplicationId::parse(id).unwrap()),
            secret: if made {
                Secret::ToMake
            } else {
                Secret::Given(hashes.clone())
            },
        };
        let expected = if made {
            Expected::Made
        } else {
            Expected::Given(hashes, application)
        };
        Row {
            expected,
            ..self.row(name, domain, deed, "made")
        }
    }

    /// Every kind of row, 20 rows for each `unit`: two thousand for a hundred.
    #[allow(clippy::too_many_lines, reason = "one kind of row after the other")]
    pub(crate) async fn mixed(&self, unit: usize) -> Vec<Row> {
        let names = |kind: &str, count: usize| -> Vec<String> {
            (0..count).map(|number| format!("{kind}{number}")).collect()
        };
        let (right, replaced, remade) = (
            names("right", unit),
            names("replaced", unit * 3 / 2),
            names("remade", unit / 2),
        );
        let (moved, deleted, taken) = (
            names("moved", unit / 2),
            names("deleted", unit / 2),
            names("taken", unit),
        );
        let all = [&right, &replaced, &remade, &moved, &deleted, &taken];
        let before: Vec<String> = all.into_iter().flatten().cloned().collect();
        let there = self.put(&before).await;
        let key = |name: &str| key_of(&there[name]);
        let seen = |name: &str| seen_of(&there[name]);

        let mut rows = Vec::new();
        rows.extend(
            names("given", unit * 5)
                .iter()
                .map(|name| self.create(name, false)),
        );
        rows.extend(
            names("made", unit * 4)
                .iter()
                .map(|name| self.create(name, true)),
        );
        for (number, name) in names("domain", unit * 2).iter().enumerate() {
            let application = number.is_multiple_of(3).then(application);
            let made = number.is_multiple_of(2);
            rows.push(self.create_at(name, Some("bw.com"), application, made));
        }
        for name in &right {
            rows.push(self.row(name, None, Deed::AlreadyRight, "already right"));
        }
        for name in &replaced {
            let deed = Deed::Replace {
                of: key(name),
                seen: seen(name),
                application: None,
                secret: Secret::Given(self.hashes(name)),
            };
            let expected = Expected::Given(self.hashes(name), None);
            rows.push(Row {
                expected,
                ..self.row(name, None, deed, "changed")
            });
        }
        for name in &remade {
            let deed = Deed::Replace {
                of: key(name),
                seen: seen(name),
                application: None,
                secret: Secret::ToMake,
            };
            let expected = Expected::Made;
            rows.push(Row {
                expected,
                ..self.row(name, None, deed, "changed")
            });
        }
        for name in &moved {
            let deed = Deed::Move {
                of: key(name),
                seen: seen(name),
                application: ApplicationId::parse(application()).unwrap(),
            };
            let hashes = Hashes::make(name, &self.realm, &SipPassword::new("from before"));
            let expected = Expected::Given(hashes, Some(application()));
            rows.push(Row {
                expected,
                ..self.row(name, None, deed, "moved")
            });
        }
        for name in &deleted {
            let deed = Deed::Delete {
                of: key(name),
                seen: seen(name),
            };
            let expected = Expected::Gone;
            rows.push(Row {
                expected,
                ..self.row(name, None, deed, "deleted")
            });
        }
        // The names exist with other passwords; the API says so, in any letter case.
        for (number, name) in taken.iter().enumerate() {
            let name = if number.is_multiple_of(3) {
                name.to_uppercase()
            } else {
                name.clone()
            };
            rows.push(refused(self.create(&name, number.is_multiple_of(2))));
        }
        for name in names("unknown", unit) {
            rows.push(refused(self.create_at(&name, None, Some(NOT_THERE), true)));
        }
        for name in names("twice", unit / 2) {
            rows.push(self.create(&name, true));
        }
        rows.extend(self.touched(unit).await);
        let mut order = Shuffle(7);
        order.shuffle(&mut rows);
        // A name that is there twice: the first row is used.
        for name in names("twice", unit / 2) {
            rows.push(refused(self.create(&name, true)));
        }
        while rows.len() < unit * 20 {
            let deed = Problem::Name(NameProblem::UserNameLetters).into_deed();
            rows.push(self.row("not a name", None, deed, "refused"));
        }
        for (line, row) in (2..).zip(&mut rows) {
            row.step.line = line;
        }
        rows
    }
}

pub(crate) fn key_of(one: &Credential) -> Key {
    Key {
        realm: one.realm_id,
        credential: one.id,
    }
}

pub(crate) fn seen_of(one: &Credential) -> Seen {
    Seen::of(one.hashes.as_ref(), one.application_id.as_deref())
}

fn refused(row: Row) -> Row {
    Row {
        expected: Expected::Refused,
        outcome: "refused",
        ..row
    }
}

/// The passwords file by composite user name. A name in it twice is a failure.
pub(crate) fn read_passwords(path: &Path) -> HashMap<String, SipPassword> {
    let mut found = HashMap::new();
    for record in csv::Reader::from_path(path).unwrap().records() {
        let record = record.unwrap();
        let name = composite(&record[0], Some(&record[1]));
        let before = found.insert(name.clone(), SipPassword::new(&record[3]));
        assert!(before.is_none(), "{name} has two passwords");
    }
    found
}

/// The words of the result file by line.
pub(crate) fn read_result(bytes: &[u8]) -> HashMap<u64, (String, String)> {
    csv::Reader::from_reader(bytes)
        .records()
        .map(|record| {
            let record = record.unwrap();
            let line = record[0].parse().unwrap();
            (line, (record[4].to_owned(), record[5].to_owned()))
        })
        .collect()
}

impl World {
    /// Fails unless the account, the passwords file and the result file are exactly as the plan says.
    /// Returns the names and passwords that were made.
    pub(crate) async fn assert_is(&self, rows: &[Row], job: &str) -> HashMap<String, SipPassword> {
        let mut account: HashMap<String, Credential> = HashMap::new();
        for one in self.listed().await {
            let name = one.composite();
            assert!(
                account.insert(name.clone(), one).is_none(),
                "{name} is there twice"
            );
        }
        let passwords = read_passwords(&self.passwords());
        let (_, result) = self.jobs.result(job).unwrap();
        let result = read_result(&result);
        assert_eq!(result.len(), rows.len(), "a line for each row");

        let mut made = 0;
        for row in rows {
            let name = row.step.composite();
            let (outcome, reason) = &result[&row.step.line];
            assert_eq!(outcome, row.outcome, "{name}: {reason}");
            let there = account.get(&name);
            match &row.expected {
                Expected::Given(hashes, application) => {
                    let there = there.unwrap_or_else(|| panic!("{name} is lost"));
                    assert!(there.hashes.as_ref().unwrap().matches(hashes), "{name}");
                    assert_eq!(there.application_id.as_deref(), *application, "{name}");
                }
                Expected::Made => {
                    made += 1;
                    let there = there.unwrap_or_else(|| panic!("{name} is lost"));
                    let password = passwords.get(&name);
                    let password = password.unwrap_or_else(|| panic!("{name} has no password"));
                    let hashes = Hashes::make(&name, &self.realm, password);
                    assert!(there.hashes.as_ref().unwrap().matches(&hashes), "{name}");
                }
                Expected::Gone => assert!(there.is_none(), "{name} is still there"),
                Expected::Refused => {
                    assert!(!reason.is_empty() || row.outcome != "refused", "{name}");
                }
            }
        }
        assert_eq!(
            passwords.len(),
            made,
            "no password of a row that was refused"
        );
        let mut wanted: Vec<String> = rows
            .iter()
            .filter(|row| matches!(row.expected, Expected::Given(..) | Expected::Made))
            .map(|row| row.step.composite())
            .collect();
        wanted
            .extend((0..rows.len() / 20).flat_map(|n| [format!("right{n}"), format!("taken{n}")]));
        wanted.extend(["reception".to_owned(), "anna@phones.example".to_owned()]);
        let mut there: Vec<String> = account.into_keys().collect();
        wanted.sort();
        there.sort();
        assert_eq!(there, wanted, "nothing more and nothing less");
        self.assert_no_secret_left(job);
        passwords
    }

    fn assert_no_secret_left(&self, job: &str) {
        let folder = self.folder.path().join("jobs").join(job);
        let left = std::fs::read_dir(folder).unwrap();
        let mut left: Vec<String> = left
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["job.json", "lock", "result.csv"], "no hash stays");
    }
}
