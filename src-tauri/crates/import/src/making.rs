//! Makes a plan from a file: every row is read, validated, and compared with what the account has.
//!
//! Rows are read by one thread at a time and processed on all cores; the plan keeps them in file
//! order. Nothing is sent.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use super::csv::{Batch, Column, Encoding, Fault, Fingerprint, Layout, Records, Text, Watched};
use super::decider::Decider;
use super::error::Error;
use super::existing::Existing;
use super::problem::Problem;
use super::realms::Realms;
use super::row::Rules;
use super::warnings::{Warning, Warnings};
use registrar_jobs::{Action, Jobs, Plan, PlanWriter, Step};
use registrar_spreadsheet::lost_zeros::{Number, Numbers};

/// Maximum number of rows in a file: as many as the desk accepts.
const MOST_ROWS: u64 = 1_000_000;
/// Number of rows processed as one batch.
const TOGETHER: usize = 512;
/// Maximum number of cores used.
const MOST_CORES: usize = 8;

/// A plan, with information about its file and rows.
#[derive(Debug)]
pub struct Imported {
    /// The plan.
    pub plan: Plan,
    /// The outcome of each row and its warnings, in order.
    pub warnings: Vec<Warnings>,
    /// The file's identity when it was read.
    pub file: Fingerprint,
    /// What stands where in it.
    pub layout: Layout,
    /// Its character encoding.
    pub encoding: Encoding,
}

/// Makes a plan from a file. `tell` is called with the share of the file that was read, from 0 to
/// 1, and the number of rows.
pub fn make(
    path: &Path,
    realms: &Realms,
    existing: &Existing,
    jobs: &Jobs,
    stop: &CancellationToken,
    tell: &(dyn Fn(f64, u64) + Sync),
) -> Result<Imported, Error> {
    let watched = Watched::open(path)?;
    let (length, read) = (watched.length(), watched.read_so_far());
    let (layout, records) = Layout::find(Text::begin(watched)?)?;
    let mut writer = Writer::new(jobs.plan()?);
    let source = Source {
        records: Mutex::new(Numbered { records, next: 0 }),
        failed: AtomicBool::new(false),
    };
    let rules = Rules {
        layout: &layout,
        realms,
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let (done, results) = sync_channel(cores);
        for _ in 0..cores.min(MOST_CORES) {
            let done = done.clone();
            let source = &source;
            scope.spawn(move || source.work(rules, existing, &done));
        }
        drop(done);
        let outcome = collect(&results, &mut writer, stop, &|rows| {
            tell(share(read.load(Ordering::Relaxed), length), rows);
        });
        // Wakes up workers that wait to deliver their rows.
        source.failed.store(true, Ordering::Relaxed);
        drop(results);
        outcome
    })?;
    let records = source.into_records();
    let encoding = records.text().encoding();
    let file = records.into_source().end()?;
    if writer.warnings.is_empty() {
        return Err(Fault::OnlyHeadings.into());
    }
    writer.mark_lost_zeros();
    Ok(Imported {
        plan: writer.plan.seal()?,
        warnings: writer.warnings,
        file,
        layout,
        encoding,
    })
}

/// Finished rows, or why there are none.
type Done = Result<(u64, Vec<Row>), Fault>;

/// A finished row, before duplicates are detected.
struct Row {
    step: Step,
    warnings: Warnings,
    /// What its name is, where it has one: see [`Existing::key`].
    key: Option<u64>,
    /// Its user name and password, if they are numbers that a spreadsheet could have altered.
    numbers: [Option<Number>; 2],
}

/// The file, shared by all workers.
struct Source<R> {
    records: Mutex<Numbered<R>>,
    failed: AtomicBool,
}

struct Numbered<R> {
    records: Records<R>,
    next: u64,
}

impl<R: std::io::Read> Source<R> {
    fn work(&self, rules: Rules<'_>, existing: &Existing, done: &SyncSender<Done>) {
        let mut batch = Batch::default();
        let mut decider = Decider::new(rules, existing);
        while !self.failed.load(Ordering::Relaxed) {
            let number = match self.read(&mut batch) {
                Ok(number) if !batch.is_empty() => number,
                Ok(_) => return,
                Err(fault) => {
                    self.failed.store(true, Ordering::Relaxed);
                    let _ = done.send(Err(fault));
                    return;
                }
            };
            let rows = batch.rows().filter(|cells| !cells.is_blank());
            let rows = rows.map(|cells| {
                let (step, warnings, key) = decider.decide(&cells);
                let layout = rules.layout;
                let written = |column| {
                    let is_exact = layout.is_text_formula(&cells, column);
                    (key.is_some() && !is_exact).then(|| layout.cell(&cells, column).trim())
                };
                let name = written(Column::UserName).and_then(Number::of_name);
                let password = written(Column::Password).and_then(Number::of_secret);
                let numbers = [name, password];
                Row {
                    step,
                    warnings,
                    key,
                    numbers,
                }
            });
            if done.send(Ok((number, rows.collect()))).is_err() {
                return;
            }
        }
    }

    fn read(&self, batch: &mut Batch) -> Result<u64, Fault> {
        let mut source = self.records.lock();
        let number = source.next;
        source.next += 1;
        source.records.read(batch, TOGETHER)?;
        Ok(number)
    }

    fn into_records(self) -> Records<R> {
        self.records.into_inner().records
    }
}

/// Adds finished rows to the plan, in file order.
fn collect(
    results: &Receiver<Done>,
    writer: &mut Writer,
    stop: &CancellationToken,
    tell: &dyn Fn(u64),
) -> Result<(), Error> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for done in results {
        if stop.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let (number, rows) = done?;
        early.insert(number, rows);
        while let Some(rows) = early.remove(&next) {
            next += 1;
            for row in rows {
                writer.add(row)?;
            }
        }
        tell(writer.warnings.len() as u64);
    }
    Ok(())
}

struct Writer {
    plan: PlanWriter,
    warnings: Vec<Warnings>,
    /// The line of each name.
    lines: HashMap<u64, u64>,
    names: Numbers,
    passwords: Numbers,
}

impl Writer {
    fn new(plan: PlanWriter) -> Self {
        Self {
            plan,
            warnings: Vec::new(),
            lines: HashMap::new(),
            names: Numbers::default(),
            passwords: Numbers::default(),
        }
    }

    fn add(&mut self, row: Row) -> Result<(), Error> {
        let Row {
            mut step,
            warnings,
            key,
            numbers: [name, password],
        } = row;
        if self.warnings.len() as u64 >= MOST_ROWS {
            return Err(Fault::TooManyRows.into());
        }
        if let Some(key) = key {
            if let Some(first) = self.lines.get(&key) {
                let (first, line) = (*first, step.line);
                let problem = Problem::Double { first, line };
                step.action = problem.into_action();
            } else {
                self.lines.insert(key, step.line);
            }
        }
        let is_new = matches!(step.action, Action::Create { .. });
        let gets_password = is_new || matches!(step.action, Action::Replace { .. });
        self.names.add(name, !is_new);
        self.passwords.add(password, !gets_password);
        self.plan.push(&step)?;
        self.warnings.push(warnings.with(&step.action));
        Ok(())
    }

    /// Warns of numbers that are too short, which is only known once all of them were read.
    fn mark_lost_zeros(&mut self) {
        let lost = self.names.lost().zip(self.passwords.lost());
        for (warnings, (in_name, in_password)) in self.warnings.iter_mut().zip(lost) {
            warnings.add_if(in_name, Warning::LostZerosInName);
            warnings.add_if(in_password, Warning::LostZerosInPassword);
        }
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a share that is shown needs no more digits"
)]
fn share(read: u64, length: u64) -> f64 {
    (read as f64 / length.max(1) as f64).min(1.0)
}

#[cfg(test)]
mod tests;
