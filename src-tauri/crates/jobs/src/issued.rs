//! The SIP credentials that an ended job created or gave a new password: a file in the job's folder
//! without secrets, and their passwords as the person's files have them.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::folder::{self, Jobs};
use super::outcome::{Kind, Outcomes};
use super::passwords::{self, Name, number};
use super::plan::Steps;
use super::reason::Reason;
use super::step::Action;
use registrar_secret::SipPassword;
use registrar_storage::own_file;
use registrar_storage::record_log::{self, Records, Tail};

/// The file's name in the job's folder.
pub(super) const ISSUED: &str = "issued";
/// How many are read together. Only their passwords are in memory at once.
const READ_TOGETHER: usize = 4096;

/// A SIP credential that a job created or gave a new password.
#[derive(Debug)]
pub struct Issued {
    /// The composite user name, as Bandwidth stores it.
    pub composite: String,
    /// The full name of its realm.
    pub realm: String,
    /// The password that the job generated, if it was asked for and is still in the person's file.
    pub password: Option<SipPassword>,
}

#[derive(Serialize, Deserialize)]
struct Row {
    #[serde(rename = "u")]
    composite: String,
    #[serde(rename = "r")]
    realm: String,
}

impl Row {
    fn name(&self) -> Name {
        (self.realm.clone(), self.composite.clone())
    }
}

/// Writes the file, whole or not at all.
pub(super) fn write(folder: &Path, steps: &Steps, outcomes: &Outcomes) -> Result<(), Error> {
    let file = own_file::unfinished(folder).map_err(folder::storage)?;
    let mut file = BufWriter::new(file);
    record_log::begin(&mut file).map_err(folder::storage)?;
    let mut framed = Vec::new();
    let mut rows = steps.from(0)?;
    while let Some((row, step)) = rows.next()? {
        let composite = match (&step.action, outcomes.kind(row)) {
            (Action::Create { .. }, Some(Kind::Made))
            | (Action::Replace { .. }, Some(Kind::Replaced)) => step.composite(),
            (Action::Create { .. }, Some(Kind::MadeRenamed)) => match outcomes.reason(row) {
                Some(Reason::Renamed { name }) => name.clone(),
                _ => continue,
            },
            _ => continue,
        };
        let realm = step.realm;
        let payload = serde_json::to_vec(&Row { composite, realm });
        let payload = payload.map_err(|error| folder::storage(io::Error::other(error)))?;
        record_log::frame(&payload, &mut framed);
        file.write_all(&framed).map_err(folder::storage)?;
        framed.clear();
    }
    let finished = file
        .into_inner()
        .map_err(io::IntoInnerError::into_error)
        .and_then(|file| {
            file.as_file().sync_all()?;
            file.persist(folder.join(ISSUED))
                .map_err(|failed| failed.error)
        });
    finished.map(|_| ()).map_err(folder::storage)
}

impl Jobs {
    /// Reads the SIP credentials that an ended job created or gave a new password, in its order;
    /// with the passwords that it generated, if they are asked for.
    pub fn issued(&self, name: &str, with_passwords: bool) -> Result<IssuedRows, Error> {
        let folder = self.folder_of(name)?;
        let header = self.header(&folder)?.ok_or(Error::OutOfStep)?;
        if header.end.is_none() {
            return Err(Error::OutOfStep);
        }
        let records = match Records::open(&folder.join(ISSUED)) {
            Ok(records) => records,
            // The job ended under an earlier version.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Error::OutOfStep),
            Err(error) => return Err(folder::storage(error)),
        };
        let mut passwords = Vec::new();
        if with_passwords {
            passwords.extend(header.passwords);
            passwords.extend(header.earlier_passwords);
        }
        for path in &passwords {
            // Told before anything is written.
            File::open(path).map_err(|error| Error::storage(PASSWORDS, error))?;
        }
        Ok(IssuedRows { records, passwords })
    }

    /// Returns whether an ended job's list of SIP credentials is there, and whether its generated
    /// passwords are.
    #[must_use]
    pub fn has_issued(&self, name: &str) -> (bool, bool) {
        let Ok(folder) = self.folder_of(name) else {
            return (false, false);
        };
        let header = self.header(&folder).ok().flatten();
        let Some(header) = header.filter(|header| header.end.is_some()) else {
            return (false, false);
        };
        let passwords = header.passwords.iter().chain(&header.earlier_passwords);
        let mut passwords = passwords.peekable();
        let known = passwords.peek().is_some() && passwords.all(|path| path.is_file());
        (folder.join(ISSUED).is_file(), known)
    }
}

/// What a failure to read the person's files names.
const PASSWORDS: &str = "the passwords file";

/// Reads SIP credentials that a job created or gave a new password.
#[derive(Debug)]
pub struct IssuedRows {
    records: Records,
    passwords: Vec<PathBuf>,
}

impl IssuedRows {
    /// Returns the next ones, several thousand at most; none at the end.
    pub fn next_ones(&mut self) -> Result<Vec<Issued>, Error> {
        let mut rows = Vec::new();
        while rows.len() < READ_TOGETHER {
            let Some(payload) = self.records.next_record().map_err(folder::storage)? else {
                break;
            };
            let row: Row = serde_json::from_slice(&payload)
                .map_err(|error| folder::storage(io::Error::other(error)))?;
            rows.push(row);
        }
        if rows.len() < READ_TOGETHER && self.records.tail() != Tail::Whole {
            return Err(folder::storage(io::ErrorKind::InvalidData.into()));
        }
        let mut known = self.known(&rows)?;
        let all = rows.into_iter().map(|row| {
            let password = known.remove(&number(&row.name()));
            Issued {
                composite: row.composite,
                realm: row.realm,
                password,
            }
        });
        Ok(all.collect())
    }

    /// Reads the passwords of these rows. A name's password in the newest file counts.
    fn known(&self, rows: &[Row]) -> Result<HashMap<u64, SipPassword>, Error> {
        let mut known = HashMap::new();
        if rows.is_empty() {
            return Ok(known);
        }
        let asked: HashSet<u64> = rows.iter().map(|row| number(&row.name())).collect();
        for path in &self.passwords {
            let read = passwords::each(path, |name, password| {
                let name = number(&name);
                if asked.contains(&name) {
                    known.entry(name).or_insert(password);
                }
            });
            read.map_err(|error| Error::storage(PASSWORDS, error))?;
        }
        Ok(known)
    }
}

#[cfg(test)]
mod tests;
