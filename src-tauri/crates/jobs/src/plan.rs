//! A job's plan as a file in the job's folder: written once, sealed, and read in order.
//!
//! It contains hashes if they were given, and never a password. Only this user can read it. It is
//! deleted when the job ends, or when the plan is dropped before it was started.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::Error;
use super::lock::Lock;
use super::step::{Action, Step};
use registrar_storage::record_log::{self, Records, Tail};

/// The plan's name in its folder.
pub(super) const PLAN: &str = "plan";
/// What the record of a step, and the one that seals the plan, begin with.
const STEP: u8 = b's';
const SEAL: u8 = b'e';
/// Buffer size for writing, in bytes.
const GATHERED: usize = 256 * 1024;
/// The interval of steps whose positions are remembered.
const STRIDE: u64 = 256;

/// How many steps of each kind a plan has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All rows.
    pub rows: u64,
    /// To be made.
    pub create: u64,
    /// To get other hashes.
    pub replace: u64,
    /// To be moved to another voice application.
    #[serde(rename = "move")]
    pub moves: u64,
    /// To be deleted.
    pub delete: u64,
    /// The account has them already.
    pub already_right: u64,
    /// That cannot be used.
    pub refused: u64,
    /// Number of passwords to generate.
    pub passwords: u64,
}

impl Counts {
    fn add(&mut self, step: &Step) {
        self.rows += 1;
        self.passwords += u64::from(step.makes_password());
        let kind = match step.action {
            Action::AlreadyRight => &mut self.already_right,
            Action::Create { .. } => &mut self.create,
            Action::Delete { .. } => &mut self.delete,
            Action::Move { .. } => &mut self.moves,
            Action::Refused { .. } => &mut self.refused,
            Action::Replace { .. } => &mut self.replace,
        };
        *kind += 1;
    }

    /// Returns the number of rows that need a request.
    #[must_use]
    pub fn to_do(&self) -> u64 {
        self.create + self.replace + self.moves + self.delete
    }
}

/// Removes a folder unless its job was started.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) folder: PathBuf,
    pub(super) kept: bool,
    /// Held so that the folder isn't considered abandoned.
    pub(super) lock: Option<Lock>,
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // Windows may not be able to remove a folder that contains an open file.
            self.lock = None;
            // If it can't be removed, it is removed when the jobs are listed next.
            let _left = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A plan being written. If dropped, it leaves nothing behind.
pub struct PlanWriter {
    gathered: Zeroizing<Vec<u8>>,
    counts: Counts,
    file: File,
    // Declared after the file, which must be closed before the folder is removed.
    draft: Draft,
}

impl std::fmt::Debug for PlanWriter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PlanWriter").finish_non_exhaustive()
    }
}

impl PlanWriter {
    pub(super) fn begin(draft: Draft) -> Result<Self, Error> {
        let file = record_log::create(&draft.folder.join(PLAN)).map_err(storage)?;
        Ok(Self {
            draft,
            file,
            gathered: Zeroizing::new(Vec::with_capacity(GATHERED + 4096)),
            counts: Counts::default(),
        })
    }

    /// Adds a row. Rows are processed in this order, several concurrently.
    pub fn push(&mut self, step: &Step) -> Result<(), Error> {
        let mut payload = Zeroizing::new(vec![STEP]);
        let row = step
            .write()
            .map_err(|error| storage(io::Error::other(error)))?;
        payload.extend_from_slice(&row);
        record_log::frame(&payload, &mut self.gathered);
        self.counts.add(step);
        if self.gathered.len() >= GATHERED {
            self.flush()?;
        }
        Ok(())
    }

    /// Returns what there is so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Finishes writing, and waits until everything is on disk.
    pub fn seal(mut self) -> Result<Plan, Error> {
        let mut payload = vec![SEAL];
        payload.extend_from_slice(&self.counts.rows.to_le_bytes());
        record_log::frame(&payload, &mut self.gathered);
        self.flush()?;
        self.file.sync_all().map_err(storage)?;
        let steps = Steps::open(&self.draft.folder)?.ok_or_else(|| {
            storage(io::Error::new(
                io::ErrorKind::InvalidData,
                "the plan cannot be read back",
            ))
        })?;
        Ok(Plan {
            draft: self.draft,
            steps,
        })
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.file.write_all(&self.gathered).map_err(storage)?;
        self.gathered.clear();
        Ok(())
    }
}

/// A complete plan that can be reviewed. It is started by [`super::Jobs::start`]; if dropped, it
/// leaves nothing behind.
#[derive(Debug)]
pub struct Plan {
    pub(super) draft: Draft,
    pub(super) steps: Steps,
}

impl Plan {
    /// Returns how many rows of each kind it has.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.steps.counts
    }

    /// Returns the rows in order, starting at index `first`.
    pub fn rows(&self, first: u64) -> Result<Rows, Error> {
        self.steps.from(first)
    }
}

/// The steps of a sealed plan.
#[derive(Debug)]
pub(super) struct Steps {
    path: PathBuf,
    pub(super) counts: Counts,
    /// The positions of every [`STRIDE`]th step.
    places: Vec<u64>,
}

impl Steps {
    /// Reads a folder's plan from start to end. `None` if it is damaged or not sealed.
    pub(super) fn open(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join(PLAN);
        let mut records = match Records::open(&path) {
            Ok(records) => records,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(storage(error)),
        };
        let mut counts = Counts::default();
        let mut places = Vec::new();
        loop {
            let place = records.position();
            let Some(payload) = records.next_record().map_err(storage)? else {
                return Ok(None);
            };
            match payload.split_first() {
                Some((&STEP, row)) => {
                    let Some(step) = Step::read(row) else {
                        return Ok(None);
                    };
                    if counts.rows % STRIDE == 0 {
                        places.push(place);
                    }
                    counts.add(&step);
                }
                Some((&SEAL, rows)) if rows == counts.rows.to_le_bytes() => break,
                _ => return Ok(None),
            }
        }
        let ends =
            records.next_record().map_err(storage)?.is_none() && records.tail() == Tail::Whole;
        Ok(ends.then_some(Self {
            path,
            counts,
            places,
        }))
    }

    /// Returns the steps in order, starting at index `first`.
    pub(super) fn from(&self, first: u64) -> Result<Rows, Error> {
        let mut rows = Rows {
            records: Records::open(&self.path).map_err(storage)?,
            number: 0,
        };
        let stride = usize::try_from(first / STRIDE).unwrap_or(usize::MAX);
        match self.places.get(stride) {
            Some(place) => {
                rows.records.seek(*place).map_err(storage)?;
                rows.number = first / STRIDE * STRIDE;
            }
            None => rows.number = u64::MAX,
        }
        while rows.number < first && rows.next()?.is_some() {}
        Ok(rows)
    }
}

/// Reads the rows of a plan in their order.
#[derive(Debug)]
pub struct Rows {
    records: Records,
    /// The number of the next row; `u64::MAX` after the last.
    number: u64,
}

impl Rows {
    /// Returns the next row and its index in the plan.
    #[allow(
        clippy::should_implement_trait,
        reason = "reading can fail, and an iterator of results hides when to stop"
    )]
    pub fn next(&mut self) -> Result<Option<(u64, Step)>, Error> {
        if self.number == u64::MAX {
            return Ok(None);
        }
        let payload = self.records.next_record().map_err(storage)?;
        let step = payload
            .as_deref()
            .and_then(|payload| match payload.split_first() {
                Some((&STEP, row)) => Step::read(row),
                _ => None,
            });
        let number = self.number;
        self.number = if step.is_some() { number + 1 } else { u64::MAX };
        Ok(step.map(|step| (number, step)))
    }
}

fn storage(source: io::Error) -> Error {
    Error::storage("the plan", source)
}

#[cfg(test)]
mod tests;
