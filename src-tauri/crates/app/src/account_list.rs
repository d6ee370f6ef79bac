//! The list of accounts as a file, without secrets, and a preview of importing one.
//!
//! The file may come from anyone. Each row is parsed separately, so that an error in one doesn't
//! affect the others. Nothing is imported before the person has seen what would change.

use registrar_bandwidth::dashboard::{Addresses, EnvironmentName};
use registrar_explain::isolated;
use registrar_names::is_invisible;
use registrar_secret::redact::sanitized_line;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::account::{Account, OwnAddresses};
use crate::ipc::{ListedAccount, ListedRow, SignInDraft, SignInMethod};

/// The file's declared format.
const FORMAT: &str = "sip-registrar-setup.accounts";
/// The version that is written, and the newest one that is read.
const VERSION: u32 = 1;
/// Maximum size of a file, in bytes.
pub const LONGEST: u64 = 2 * 1024 * 1024;
/// Maximum number of rows.
const MOST: usize = 2_000;
/// Maximum length of a name or number shown for an unusable row, in characters.
const LONGEST_SHOWN: usize = 60;

#[derive(Serialize, Deserialize)]
struct File<T> {
    format: String,
    version: u32,
    accounts: Vec<T>,
}

/// An account in the file. Other fields are ignored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(default)]
    name: String,
    number: String,
    method: SignInMethod,
    user: String,
    environment: EnvironmentName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    addresses: Option<OwnAddresses>,
}

/// A parsed row, and what importing it would change.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What is shown of it.
    pub view: ListedAccount,
    /// The account, if it can be imported.
    account: Option<Account>,
}

/// Writes the accounts, without secrets and without Twilio's settings.
#[must_use]
pub fn write(accounts: &[Account]) -> Vec<u8> {
    let row = |account: &Account| Row {
        name: account.name.clone(),
        number: account.number.to_string(),
        method: account.method,
        user: account.user.clone(),
        environment: account.environment,
        addresses: account.own_addresses.clone(),
    };
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        accounts: accounts.iter().map(row).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Parses a file and compares it with the existing accounts, or returns a sentence that says why it
/// isn't a list.
pub fn read(bytes: &[u8], known: &[Account]) -> Result<Vec<Listed>, &'static str> {
    if bytes.len() as u64 > LONGEST {
        return Err("It’s larger than 2 MB, so it isn’t a list of accounts.");
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let file: File<Value> = serde_json::from_slice(bytes)
        .map_err(|_| "It isn’t a list of accounts that this app saved.")?;
    if file.format != FORMAT {
        return Err("It isn’t a list of accounts that this app saved.");
    }
    if file.version > VERSION {
        return Err("A newer version of this app saved it. Update this app, then import it again.");
    }
    if file.accounts.len() > MOST {
        return Err("It has more than 2,000 accounts, so this app didn’t save it.");
    }
    let mut listed: Vec<Listed> = Vec::new();
    for (place, row) in (1..).zip(file.accounts) {
        let next = listed_row(place, row, known, &listed);
        listed.push(next);
    }
    Ok(listed)
}

/// Imports the rows at these positions, which adds accounts and renames existing ones. Returns the
/// resulting accounts, how many were added and how many were renamed.
#[must_use]
pub fn take(
    listed: &[Listed],
    places: &[u32],
    mut known: Vec<Account>,
    new_id: impl Fn() -> String,
) -> (Vec<Account>, usize, usize) {
    let (mut added, mut renamed) = (0, 0);
    let chosen = listed.iter().filter(|row| places.contains(&row.view.place));
    for account in chosen.filter_map(|row| row.account.as_ref()) {
        // The list may have changed since the file was read.
        match known.iter_mut().find(|known| known.same_sign_in(account)) {
            Some(known) if known.name != account.name => {
                known.name.clone_from(&account.name);
                renamed += 1;
            }
            Some(_) => {}
            None => {
                known.push(Account {
                    id: new_id(),
                    ..account.clone()
                });
                added += 1;
            }
        }
    }
    (known, added, renamed)
}

fn listed_row(place: u32, row: Value, known: &[Account], before: &[Listed]) -> Listed {
    let shown = |name: &str| {
        let text = row.get(name).and_then(Value::as_str).unwrap_or_default();
        sanitized_line(text, LONGEST_SHOWN)
    };
    let mut view = ListedAccount {
        place,
        name: shown("name"),
        number: shown("number"),
        user: shown("user"),
        own_addresses: None,
        row: ListedRow::Refused,
        note: String::new(),
        chosen: false,
    };
    let account = match account_of(row.clone()) {
        Ok(account) => account,
        Err(reason) => {
            view.note = reason;
            return Listed {
                view,
                account: None,
            };
        }
    };
    view.name.clone_from(&account.name);
    view.own_addresses = account.own_addresses.clone().map(Addresses::from);
    let earlier = before
        .iter()
        .find(|row| (row.account.as_ref()).is_some_and(|one| one.same_sign_in(&account)));
    let twin = known.iter().find(|known| known.same_sign_in(&account));
    let sibling = known.iter().find(|known| known.same_account(&account));
    (view.row, view.note, view.chosen) = match (earlier, twin, sibling) {
        (Some(earlier), _, _) => (
            ListedRow::Known,
            format!(
                "Row {} of the file has the same sign-in, and that row is used.",
                earlier.view.place
            ),
            false,
        ),
        (None, Some(twin), _) if twin.name == account.name => (
            ListedRow::Known,
            "It’s already in the list.".to_owned(),
            false,
        ),
        (None, Some(twin), _) => (
            ListedRow::Renames,
            format!(
                "It’s in the list as {}. Choose it to use this name instead.",
                isolated(&twin.name)
            ),
            false,
        ),
        (None, None, _) if account.own_addresses.is_some() => (
            ListedRow::New,
            "Its secret will be sent to these addresses. Only choose it if you know whose they \
             are."
                .to_owned(),
            false,
        ),
        (None, None, Some(sibling)) => (
            ListedRow::New,
            format!(
                "The account is in the list as {}, with another sign-in. Both are kept.",
                isolated(&sibling.name)
            ),
            true,
        ),
        (None, None, None) => (ListedRow::New, "It will be added.".to_owned(), true),
    };
    let account = (view.row == ListedRow::New || view.row == ListedRow::Renames).then_some(account);
    Listed { view, account }
}

/// Parses one row by the rules of the form.
fn account_of(row: Value) -> Result<Account, String> {
    let row: Row = serde_json::from_value(row)
        .map_err(|_| "A value is missing or isn’t one that this app writes.".to_owned())?;
    if row.environment == EnvironmentName::Practice {
        return Err("Every computer already has the practice account.".to_owned());
    }
    let own = row.addresses.unwrap_or(OwnAddresses {
        token: String::new(),
        bearer: String::new(),
        basic: String::new(),
    });
    let draft = SignInDraft {
        name: sanitized_line(&visible(&row.name), usize::MAX),
        account_number: row.number,
        method: row.method,
        user: row.user,
        environment: row.environment,
        token_address: own.token,
        bearer_address: own.bearer,
        basic_address: own.basic,
        remember: true,
    };
    Account::from_draft(String::new(), &draft).map_err(|error| {
        let problems = error.failure().problems.into_iter();
        let sentences: Vec<String> = problems.map(|problem| problem.sentence).collect();
        sentences.join(" ")
    })
}

/// Removes invisible characters and those that change the direction of text, because they could
/// make a name look like another.
fn visible(name: &str) -> String {
    // A space other than U+0020 is visible, and stays.
    let hidden = |letter: &char| is_invisible(*letter) && !letter.is_whitespace();
    name.chars().filter(|letter| !hidden(letter)).collect()
}

impl From<OwnAddresses> for Addresses {
    fn from(own: OwnAddresses) -> Self {
        Self {
            token: own.token,
            bearer: own.bearer,
            basic: own.basic,
        }
    }
}

#[cfg(test)]
#[path = "account_list_tests.rs"]
mod tests;
