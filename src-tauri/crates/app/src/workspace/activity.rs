//! The Activity screen: what every account sent and received.

use std::collections::HashMap;

use registrar_activity as activity;
use registrar_activity::{Head, Log, Query, Record, Whose};
use registrar_explain as explain;
use registrar_explain::Notice;

use super::Workspace;
use crate::Error;
use crate::desk::PRACTICE;
use crate::ipc::{
    ActivityAccount, ActivityEntry, ActivityQuery, ActivityRow, ActivityRows, ActivityView,
    ListActivity, Screen,
};

/// Most rows of one window.
const MOST_ROWS: u32 = 500;
/// What the exchanges of practice are listed under.
const PRACTICE_NAME: &str = "Practice";
/// What the exchanges of an account are listed under that is not kept here.
const UNKNOWN_NAME: &str = "An account that is not kept here";

impl Workspace {
    /// Leaves what is open, and opens the activity.
    pub async fn open_activity(&self) -> Result<Screen, Error> {
        self.leave();
        self.activity_saying(Vec::new()).await
    }

    /// Returns a window of the activity, the newest first.
    pub async fn activity_rows(&self, asked: ListActivity) -> Result<ActivityRows, Error> {
        let names = self.account_names()?;
        let ListActivity {
            query,
            offset,
            count,
        } = asked;
        let query = read(query);
        let count = count.min(MOST_ROWS) as usize;
        let found = self
            .with_log(move |log| log.find(&query, offset as usize, count))
            .await?;
        let rows = found.rows.iter();
        Ok(ActivityRows {
            offset,
            total: number(found.total),
            kept: number(found.kept),
            rows: rows.map(|(id, head)| row(*id, head, &names)).collect(),
        })
    }

    /// Returns everything about one exchange.
    pub async fn activity_entry(&self, id: f64) -> Result<ActivityEntry, Error> {
        let names = self.account_names()?;
        let id = self::id(id);
        let found = self.with_log(move |log| log.read(id)).await?;
        let record = found.ok_or(Error::OutOfStep)?;
        let meaning = explain::activity::meaning(&record.head);
        let Record {
            head,
            request,
            response,
            messages,
        } = record;
        let row = row(id, &head, &names);
        Ok(ActivityEntry {
            row,
            meaning: meaning.sentence,
            causes: meaning.causes,
            next: meaning.next,
            request,
            response,
            messages: messages
                .into_iter()
                .map(registrar_activity::Message::line)
                .collect(),
        })
    }

    /// Clears the activity of all accounts.
    pub async fn clear_activity(&self) -> Result<Screen, Error> {
        self.forget_activity(Whose::All).await?;
        self.activity_saying(Vec::new()).await
    }

    /// Takes the activity of an account, of practice or all of it out, and returns how many exchanges
    /// that were.
    pub async fn forget_activity(&self, whose: Whose) -> Result<u32, Error> {
        self.with_log(move |log| log.remove(whose)).await
    }

    async fn activity_saying(&self, mut notices: Vec<Notice>) -> Result<Screen, Error> {
        let mut names = self.account_names()?;
        let (kept, known) = self
            .with_log(|log| {
                let kept = log.find(&Query::default(), 0, 0)?.kept;
                Ok((kept, log.accounts()?))
            })
            .await?;
        let trouble = self.activity.trouble().map(Error::from);
        notices.extend(trouble.as_ref().map(Error::notice));
        let mut accounts: Vec<ActivityAccount> = known
            .into_iter()
            .filter_map(|id| names.remove(&id).map(|name| ActivityAccount { id, name }))
            .collect();
        accounts.sort_by(|one, other| one.name.cmp(&other.name));
        accounts.push(ActivityAccount {
            id: PRACTICE.to_owned(),
            name: PRACTICE_NAME.to_owned(),
        });
        Ok(Screen::Activity {
            view: ActivityView {
                accounts,
                kept: number(kept),
            },
            notices,
        })
    }

    /// Works with the log where nothing waits for the disk.
    pub(super) async fn with_log<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Log) -> Result<T, activity::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let log = self.activity.clone();
        let done = tokio::task::spawn_blocking(move || work(&log)).await;
        Ok(done.map_err(|error| Error::of_task(&error))??)
    }

    pub(super) fn account_names(&self) -> Result<HashMap<String, String>, Error> {
        let accounts = self.saved_accounts()?.into_iter();
        Ok(accounts.map(|account| (account.id, account.name)).collect())
    }
}

pub(super) fn read(query: ActivityQuery) -> Query {
    let ActivityQuery {
        find,
        account,
        kind,
        tone,
    } = query;
    let practice = account.as_deref() == Some(PRACTICE);
    Query {
        find,
        practice: account.as_ref().map(|_| practice),
        account: account.filter(|_| !practice),
        kind,
        tone,
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number came from the list; another one is not found in it"
)]
pub(super) fn id(number: f64) -> u64 {
    number as u64
}

fn row(id: u64, head: &Head, names: &HashMap<String, String>) -> ActivityRow {
    let account = match (&head.account, head.practice) {
        (_, true) => PRACTICE_NAME.to_owned(),
        (Some(id), false) => names
            .get(id)
            .map_or(UNKNOWN_NAME, String::as_str)
            .to_owned(),
        (None, false) => String::new(),
    };
    ActivityRow {
        id: float(id),
        at: float(head.at),
        account,
        practice: head.practice,
        kind: head.kind,
        title: head.title.clone(),
        method: head.method.clone(),
        address: head.address.clone(),
        code: head.end.code(),
        tone: head.tone(),
        took_ms: float(head.took),
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "numbers of files and of milliseconds fit in 53 bits"
)]
fn float(number: u64) -> f64 {
    number as f64
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
