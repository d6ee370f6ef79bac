//! Reads rows of cells in batches, in memory of a fixed size, with each row's lines in the file.

use std::io::Read;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use zeroize::{Zeroize as _, Zeroizing};

use crate::Error;
use crate::cell;
use crate::quotes::Quotes;
use crate::text::Text;

/// Maximum size of a row, in bytes.
pub const MOST_IN_A_ROW: usize = 16 * 1024;
/// Maximum number of columns.
pub const MOST_COLUMNS: usize = 256;
/// Maximum number of rows in a batch, and capacity for their cells.
const MOST_IN_A_BATCH: usize = 1024;
const ROOM: usize = 8 * MOST_IN_A_ROW;
const ROOM_FOR_ENDS: usize = 16 * MOST_COLUMNS;

/// Reads rows.
#[derive(Debug)]
pub struct Records<R> {
    text: Text<R>,
    parser: Reader,
    separator: u8,
    /// The number of the next line.
    line: u64,
    ended: bool,
}

/// Rows that were read together. Its memory is reused, and zeroed at the end.
pub struct Batch {
    bytes: Zeroizing<Vec<u8>>,
    ends: Vec<usize>,
    rows: Vec<Place>,
    used: usize,
    ends_used: usize,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    first_line: u64,
    last_line: u64,
    start: usize,
    ends: (usize, usize),
    trouble: Option<Trouble>,
    as_text: u64,
    ends_the_file: bool,
}

/// What is wrong with a row, regardless of its cells' content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A quoted cell continues after its closing quotation mark, so a quotation mark inside it
    /// isn't doubled (RFC 4180 section 2, rule 7).
    QuoteInside,
    /// A quotation mark is never closed.
    QuoteOpen,
    /// It has too many bytes.
    TooLong,
    /// It has too many cells.
    TooManyCells,
}

/// One row.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    /// The number of its first line in the file, starting at 1.
    pub first_line: u64,
    /// The number of its last line: the same, unless a quoted cell contains line breaks.
    pub last_line: u64,
    /// What is wrong with it. If set, its cells are incomplete.
    pub trouble: Option<Trouble>,
    /// It is the last one and has no line ending.
    pub ends_the_file: bool,
    text: &'a str,
    ends: &'a [usize],
    as_text: u64,
}

impl std::fmt::Debug for Cells<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Cells")
            .field("line", &self.first_line)
            .field("count", &self.count())
            .finish_non_exhaustive()
    }
}

impl<'a> Cells<'a> {
    /// Returns the number of cells.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// Returns a cell, or an empty string if the row is shorter. For a text formula such as
    /// `="0012"`, the usual way to keep a spreadsheet from altering a value, this is the text.
    #[must_use]
    pub fn cell(&self, place: usize) -> &'a str {
        let Some(&end) = self.ends.get(place) else {
            return "";
        };
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Returns whether a cell was a text formula, so that no spreadsheet has altered its text.
    /// Known only for the first 64 columns.
    #[must_use]
    pub fn is_text_formula(&self, place: usize) -> bool {
        place < 64 && self.as_text >> place & 1 == 1
    }

    /// Returns whether all of its cells are empty.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.trouble.is_none() && self.text.bytes().all(|byte| byte.is_ascii_whitespace())
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            bytes: Zeroizing::new(vec![0; ROOM]),
            ends: vec![0; ROOM_FOR_ENDS],
            rows: Vec::with_capacity(MOST_IN_A_BATCH),
            used: 0,
            ends_used: 0,
        }
    }
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Batch")
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Batch {
    /// Returns the rows in order.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Cells<'_>> {
        self.rows.iter().map(|place| {
            let ends = &self.ends[place.ends.0..place.ends.1];
            let length = ends.last().copied().unwrap_or_default();
            let bytes = &self.bytes[place.start..place.start + length];
            Cells {
                first_line: place.first_line,
                last_line: place.last_line,
                trouble: place.trouble,
                ends_the_file: place.ends_the_file,
                as_text: place.as_text,
                // A truncated row may end in the middle of a character.
                text: std::str::from_utf8(bytes).unwrap_or_default(),
                ends,
            }
        })
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn clear(&mut self) {
        self.rows.clear();
        self.used = 0;
        self.ends_used = 0;
    }

    fn has_room(&self, most: usize) -> bool {
        self.rows.len() < most
            && self.bytes.len() - self.used >= MOST_IN_A_ROW
            && self.ends.len() - self.ends_used > MOST_COLUMNS
    }
}

impl<R: Read> Records<R> {
    /// Creates a reader for rows with this separator.
    pub fn new(text: Text<R>, separator: u8) -> Self {
        Self {
            text,
            parser: ReaderBuilder::new().delimiter(separator).build(),
            separator,
            line: 1,
            ended: false,
        }
    }

    /// Fills a batch with the next rows, at most `most`. It is empty at the end of the file.
    pub fn read(&mut self, batch: &mut Batch, most: usize) -> Result<(), Error> {
        batch.clear();
        while batch.has_room(most.min(MOST_IN_A_BATCH)) && !self.ended {
            self.read_one(batch)?;
        }
        Ok(())
    }

    /// Returns the underlying text, for its encoding and its source.
    pub fn text(&self) -> &Text<R> {
        &self.text
    }

    /// Returns the source.
    pub fn into_source(self) -> R {
        self.text.into_source()
    }

    /// Skips a line, such as the one that names the separator.
    pub fn skip_line(&mut self) -> Result<(), Error> {
        loop {
            let text = self.text.fill()?;
            let end = text.iter().position(|byte| *byte == b'\n');
            let count = end.map_or(text.len(), |end| end + 1);
            let done = end.is_some() || text.is_empty();
            self.text.consume(count);
            if done {
                self.line += 1;
                return Ok(());
            }
        }
    }

    fn read_one(&mut self, batch: &mut Batch) -> Result<(), Error> {
        self.skip_empty_lines()?;
        let first_line = self.line;
        let (start, first_end) = (batch.used, batch.ends_used);
        let (mut bytes, mut ends) = (0, 0);
        let mut trouble = None;
        let mut spill = None;
        let mut quotes = Quotes::of(self.separator);
        let ends_the_file = loop {
            let text = self.text.fill()?;
            let at_end = text.is_empty();
            // A line feed after the last line ends it, unless a quotation mark is open.
            let input: &[u8] = if at_end { b"\n" } else { text };
            let (output, output_ends) = if trouble.is_none() {
                let from = start + bytes;
                (
                    &mut batch.bytes[from..start + MOST_IN_A_ROW],
                    &mut batch.ends[first_end + ends..=first_end + MOST_COLUMNS],
                )
            } else {
                // The rest of an overlong row is discarded.
                let (spill, ends) = spill.get_or_insert_with(|| {
                    (
                        Zeroizing::new(vec![0; MOST_IN_A_ROW]),
                        vec![0; MOST_COLUMNS],
                    )
                });
                (&mut spill[..], &mut ends[..])
            };
            self.parser.set_line(self.line);
            let (result, read, written, new_ends) =
                self.parser.read_record(input, output, output_ends);
            if trouble.is_none() {
                bytes += written;
                ends += new_ends;
            }
            quotes.read(input.get(..read).unwrap_or_default());
            if !at_end {
                self.line = self.parser.line();
                self.text.consume(read);
            }
            match result {
                ReadRecordResult::InputEmpty if at_end => {
                    self.ended = true;
                    if bytes + ends == 0 && self.line == first_line && trouble.is_none() {
                        return Ok(());
                    }
                    trouble = Some(Trouble::QuoteOpen);
                    break true;
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    trouble = trouble.or(Some(Trouble::TooLong));
                }
                ReadRecordResult::OutputEndsFull => {
                    trouble = trouble.or(Some(Trouble::TooManyCells));
                }
                ReadRecordResult::Record => {
                    self.ended = at_end;
                    break at_end;
                }
                ReadRecordResult::End => {
                    self.ended = true;
                    return Ok(());
                }
            }
        };
        if quotes.is_broken() && trouble.is_none_or(|trouble| trouble == Trouble::QuoteOpen) {
            trouble = Some(Trouble::QuoteInside);
        }
        let as_text = take_texts(
            &mut batch.bytes[start..start + bytes],
            &mut batch.ends[first_end..first_end + ends],
        );
        // The row's own line ending doesn't start another line of it.
        let last_line = if self.ended { self.line } else { self.line - 1 };
        batch.rows.push(Place {
            first_line,
            last_line: last_line.max(first_line),
            start,
            ends: (first_end, first_end + ends),
            trouble,
            as_text,
            ends_the_file,
        });
        batch.used += bytes;
        batch.ends_used += ends;
        Ok(())
    }

    fn skip_empty_lines(&mut self) -> Result<(), Error> {
        loop {
            let text = self.text.fill()?;
            let count = text.iter().take_while(|byte| **byte == b'\n').count();
            if count == 0 {
                return Ok(());
            }
            self.text.consume(count);
            self.line += count as u64;
        }
    }
}

/// Unwraps a row's text formulas in place. Returns a bit mask of the first 64 cells that were one.
fn take_texts(bytes: &mut [u8], ends: &mut [usize]) -> u64 {
    let mut as_text = 0;
    let (mut start, mut written) = (0, 0);
    for (place, end) in ends.iter_mut().enumerate() {
        let cell = start..std::mem::replace(end, 0);
        start = cell.end;
        let length = if bytes[cell.clone()].starts_with(b"=\"") {
            let taken = cell::text_of_formula(&mut bytes[cell.clone()]);
            if taken.is_some() && place < 64 {
                as_text |= 1 << place;
            }
            taken.unwrap_or(cell.len())
        } else {
            cell.len()
        };
        if written != cell.start {
            bytes.copy_within(cell.start..cell.start + length, written);
        }
        written += length;
        *end = written;
    }
    as_text
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.ends.zeroize();
    }
}

#[cfg(test)]
mod tests;
