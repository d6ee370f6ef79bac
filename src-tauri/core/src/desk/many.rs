//! Work on many SIP credentials as a job: new passwords and deletion, and the move to another voice
//! application that the API does not make by itself.

use std::path::PathBuf;

use super::changing::application_of;
use super::{Desk, view};
use crate::dashboard::CredentialId;
use crate::ipc::{BeginMany, DeskWhich};
use crate::jobs::{Deed, JobWork, Key, Secret, Seen, Step};
use crate::{Error, clock};

impl Desk {
    /// Returns the usual name of the file for the passwords that a job makes, where it makes any.
    #[must_use]
    pub fn new_passwords_name(&self, asked: &BeginMany) -> Option<String> {
        let makes = match asked {
            BeginMany::NewPasswords => true,
            BeginMany::Delete { .. } | BeginMany::Move { .. } => false,
        };
        let number = crate::export::name_part(self.account.number.as_str());
        let at = clock::now_ms() / 1000;
        makes.then(|| format!("new-passwords-{number}-{at}.csv"))
    }

    /// Begins a job on the selected SIP credentials, or on one that is made anew elsewhere. Returns
    /// the job's name. From here on it lasts, whatever happens to the app.
    pub fn begin_many(
        &self,
        asked: &BeginMany,
        passwords: Option<PathBuf>,
    ) -> Result<String, Error> {
        self.dashboard()?;
        let jobs = &self.jobs;
        let (work, which) = match asked {
            BeginMany::NewPasswords => (JobWork::NewPasswords, DeskWhich::Selected),
            BeginMany::Delete { .. } => (JobWork::Delete, DeskWhich::Selected),
            BeginMany::Move { id, .. } => (JobWork::Move, DeskWhich::One { id: *id }),
        };
        // Rows that a job changed would look as if somebody else had.
        if self.held().outdated.whole {
            return Err(Error::Outdated);
        }
        let ids = self.meant(which);
        if ids.is_empty() {
            return Err(Error::OutOfStep);
        }
        if let BeginMany::Delete { count } = asked {
            typed_count(count, ids.len())?;
        }
        let application = match asked {
            BeginMany::Move { application, .. } => application_of(application)?,
            BeginMany::Delete { .. } | BeginMany::NewPasswords => None,
        };
        let deed = |of: Key, seen: Seen| match asked {
            BeginMany::NewPasswords => Ok(Deed::Replace {
                of,
                seen,
                application: None,
                secret: Secret::ToMake,
            }),
            BeginMany::Delete { .. } => Ok(Deed::Delete { of, seen }),
            BeginMany::Move { .. } => Ok(Deed::Move {
                of,
                seen,
                application: application.clone().ok_or_else(|| {
                    Error::field(
                        "applicationId",
                        "Type the ID of the voice application that it is to have.",
                    )
                })?,
            }),
        };
        let mut plan = jobs.plan()?;
        for (line, id) in (1..).zip(&ids) {
            if let Some(step) = self.step(line, *id, &deed)? {
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
        deed: &impl Fn(Key, Seen) -> Result<Deed, Error>,
    ) -> Result<Option<Step>, Error> {
        let held = self.held();
        let list = &held.shown().list;
        let Some(row) = list.row(id) else {
            return Ok(None);
        };
        let of = Key {
            realm: row.realm_id,
            credential: id,
        };
        let seen = Seen::of(row.hashes.as_ref(), row.application_id.as_deref());
        Ok(Some(Step {
            line,
            user_name: row.user_name.to_string(),
            domain: row.domain.as_deref().map(str::to_owned),
            realm: list.realm_of(row).to_owned(),
            deed: deed(of, seen)?,
        }))
    }
}

/// A number of that size is not typed by accident.
fn typed_count(typed: &str, count: usize) -> Result<(), Error> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.parse() == Ok(count) {
        Ok(())
    } else {
        Err(Error::field(
            "count",
            &format!("Type {} to delete them.", view::grouped(count as u64)),
        ))
    }
}

fn title(asked: &BeginMany, count: usize) -> String {
    let count = view::grouped(count as u64);
    match asked {
        BeginMany::NewPasswords => format!("New passwords for {count}"),
        BeginMany::Delete { .. } => format!("Deletion of {count}"),
        BeginMany::Move { .. } => "Another voice application".to_owned(),
    }
}

#[cfg(test)]
mod tests;
