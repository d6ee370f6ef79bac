//! Changes that someone else makes between the plan and a row's turn are noticed, reported and left
//! alone; the job's own changes aren't mistaken for them.

use std::fs;

use registrar_app::ipc::JobStage;
use registrar_bandwidth::dashboard::{ApplicationId, Credential, NewCredential, Scope, UserName};
use registrar_digest::{Hashes, StoredHashes};
use registrar_jobs::{Action, Secret};
use registrar_secret::SipPassword;
use tokio_util::sync::CancellationToken;

use crate::cuts::Killed;
use crate::outcome::{read_passwords, read_result};
use crate::rows::{Expected, Row, application, key_of, precondition_of};
use crate::world::{OPTIONS, REALM, World};

/// What somebody else did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touch {
    Application,
    MadeAnew,
    Password,
}

impl Touch {
    /// What the result file says of it.
    fn says(self) -> &'static str {
        match self {
            Self::Application => "It now has the voice application",
            Self::MadeAnew => "a different SIP credential",
            Self::Password => "Its password has been changed since",
        }
    }
}

const TOUCHES: [Touch; 3] = [Touch::Application, Touch::MadeAnew, Touch::Password];

impl World {
    fn of_somebody_else(&self, name: &str) -> Hashes {
        Hashes::make(name, &self.realm, &SipPassword::new("somebody else's"))
    }

    /// Rows whose credentials somebody else changes after they were seen, twelve kinds in turn.
    pub(crate) async fn touched(&self, count: usize) -> Vec<Row> {
        let names: Vec<String> = (0..count)
            .map(|number| format!("touched{number}"))
            .collect();
        let before = self.put(&names).await;
        let mut rows = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let before = &before[name];
            let touch = TOUCHES[number % 3];
            self.touch(before, touch).await;
            let (of, precondition) = (key_of(before), precondition_of(before));
            let wanted = ApplicationId::parse(application()).unwrap();
            let replace = |secret| Action::Replace {
                of,
                precondition: precondition.clone(),
                application: None,
                secret,
            };
            let action = match number % 4 {
                0 => replace(Secret::Given(self.hashes(name))),
                1 => replace(Secret::ToMake),
                2 => Action::Move {
                    of,
                    precondition: precondition.clone(),
                    application: wanted,
                },
                _ => Action::Delete {
                    of,
                    precondition: precondition.clone(),
                },
            };
            // Where somebody else moved it to just where it was to go, nothing is left to do.
            let there_already = touch == Touch::Application && number % 4 == 2;
            let hashes = if touch == Touch::Application {
                Hashes::make(name, &self.realm, &SipPassword::new("from before"))
            } else {
                self.of_somebody_else(name)
            };
            let application = (touch == Touch::Application).then(application);
            rows.push(Row {
                expected: Expected::Given(hashes, application),
                ..self.row(
                    name,
                    None,
                    action,
                    if there_already { "moved" } else { "refused" },
                )
            });
        }
        rows
    }

    async fn touch(&self, before: &Credential, touch: Touch) {
        let dashboard = self.dashboard();
        let name = before.composite();
        let others = self.of_somebody_else(&name);
        match touch {
            Touch::Application => {
                let hashes = before.hashes.as_ref().unwrap();
                let put = dashboard.put_credential(before, hashes, Some(application()));
                put.await.unwrap();
            }
            Touch::MadeAnew => {
                dashboard.delete_credential(before).await.unwrap();
                let new = NewCredential {
                    user_name: UserName::parse(&name).unwrap(),
                    domain: None,
                    realm: self.realm.clone(),
                    hashes: others,
                    application_id: None,
                };
                let new = [new];
                let made = dashboard.create_credentials(Scope::Realm(REALM), &new);
                assert_eq!(made.await.unwrap().made.len(), 1);
            }
            Touch::Password => {
                let others = StoredHashes::from(others);
                let put = dashboard.put_credential(before, &others, None);
                put.await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn row_changed_by_someone_else_is_refused_and_left_alone() {
    let world = World::new().await;
    let mut rows = world.touched(12).await;
    for (line, row) in (2..).zip(&mut rows) {
        row.step.line = line;
    }
    let job = world.begin(&rows);

    let ended = world.through(&job).await;

    assert_eq!(ended.stage, JobStage::Finished);
    assert_eq!((ended.refused, ended.moved), (11.0, 1.0));
    assert!(read_passwords(&world.passwords()).is_empty());
    let result = read_result(&world.jobs.result(&job).unwrap().1);
    for (number, row) in rows.iter().enumerate() {
        let (outcome, reason) = &result[&row.step.line];
        assert_eq!(outcome, row.outcome, "{number}: {reason}");
        if *outcome == "refused" {
            let says = TOUCHES[number % 3].says();
            assert!(reason.contains(says), "{number}: {reason}");
        }
    }
    for one in world.listed().await {
        let Some(row) = (rows.iter()).find(|row| row.step.composite() == one.composite()) else {
            continue;
        };
        let Expected::Given(hashes, application) = &row.expected else {
            panic!("each is as somebody else left it")
        };
        assert!(one.hashes.unwrap().matches(hashes));
        assert_eq!(one.application_id.as_deref(), *application);
    }
}

/// A job that gives `anna` a made password, killed after so many steps. Returns nothing where it
/// was not killed between the request and the journal's word that it was answered.
async fn killed_in_between(polls: u64) -> Option<(World, String)> {
    let world = World::new().await;
    let names = ["changing".to_owned()];
    let before = world.put(&names).await.remove("changing").unwrap();
    let action = Action::Replace {
        of: key_of(&before),
        precondition: precondition_of(&before),
        application: None,
        secret: Secret::ToMake,
    };
    let mut row = world.row("changing", None, action, "changed");
    row.step.line = 2;
    let job = world.begin(&[row]);
    let dashboard = world.dashboard();
    let stop = CancellationToken::new();
    let run = (world.jobs).run(&job, &dashboard, OPTIONS, &stop, &|_| {});
    Killed::after(polls, run).await;
    while world.view(&job).stage == JobStage::Running {
        tokio::task::yield_now().await;
    }
    let now = world.listed().await;
    let now = now.iter().find(|one| one.composite() == "changing");
    let stored = now.and_then(|one| one.hashes.clone()).unwrap();
    let unanswered = world.view(&job).to_go == 1.0;
    let carried_out = !stored.same_as(before.hashes.as_ref().unwrap());
    (carried_out && unanswered).then_some((world, job))
}

#[tokio::test]
async fn job_recognizes_its_stored_password_after_its_file_is_lost() {
    let mut polls = 1;
    let (world, job) = loop {
        if let Some(killed) = killed_in_between(polls).await {
            break killed;
        }
        polls += 1;
        assert!(polls < 300, "the request leaves at some step");
    };
    fs::remove_file(world.passwords()).unwrap();
    world.jobs.move_passwords(&job, &world.passwords()).unwrap();

    let ended = world.through(&job).await;

    assert_eq!((ended.replaced, ended.refused), (1.0, 0.0));
    let password = read_passwords(&world.passwords())
        .remove("changing")
        .unwrap();
    let hashes = Hashes::make("changing", &world.realm, &password);
    let stored = world.listed().await;
    let stored = stored.into_iter().find(|one| one.composite() == "changing");
    assert!(stored.unwrap().hashes.unwrap().matches(&hashes));
}
