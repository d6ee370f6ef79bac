//! The setup sheets of a job: a page for each SIP credential that it created or gave a new
//! password.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use registrar_bandwidth::discovery::{self, Found};
use registrar_explain::number::grouped;
use registrar_jobs::Issued;
use registrar_phones::sheet::Sheet;
use registrar_storage::export::{Export, failed, name_part};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::Desk;
use super::issued::TRANSPORT;
use super::view::float;
use crate::Error;
use crate::ipc::{JobSheets, PhoneChoice};
use crate::phones::{self, PageNotes, PhoneSetup};

/// Which sheets are written, and where.
#[derive(Debug)]
pub struct SheetsOrder {
    /// The job's name.
    pub job: String,
    /// The phone that all pages are for.
    pub choice: PhoneChoice,
    /// Whether generated passwords are on the pages.
    pub passwords: bool,
    /// The file.
    pub to: PathBuf,
}

impl Desk {
    /// Returns what sheets an ended job can have.
    pub fn job_sheets(&self, name: &str) -> Result<JobSheets, Error> {
        let job = self.job(name)?;
        let (listed, passwords) = self.jobs.has_issued(name);
        if !listed {
            return Err(Error::OutOfStep);
        }
        Ok(JobSheets {
            id: job.id,
            title: job.title,
            pages: job.made + job.replaced,
            passwords,
            phones: phones::list(),
        })
    }

    /// Returns the suggested name for a job's setup sheets.
    pub fn job_sheets_name(&self, name: &str) -> Result<String, Error> {
        let title = self.job(name)?.title;
        let stem = title.rsplit_once('.').map_or(&*title, |(stem, _)| stem);
        Ok(format!("setup-sheets-{}.html", name_part(stem)))
    }

    /// Writes the setup sheets of an ended job, page by page. Returns how many pages there are. If
    /// it is stopped or fails, there is no file.
    pub async fn write_job_sheets(
        &self,
        order: SheetsOrder,
        stop: &CancellationToken,
        tell: &(dyn Fn(&str) + Send + Sync),
    ) -> Result<f64, Error> {
        let realms = self.realms_of(&order, stop).await?;
        let mut found = HashMap::new();
        let settings = match self.dashboard() {
            Ok(dashboard) => dashboard.sip_authentication().await.ok(),
            Err(_) => None,
        };
        for realm in realms {
            if stop.is_cancelled() {
                return Err(Error::Cancelled);
            }
            tell(&format!("Finding the registrar of {realm}."));
            let resolver = self.services.resolver.as_ref();
            let at = discovery::find(resolver, settings.as_ref(), &realm).await;
            found.insert(realm, at);
        }
        let writing = Writing {
            rows: self.jobs.issued(&order.job, order.passwords)?,
            notes: PageNotes {
                about: self.on_sheets(),
                checks: Vec::new(),
                password: order.passwords,
            },
            practice: self.is_practice(),
            found,
            order,
        };
        let (told, mut pages) = watch::channel(0);
        // The thread ends with this call, even if it is dropped.
        let inner = stop.child_token();
        let _ends = inner.clone().drop_guard();
        let mut work = tokio::task::spawn_blocking(move || writing.write(&inner, &told));
        loop {
            tokio::select! {
                biased;
                done = &mut work => {
                    let nothing = "No file was written. Try again.";
                    return done.map_err(|error| Error::of_task(&error).after(nothing))?;
                }
                Ok(()) = pages.changed() => {
                    let pages = *pages.borrow_and_update();
                    tell(&format!("Pages written: {}.", grouped(pages)));
                }
            }
        }
    }

    /// Returns the realms of all rows.
    async fn realms_of(
        &self,
        order: &SheetsOrder,
        stop: &CancellationToken,
    ) -> Result<BTreeSet<String>, Error> {
        let mut rows = self.jobs.issued(&order.job, false)?;
        let stop = stop.clone();
        let work = tokio::task::spawn_blocking(move || {
            let mut realms = BTreeSet::new();
            loop {
                let next = rows.next_ones()?;
                if next.is_empty() {
                    return Ok(realms);
                }
                if stop.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                realms.extend(next.into_iter().map(|row| row.realm));
            }
        });
        work.await.map_err(|error| Error::of_task(&error))?
    }
}

/// Sheets that are being written.
struct Writing {
    rows: registrar_jobs::IssuedRows,
    notes: PageNotes,
    practice: bool,
    /// The registrar of each realm.
    found: HashMap<String, Found>,
    order: SheetsOrder,
}

impl Writing {
    fn write(mut self, stop: &CancellationToken, told: &watch::Sender<u64>) -> Result<f64, Error> {
        let file = Export::begin(&self.order.to)?;
        let mut sheet = Sheet::begin(file, self.practice, self.order.passwords).map_err(failed)?;
        let mut pages = 0;
        loop {
            let rows = self.rows.next_ones()?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if stop.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                self.setup(row)
                    .write_page(&mut sheet, Some(&self.order.choice), &self.notes)
                    .map_err(failed)?;
                pages += 1;
            }
            told.send_replace(pages);
        }
        sheet.end().map_err(failed)?.finish()?;
        Ok(float(pages))
    }

    fn setup(&self, row: Issued) -> PhoneSetup {
        let found = self.found.get(&row.realm);
        let registrar = found.map_or(&*row.realm, |found| found.phone_host(TRANSPORT));
        PhoneSetup {
            user_name: row.composite,
            registrar: registrar.to_owned(),
            port: found.and_then(|found| found.port(TRANSPORT)),
            realm: row.realm,
            transport: TRANSPORT,
            password: row.password,
            hash1: None,
        }
    }
}

#[cfg(test)]
mod tests;
