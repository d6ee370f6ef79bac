//! Plan rows of every kind, and the expected outcome of each.

use acceptance::shuffle::Shuffle;
use registrar_bandwidth::dashboard::{ApplicationId, Credential, NameProblem};
use registrar_digest::{Hashes, composite};
use registrar_import::Problem;
use registrar_jobs::{Action, Key, Precondition, Secret, Step};
use registrar_practice::Practice;
use registrar_secret::SipPassword;

use crate::world::{REALM, World};

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

/// A row and what must come of it.
pub(crate) struct Row {
    pub(crate) step: Step,
    pub(crate) expected: Expected,
    /// The word in the result file.
    pub(crate) outcome: &'static str,
}

pub(crate) fn application() -> &'static str {
    Practice::sample_application()
}

impl World {
    pub(crate) fn row(
        &self,
        name: &str,
        domain: Option<&str>,
        action: Action,
        outcome: &'static str,
    ) -> Row {
        Row {
            step: Step {
                line: 0,
                user_name: name.to_owned(),
                domain: domain.map(str::to_owned),
                realm: self.realm.clone(),
                action,
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
        let action = Action::Create {
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
            ..self.row(name, domain, action, "created")
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
        let precondition = |name: &str| precondition_of(&there[name]);

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
            rows.push(self.row(name, None, Action::AlreadyRight, "already right"));
        }
        for name in &replaced {
            let action = Action::Replace {
                of: key(name),
                precondition: precondition(name),
                application: None,
                secret: Secret::Given(self.hashes(name)),
            };
            let expected = Expected::Given(self.hashes(name), None);
            rows.push(Row {
                expected,
                ..self.row(name, None, action, "changed")
            });
        }
        for name in &remade {
            let action = Action::Replace {
                of: key(name),
                precondition: precondition(name),
                application: None,
                secret: Secret::ToMake,
            };
            let expected = Expected::Made;
            rows.push(Row {
                expected,
                ..self.row(name, None, action, "changed")
            });
        }
        for name in &moved {
            let action = Action::Move {
                of: key(name),
                precondition: precondition(name),
                application: ApplicationId::parse(application()).unwrap(),
            };
            let hashes = Hashes::make(name, &self.realm, &SipPassword::new("from before"));
            let expected = Expected::Given(hashes, Some(application()));
            rows.push(Row {
                expected,
                ..self.row(name, None, action, "moved")
            });
        }
        for name in &deleted {
            let action = Action::Delete {
                of: key(name),
                precondition: precondition(name),
            };
            let expected = Expected::Gone;
            rows.push(Row {
                expected,
                ..self.row(name, None, action, "deleted")
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
            let action = Problem::Name(NameProblem::UserNameLetters).into_action();
            rows.push(self.row("not a name", None, action, "refused"));
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

pub(crate) fn precondition_of(one: &Credential) -> Precondition {
    Precondition::of(one.hashes.as_ref(), one.application_id.as_deref())
}

fn refused(row: Row) -> Row {
    Row {
        expected: Expected::Refused,
        outcome: "refused",
        ..row
    }
}

/// Rows that create so many credentials.
pub(crate) fn creates(world: &World, count: usize, made: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = (0..count)
        .map(|number| world.create(&format!("user{number}"), made))
        .collect();
    for (line, row) in (2..).zip(&mut rows) {
        row.step.line = line;
    }
    rows
}
