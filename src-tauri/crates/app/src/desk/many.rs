//! Bulk work on SIP credentials, run as jobs: new passwords, deletion, and the move to another
//! voice application, which the API doesn't offer as one operation.

use std::path::PathBuf;

use registrar_activity::clock;
use registrar_bandwidth::dashboard::CredentialId;
use registrar_explain::number::{counted, grouped};
use registrar_jobs::{Action, JobWork, Key, Precondition, Secret, Step};

use super::Desk;
use super::changing::application_of;
use crate::Error;
use crate::ipc::{DeskWhich, StartJob};

impl Desk {
    /// Returns the suggested name of the file for the passwords that a job generates, if any.
    #[must_use]
    pub fn new_passwords_name(&self, asked: &StartJob) -> Option<String> {
        let makes = match asked {
            StartJob::NewPasswords => true,
            StartJob::Delete { .. } | StartJob::Move { .. } => false,
        };
        let number = registrar_storage::export::name_part(self.account.number.as_str());
        let at = clock::now_ms() / 1000;
        makes.then(|| format!("new-passwords-{number}-{at}.csv"))
    }

    /// Starts a job on the selected SIP credentials, or on one that is created anew elsewhere.
    /// Returns the job's name. From now on it survives whatever happens to the app.
    pub fn start_job(&self, asked: &StartJob, passwords: Option<PathBuf>) -> Result<String, Error> {
        self.dashboard()?;
        let jobs = &self.jobs;
        let (work, which) = match asked {
            StartJob::NewPasswords => (JobWork::NewPasswords, DeskWhich::Selected),
            StartJob::Delete { .. } => (JobWork::Delete, DeskWhich::Selected),
            StartJob::Move { id, .. } => (JobWork::Move, DeskWhich::One { id: *id }),
        };
        // Rows that a job changed would look as if someone else had changed them.
        if self.model().outdated.whole {
            return Err(Error::Outdated);
        }
        let ids = self.meant(which);
        if ids.is_empty() {
            return Err(Error::OutOfStep);
        }
        if let StartJob::Delete { count } = asked {
            typed_count(count, ids.len())?;
        }
        let application = match asked {
            StartJob::Move { application, .. } => application_of(application)?,
            StartJob::Delete { .. } | StartJob::NewPasswords => None,
        };
        let action = |of: Key, precondition: Precondition| match asked {
            StartJob::NewPasswords => Ok(Action::Replace {
                of,
                precondition,
                application: None,
                secret: Secret::ToMake,
            }),
            StartJob::Delete { .. } => Ok(Action::Delete { of, precondition }),
            StartJob::Move { .. } => Ok(Action::Move {
                of,
                precondition,
                application: application.clone().ok_or_else(|| {
                    Error::field("applicationId", "Enter the ID of the voice application.")
                })?,
            }),
        };
        let mut plan = jobs.plan()?;
        for (line, id) in (1..).zip(&ids) {
            if let Some(step) = self.step(line, *id, &action)? {
                plan.push(&step)?;
            }
        }
        let title = title(asked, ids.len());
        Ok(jobs.start(&mut plan.seal()?, work, &title, passwords)?)
    }

    fn step(
        &self,
        line: u64,
        id: CredentialId,
        action: &impl Fn(Key, Precondition) -> Result<Action, Error>,
    ) -> Result<Option<Step>, Error> {
        let model = self.model();
        let list = &model.shown().list;
        let Some(row) = list.row(id) else {
            return Ok(None);
        };
        let of = Key {
            realm: row.realm_id,
            credential: id,
        };
        let precondition = Precondition::of(row.hashes.as_ref(), row.application_id.as_deref());
        Ok(Some(Step {
            line,
            user_name: row.user_name.to_string(),
            domain: row.domain.as_deref().map(str::to_owned),
            realm: list.realm_of(row).to_owned(),
            action: action(of, precondition)?,
        }))
    }
}

/// A number that large isn't typed by accident.
fn typed_count(typed: &str, count: usize) -> Result<(), Error> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.parse() == Ok(count) {
        Ok(())
    } else {
        Err(Error::field(
            "count",
            &format!("Enter {} to delete them.", grouped(count as u64)),
        ))
    }
}

fn title(asked: &StartJob, count: usize) -> String {
    let credentials = counted(count as u64, "SIP credential", "SIP credentials");
    match asked {
        StartJob::NewPasswords => format!("Replace the passwords of {credentials}"),
        StartJob::Delete { .. } => format!("Delete {credentials}"),
        StartJob::Move { .. } => format!("Choose a voice application for {credentials}"),
    }
}

#[cfg(test)]
mod tests;
