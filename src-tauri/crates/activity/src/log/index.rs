//! Finds exchanges without rereading the whole log: what the list needs of each exchange is kept in
//! memory after the first query.

use std::io;
use std::path::Path;

use super::segments;
use crate::record::{Head, Record};
use crate::{ActivityKind, Tone};

/// A query. Its default matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Part of any text of the exchange, ignoring case.
    pub find: String,
    /// Only this account.
    pub account: Option<String>,
    /// Only practice, or only real services.
    pub practice: Option<bool>,
    /// Only this kind.
    pub kind: Option<ActivityKind>,
    /// Only this tone.
    pub tone: Option<Tone>,
}

/// A range of the results.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many exchanges the log holds.
    pub kept: usize,
    /// How many exchanges match.
    pub total: usize,
    /// The range: each exchange's number, and what the list shows of it.
    pub rows: Vec<(u64, Head)>,
}

/// What is known of the files, oldest first.
#[derive(Debug, Default)]
pub(super) struct Index {
    rewritten: u64,
    files: Vec<Read>,
    rows: Vec<Row>,
    accounts: Vec<String>,
    query: Query,
    /// The indexes into `rows` of the matching exchanges.
    fitting: Vec<u32>,
    /// How many rows were compared with the query.
    compared: usize,
}

/// How far a file has been read.
#[derive(Debug)]
struct Read {
    number: u32,
    to: u64,
}

#[derive(Debug)]
struct Row {
    id: u64,
    /// The index of its account.
    account: Option<u32>,
    kind: ActivityKind,
    tone: Tone,
    practice: bool,
}

impl Index {
    pub(super) fn find(
        &mut self,
        folder: &Path,
        rewritten: u64,
        query: &Query,
        offset: usize,
        count: usize,
    ) -> io::Result<Found> {
        self.catch_up(folder, rewritten)?;
        if self.query != *query {
            self.query = query.clone();
            self.fitting.clear();
            self.compared = 0;
        }
        self.compare(folder)?;
        let newest = self.fitting.iter().rev().skip(offset).take(count);
        let mut rows = Vec::new();
        for place in newest {
            let id = self.rows[*place as usize].id;
            if let Some(record) = segments::read_record(folder, id)? {
                rows.push((id, record.head));
            }
        }
        Ok(Found {
            kept: self.rows.len(),
            total: self.fitting.len(),
            rows,
        })
    }

    pub(super) fn accounts(&self) -> &[String] {
        &self.accounts
    }

    /// Reads what was written since the last call, and drops what was removed.
    fn catch_up(&mut self, folder: &Path, rewritten: u64) -> io::Result<()> {
        let numbers = segments::numbers(folder)?;
        let gone = |file: &Read| numbers.binary_search(&file.number).is_err();
        if self.rewritten != rewritten || self.files.iter().any(gone) {
            let query = std::mem::take(&mut self.query);
            *self = Self {
                rewritten,
                query,
                ..Self::default()
            };
        }
        for number in numbers {
            let place = self.files.iter().position(|file| file.number == number);
            let from = place.map_or(0, |place| self.files[place].to);
            let (lines, to) = segments::lines(folder, number, from)?;
            for line in &lines {
                if let Some(head) = segments::head(&line.bytes) {
                    let tone = head.tone();
                    let account = head.account.map(|account| self.account(account));
                    self.rows.push(Row {
                        id: segments::id(number, line.at),
                        account,
                        kind: head.kind,
                        tone,
                        practice: head.practice,
                    });
                }
            }
            match place {
                Some(place) => self.files[place].to = to,
                None => self.files.push(Read { number, to }),
            }
        }
        Ok(())
    }

    fn account(&mut self, account: String) -> u32 {
        let known = self.accounts.iter().position(|known| *known == account);
        let place = known.unwrap_or_else(|| {
            self.accounts.push(account);
            self.accounts.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Matches the rows that haven't been compared with the query yet.
    fn compare(&mut self, folder: &Path) -> io::Result<()> {
        let query = &self.query;
        let account = query.account.as_ref().map(|account| {
            let known = self.accounts.iter().position(|known| known == account);
            known.and_then(|place| u32::try_from(place).ok())
        });
        let sought = Sought::new(&query.find);
        let mut file = None;
        for place in self.compared..self.rows.len() {
            let row = &self.rows[place];
            let fits = query.kind.is_none_or(|kind| kind == row.kind)
                && query.tone.is_none_or(|tone| tone == row.tone)
                && query
                    .practice
                    .is_none_or(|practice| practice == row.practice)
                && account.is_none_or(|account| account.is_some() && account == row.account);
            if !fits {
                continue;
            }
            if let Some(sought) = &sought {
                // Rows are in the order of their lines, so each file is read only once.
                let (number, at) = segments::place(row.id);
                if file.as_ref().is_none_or(|(open, _)| *open != number) {
                    let (lines, _) = segments::lines(folder, number, at)?;
                    file = Some((number, lines.into_iter()));
                }
                let line = file
                    .as_mut()
                    .and_then(|(_, lines)| lines.find(|line| line.at == at));
                if !line.is_some_and(|line| sought.is_in(&line.bytes)) {
                    continue;
                }
            }
            self.fitting.push(u32::try_from(place).unwrap_or(u32::MAX));
        }
        self.compared = self.rows.len();
        Ok(())
    }
}

/// The search text in lower case.
struct Sought {
    text: String,
    /// The text as it is escaped in a line.
    escaped: String,
}

impl Sought {
    fn new(find: &str) -> Option<Self> {
        let text = find.trim().to_lowercase();
        let quoted = serde_json::to_string(&text).ok()?;
        let escaped = quoted.trim_start_matches('"');
        let escaped = escaped.strip_suffix('"').unwrap_or(escaped).to_owned();
        (!text.is_empty()).then_some(Self { text, escaped })
    }

    /// Searches the whole line first, and its individual texts only if that matches.
    fn is_in(&self, line: &[u8]) -> bool {
        let whole = String::from_utf8_lossy(line).to_lowercase();
        if !whole.contains(&self.escaped) {
            return false;
        }
        let record: Option<Record> = serde_json::from_slice(line).ok();
        record.is_some_and(|record| {
            texts(&record).any(|text| text.to_lowercase().contains(&self.text))
        })
    }
}

fn texts(record: &Record) -> impl Iterator<Item = &str> {
    let head = [
        &record.head.title,
        &record.head.method,
        &record.head.address,
        &record.request,
        &record.response,
    ];
    let messages = record.messages.iter();
    let messages = messages.flat_map(|message| [&message.label, &message.plain, &message.text]);
    head.into_iter().chain(messages).map(String::as_str)
}
