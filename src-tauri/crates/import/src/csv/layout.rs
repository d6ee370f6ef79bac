//! Determines the separator and the meaning of each column.
//!
//! The separator is the one that yields the most known headings. A heading is recognized in its
//! usual spellings, ignoring letter case, spaces and hyphens.

use std::io::Read;

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::column::{Column, may_be_heading};
use super::fault::Fault;
use registrar_secret::redact;
use registrar_spreadsheet::{BLOCK, Batch, Cells, MOST_COLUMNS, Records, Text, Trouble};

/// The separators to try, in order of preference.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Longest heading that is shown, in characters.
const LONGEST_SHOWN: usize = 40;
/// Most headings that are shown.
const MOST_SHOWN: usize = 12;

/// The detected layout of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The separator between cells.
    pub separator: u8,
    /// The line number of the headings.
    pub line: u64,
    /// How many columns have a heading.
    pub columns: usize,
    /// The headings of unused columns, as far as they are shown.
    pub unused: Vec<String>,
    places: [Option<usize>; Column::ALL.len()],
}

impl Layout {
    /// Detects the layout, and returns a reader for the rows after the headings.
    pub fn find<R: Read>(mut text: Text<R>) -> Result<(Self, Records<R>), Fault> {
        let start = text.fill()?;
        let (named, length) = named_separator(start);
        let mut rest = start.get(length..).unwrap_or_default().to_vec();
        if start.len() < BLOCK {
            // The last line may lack a line ending.
            rest.push(b'\n');
        }
        let separator = named.unwrap_or_else(|| best_separator(&rest));
        if first_row(&rest, separator).is_none() && start.len() >= BLOCK {
            let columns = 1 + rest.split(|byte| *byte == separator).skip(1).count();
            return Err(if columns > MOST_COLUMNS {
                Fault::TooManyColumns { columns }
            } else {
                Fault::FirstLineTooLong
            });
        }
        let mut records = Records::new(text, separator);
        if length > 0 {
            records.skip_line()?;
        }
        let mut batch = Batch::default();
        loop {
            records.read(&mut batch, 1)?;
            let Some(row) = batch.rows().next() else {
                return Err(Fault::OnlyHeadings);
            };
            if !row.is_blank() {
                let layout = Self::of(&row, separator)?;
                return Ok((layout, records));
            }
        }
    }

    fn of(row: &Cells<'_>, separator: u8) -> Result<Self, Fault> {
        match row.trouble {
            Some(Trouble::TooManyCells) => {
                return Err(Fault::TooManyColumns {
                    columns: row.count().max(MOST_COLUMNS + 1),
                });
            }
            Some(Trouble::QuoteOpen | Trouble::TooLong) => {
                return Err(Fault::FirstLineTooLong);
            }
            // Headings are recognized by their words.
            Some(Trouble::QuoteInside) | None => {}
        }
        let headings: Vec<&str> = (0..row.count()).map(|place| row.cell(place)).collect();
        let mut layout = Self {
            separator,
            line: row.first_line,
            columns: headings.len(),
            unused: Vec::new(),
            places: [None; Column::ALL.len()],
        };
        for (place, heading) in headings.iter().enumerate() {
            let Some(column) = Column::of(heading) else {
                if !heading.trim().is_empty() && layout.unused.len() < MOST_SHOWN {
                    layout.unused.push(shown(heading));
                }
                continue;
            };
            if let Some(other) = layout.places[column.place()].replace(place) {
                return Err(Fault::TwoColumns {
                    column,
                    one: shown(headings[other]),
                    other: shown(heading),
                });
            }
        }
        if layout.place(Column::UserName).is_none() {
            let known = layout.places.iter().any(Option::is_some);
            return Err(Fault::NoHeadings {
                first_line: first_line(&headings, known),
            });
        }
        Ok(layout)
    }

    /// Returns the index of a column, if it exists.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places[column.place()]
    }

    /// Returns a row's cell in this column, or an empty string if there is none.
    #[must_use]
    pub fn cell<'a>(&self, row: &Cells<'a>, column: Column) -> &'a str {
        self.place(column).map_or("", |place| row.cell(place))
    }

    /// Returns whether a row's cell in this column was a text formula: see
    /// [`Cells::is_text_formula`].
    #[must_use]
    pub fn is_text_formula(&self, row: &Cells<'_>, column: Column) -> bool {
        (self.place(column)).is_some_and(|place| row.is_text_formula(place))
    }

    /// Returns how many cells of a row contain a heading's word, if all that are used and not empty
    /// do; 0 otherwise.
    #[must_use]
    pub fn repeats_headings(&self, row: &Cells<'_>) -> usize {
        // Passwords are less often words than names are.
        const ORDER: [Column; 7] = [
            Column::Password,
            Column::Hash1,
            Column::Hash1b,
            Column::Application,
            Column::Domain,
            Column::Realm,
            Column::UserName,
        ];
        let mut named = 0;
        for column in ORDER {
            let cell = self.cell(row, column);
            if !may_be_heading(cell) || !(cell.is_empty() || Column::of(cell).is_some()) {
                return 0;
            }
            named += usize::from(!cell.is_empty());
        }
        named
    }

    /// Returns whether there is anything after the last heading, where nothing belongs.
    #[must_use]
    pub fn has_more(&self, row: &Cells<'_>) -> bool {
        (self.columns..row.count()).any(|place| !row.cell(place).trim().is_empty())
    }
}

/// Parses Excel's first line `sep=;`. Returns the separator and the length of the line.
fn named_separator(text: &[u8]) -> (Option<u8>, usize) {
    let end = text.iter().position(|byte| *byte == b'\n');
    let (line, length) = end.map_or((text, text.len()), |end| (&text[..end], end + 1));
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let line = line.strip_suffix(b"\"").unwrap_or(line);
    match line {
        [s, e, p, b'=', separator]
            if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" && separator.is_ascii() =>
        {
            (Some(*separator), length)
        }
        _ => (None, 0),
    }
}

fn best_separator(text: &[u8]) -> u8 {
    let score = |separator: u8| {
        let headings = first_row(text, separator).unwrap_or_default();
        let known = headings
            .iter()
            .filter(|heading| Column::of(heading).is_some());
        (known.count(), headings.len())
    };
    let mut best = (SEPARATORS[0], score(SEPARATORS[0]));
    for separator in &SEPARATORS[1..] {
        let score = score(*separator);
        if score > best.1 {
            best = (*separator, score);
        }
    }
    best.0
}

/// Returns the cells of the first row that isn't empty, or `None` if it doesn't end within this
/// text.
fn first_row(text: &[u8], separator: u8) -> Option<Vec<String>> {
    let mut parser = ReaderBuilder::new().delimiter(separator).build();
    let (mut bytes, mut ends) = (vec![0; text.len() + 1], vec![0; MOST_COLUMNS + 1]);
    let (result, _, _, count) = parser.read_record(text, &mut bytes, &mut ends);
    // Cells in excess of the capacity still count as cells.
    let has_cells = [ReadRecordResult::Record, ReadRecordResult::OutputEndsFull].contains(&result);
    if !has_cells {
        return None;
    }
    let mut start = 0;
    let cells = ends.iter().take(count).map(|&end| {
        let cell = String::from_utf8_lossy(&bytes[start..end]).into_owned();
        start = end;
        cell
    });
    Some(cells.collect())
}

/// Converts text of an untrusted file to one line.
fn shown(heading: &str) -> String {
    redact::sanitized_line(heading.trim(), LONGEST_SHOWN)
}

/// The first line as the window may show it. If none of it is a heading, it may be a row with a
/// password, so only the shape of its cells is shown.
fn first_line(cells: &[&str], is_heading: bool) -> String {
    let cells = cells.iter().take(MOST_SHOWN);
    if is_heading {
        let cells: Vec<String> = cells.map(|cell| shown(cell)).collect();
        return cells.join(" | ");
    }
    let cells: Vec<String> = cells.map(|cell| shape(cell)).collect();
    cells.join(" | ")
}

fn shape(cell: &str) -> String {
    let cell = cell.trim();
    let count = cell.chars().count();
    let all = |fits: fn(char) -> bool| cell.chars().all(fits);
    let what = if count == 0 {
        return "empty".to_owned();
    } else if all(|letter| letter.is_ascii_digit()) {
        "digits"
    } else if all(char::is_alphabetic) {
        "letters"
    } else if all(char::is_alphanumeric) {
        "letters and digits"
    } else {
        "characters"
    };
    format!("{count} {what}")
}

#[cfg(test)]
mod tests;
