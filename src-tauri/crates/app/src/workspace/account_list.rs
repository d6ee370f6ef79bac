//! Exports the list of accounts as a file, and imports one.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use registrar_activity::Tone;
use registrar_explain::number::grouped;
use registrar_explain::{Notice, isolated};
use registrar_secret::redact::sanitized_line;

use super::Workspace;
use crate::Error;
use crate::account_list::{self, LONGEST, Listed};
use crate::ipc::{ListedRow, Screen};
use crate::journey::saved;
use crate::journey::session::sign_in::new_id;

/// Longest name of a file that is shown, in characters.
const LONGEST_NAME: usize = 100;

impl Workspace {
    /// Makes the file of all accounts, without a secret: its usual name and its bytes.
    pub fn account_list(&self) -> Result<(String, Vec<u8>), Error> {
        let accounts = self.saved_accounts()?;
        Ok(("accounts.json".to_owned(), account_list::write(&accounts)))
    }

    /// Reads a file of accounts and shows what taking it would do. Nothing is taken yet.
    pub fn read_account_list(&self, path: &Path) -> Result<Screen, Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = sanitized_line(&name, LONGEST_NAME);
        let listed = match read_bounded(path) {
            Ok(bytes) => account_list::read(&bytes, &self.saved_accounts()?),
            Err(source) => {
                let what = "the file";
                let notice = Error::Storage { what, source }.notice();
                return Ok(self.accounts_saying(vec![notice]));
            }
        };
        match listed {
            Ok(listed) if listed.is_empty() => Ok(self.refused_list(&name, "It has no accounts.")),
            Ok(listed) => {
                let rows = listed.iter().map(|row| row.view.clone()).collect();
                *self.listed() = listed;
                Ok(Screen::AccountList {
                    file: name,
                    rows,
                    notices: Vec::new(),
                })
            }
            Err(reason) => Ok(self.refused_list(&name, reason)),
        }
    }

    /// Takes rows of the list that was read, and says what was done.
    pub fn import_accounts(&self, places: &[u32]) -> Result<Screen, Error> {
        let listed = std::mem::take(&mut *self.listed());
        if listed.is_empty() {
            return Err(Error::OutOfStep);
        }
        let taken = self.real_store().and_then(|store| {
            saved::update_accounts(&store, |kept| {
                let known = std::mem::take(kept);
                let (accounts, added, renamed) = account_list::take(&listed, places, known, new_id);
                *kept = accounts;
                Ok((added, renamed))
            })
        });
        let (added, renamed) = match taken {
            Ok(taken) => taken,
            Err(error) => {
                *self.listed() = listed;
                return Err(error);
            }
        };
        Ok(self.accounts_saying(vec![taken_notice(&listed, added, renamed)]))
    }

    fn refused_list(&self, name: &str, reason: &str) -> Screen {
        self.accounts_saying(vec![Notice {
            tone: Tone::Bad,
            sentence: format!("{} wasn’t imported.", isolated(name)),
            next: Some(reason.to_owned()),
        }])
    }

    fn listed(&self) -> parking_lot::MutexGuard<'_, Vec<Listed>> {
        self.listed.lock()
    }
}

fn taken_notice(listed: &[Listed], added: usize, renamed: usize) -> Notice {
    let refused = listed.iter();
    let refused = refused.filter(|row| row.view.row == ListedRow::Refused);
    let refused = refused.count();
    let left = listed.len() - added - renamed - refused;
    let count = |count: usize| grouped(count as u64);
    let (renamed, left) = (count(renamed), count(left));
    let mut next = format!("New names: {renamed}. Unchanged: {left}.");
    if refused > 0 {
        next = format!("{next} Couldn’t be imported: {}.", count(refused));
    }
    if added > 0 {
        next = format!(
            "{next} The file has no secrets. The app asks for each when you open its \
                     account."
        );
    }
    Notice {
        tone: Tone::Good,
        sentence: match added {
            1 => "1 account was added.".to_owned(),
            _ => format!("{} accounts were added.", count(added)),
        },
        next: Some(next),
    }
}

/// Reads a file of a sane length. What is no file, such as a folder or a pipe, is refused.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path)?;
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
