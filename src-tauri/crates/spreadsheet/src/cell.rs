//! Writes CSV that opens unchanged in spreadsheet programs: values are shown verbatim, and none is
//! evaluated.
//!
//! A spreadsheet reads `=…`, `+…`, `-…` and `@…` as formulas, `0012` as the number 12, `+1555…` as
//! a number, and `1-2` as a date. Only a text formula, `="0012"`, preserves such a value in all of
//! them: its text is displayed. [`write_row`] uses one where needed, and the import's reader
//! unwraps it.

/// The byte order mark, written at the start of a file with non-ASCII characters so that Excel
/// reads it as UTF-8.
pub const UTF_8_MARK: &str = "\u{feff}";

/// Number of digits of a number that a spreadsheet preserves.
const MOST_DIGITS: usize = 15;
/// Maximum length of text that could be a date or an amount, in bytes.
const LONGEST_DATE: usize = 40;
/// Prefixes of month names, in the languages that use the Latin alphabet.
const MONTHS: &[&str] = &[
    "abr", "ago", "aou", "aoû", "apr", "aug", "aut", "avr", "dec", "dez", "dic", "déc", "ene",
    "feb", "fev", "fév", "gen", "giu", "jan", "juil", "juin", "jul", "jun", "lug", "maa", "mag",
    "mai", "maj", "mar", "may", "mei", "mrt", "mrz", "mär", "nov", "oct", "okt", "ott", "out",
    "sep", "set",
];
/// Other text that may accompany the digits of a number, an amount, a date or a time.
const UNITS: &[&str] = &[
    "a", "am", "aud", "cad", "chf", "d", "de", "dkk", "e", "eur", "fr", "gbp", "h", "kc", "kr",
    "m", "min", "nd", "nok", "p", "pln", "pm", "r", "rd", "s", "sek", "st", "t", "th", "usd", "z",
];
/// The truth values in Excel's languages that use the Latin alphabet.
const TRUTH_VALUES: &[&str] = &[
    "doğru",
    "epätosi",
    "fals",
    "falsch",
    "falsk",
    "falskt",
    "falso",
    "false",
    "faux",
    "fałsz",
    "hamis",
    "igaz",
    "nepravda",
    "onwaar",
    "pravda",
    "prawda",
    "sand",
    "sann",
    "sant",
    "tosi",
    "true",
    "usann",
    "verdadeiro",
    "verdadero",
    "vero",
    "vrai",
    "waar",
    "wahr",
    "yanlış",
];

/// Writes a row as CSV (RFC 4180). Values without control characters round-trip.
pub fn write_row(cells: &[&str], into: &mut Vec<u8>) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            into.push(b',');
        }
        write_cell(cell, into);
    }
    // Windows line endings, which spreadsheets write on other systems too.
    into.extend_from_slice(b"\r\n");
}

fn write_cell(cell: &str, into: &mut Vec<u8>) {
    if keeps(cell) {
        if cell.contains([',', ';', '"']) {
            into.push(b'"');
            quoted(cell, "\"\"", into);
            into.push(b'"');
        } else {
            into.extend_from_slice(cell.as_bytes());
        }
    } else {
        into.extend_from_slice(b"\"=\"\"");
        quoted(cell, "\"\"\"\"", into);
        into.extend_from_slice(b"\"\"\"");
    }
}

fn quoted(cell: &str, quote: &str, into: &mut Vec<u8>) {
    for (place, part) in cell.split('"').enumerate() {
        if place > 0 {
            into.extend_from_slice(quote.as_bytes());
        }
        into.extend_from_slice(part.as_bytes());
    }
}

/// Unwraps a text formula in place: `="…"`, with quotation marks inside doubled. Returns the text's
/// length, or `None` if it isn't one; the cell is then unchanged.
pub(crate) fn text_of_formula(cell: &mut [u8]) -> Option<usize> {
    let inside = 2..cell.len().checked_sub(1)?;
    let text = cell.get(inside.clone())?;
    if !cell.starts_with(b"=\"") || cell.last() != Some(&b'"') {
        return None;
    }
    let mut runs_of_quotes = text.split(|byte| *byte != b'"');
    if runs_of_quotes.any(|run| run.len() % 2 == 1) {
        return None;
    }
    let (mut read, mut written) = (inside.start, 0);
    while read < inside.end {
        cell[written] = cell[read];
        written += 1;
        read += if cell[read] == b'"' { 2 } else { 1 };
    }
    Some(written)
}

/// Returns whether every spreadsheet reads a value as text, or as a number that it displays
/// unchanged.
pub fn keeps(value: &str) -> bool {
    let Some(first) = value.chars().next() else {
        return true;
    };
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.len() == 1 || (first != '0' && value.len() <= MOST_DIGITS);
    }
    let outer_space = value.ends_with(char::is_whitespace);
    if outer_space || !first.is_alphanumeric() || value.contains(char::is_control) {
        return false;
    }
    if !value.contains(|letter: char| letter.is_numeric()) {
        return !is_truth_value(value);
    }
    value.len() > LONGEST_DATE || has_other_word(value)
}

/// Returns whether a text contains a word that occurs in no number, amount, date or time.
fn has_other_word(value: &str) -> bool {
    let words = value.split(|letter: char| !letter.is_alphabetic());
    let mut words = words.filter(|word| !word.is_empty());
    // Other scripts write dates without separate words.
    value.is_ascii() && words.any(|word| !is_unit(&word.to_ascii_lowercase()))
}

fn is_unit(word: &str) -> bool {
    UNITS.contains(&word) || is_month(word)
}

/// Returns whether a lower-case word starts like a month name and isn't longer than one.
fn is_month(word: &str) -> bool {
    word.chars().count() <= 10 && MONTHS.iter().any(|month| word.starts_with(month))
}

/// Returns whether a text is `TRUE` or `FALSE` in one of Excel's languages, ignoring case.
#[must_use]
pub fn is_truth_value(value: &str) -> bool {
    let longest = 20;
    value.len() <= longest && TRUTH_VALUES.contains(&value.to_lowercase().as_str())
}

/// Returns whether a text is a date as spreadsheets display it, such as `1-Dec`, `Jan-12`,
/// `12/1/2026`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let separators = ['-', '/', '.', ' '];
    if !text.contains(separators) {
        return false;
    }
    let parts: Vec<&str> = text.split(separators).collect();
    let number = |part: &&str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let month =
        |part: &&str| part.chars().all(char::is_alphabetic) && is_month(&part.to_lowercase());
    match parts.as_slice() {
        [one, other] => (number(one) && month(other)) || (month(one) && number(other)),
        [day, middle, year] => {
            let is_number = number(middle) && (year.len() == 4 || day.len() == 4);
            number(day) && number(year) && (month(middle) || is_number)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;
    use crate::{Batch, Records, Text};

    fn written(cell: &str) -> String {
        let mut bytes = Vec::new();
        write_row(&[cell], &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    /// Returns a row's cells as the import's reader sees them.
    fn read_back(row: &[u8]) -> Vec<String> {
        let mut records = Records::new(Text::begin(row).unwrap(), b',');
        let mut batch = Batch::default();
        records.read(&mut batch, 2).unwrap();
        assert_eq!(batch.rows().len(), 1, "one row");
        let row = batch.rows().next().unwrap();
        assert_eq!(row.trouble, None);
        let cells = (0..row.count()).map(|place| row.cell(place).to_owned());
        cells.collect()
    }

    #[test]
    fn values_that_a_spreadsheet_would_change_are_text_formulas() {
        for value in [
            "0012",
            "+15551234567",
            "-1",
            "-a",
            "=1+1",
            "=cmd|' /C calc'!A0",
            "@SUM(1)",
            "\tx",
            "'x",
            "\u{ff1d}1+1",
            "1.5E+10",
            "1E5",
            "1-2",
            "1/2",
            "1-Dec",
            "dec1",
            "Mar-2",
            "Jan 5, 2020 5 PM",
            "12:30",
            "5 PM",
            "TRUE",
            "wahr",
            "50%",
            "$5",
            "eur5",
            "1234567890123456",
            "1.2",
            "x ",
            " x",
            "#NAME?",
            ".5",
            "(5)",
            "2020-12-01T10:00Z",
            "2026\u{5e74}1\u{6708}",
        ] {
            assert!(
                written(value).starts_with("\"=\"\""),
                "{value}: {}",
                written(value)
            );
        }
    }

    #[test]
    fn plain_values_are_written_as_they_are() {
        for value in [
            "",
            "anna",
            "anna.b-c_d",
            "phone1",
            "100",
            "0",
            "5ba6761d-36bd-4307-8f7b-a6f806c35abf",
            "office.1a2b3c.auth.bandwidth.com",
            "Rmay7Xq2kTzqRmWdXvBnJ3",
            "7kTzqRmWdXvBnJ3Rmay7Xq",
            "It is as it was before.",
            "123456789012345",
        ] {
            assert_eq!(written(value), format!("{value}\r\n"));
        }
        assert_eq!(written("a \"b\", c"), "\"a \"\"b\"\", c\"\r\n");
    }

    #[test]
    fn only_a_whole_text_formula_is_taken_for_one() {
        let text = |cell: &str| {
            let mut bytes = cell.as_bytes().to_vec();
            let length = text_of_formula(&mut bytes)?;
            Some(String::from_utf8(bytes[..length].to_vec()).unwrap())
        };

        assert_eq!(text("=\"0012\"").as_deref(), Some("0012"));
        assert_eq!(text("=\"a\"\"b\"").as_deref(), Some("a\"b"));
        assert_eq!(text("=\"\"").as_deref(), Some(""));
        for other in [
            "",
            "=",
            "=\"",
            "=\"a",
            "=\"a\"b\"",
            "=\"a\"&\"b\"",
            "=1",
            "\"a\"",
        ] {
            assert_eq!(text(other), None, "{other}");
        }
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(256) })]
        #[test]
        fn any_values_are_read_back_exactly_and_none_is_a_formula(
            cells in proptest::collection::vec("[=+@'\\-]?(\\PC|[\t\n\"',;=0-9E]){0,12}", 1..6),
        ) {
            let mut row = Vec::new();
            let cells: Vec<&str> = std::iter::once("x").chain(cells.iter().map(String::as_str)).collect();
            write_row(&cells, &mut row);

            prop_assert_eq!(read_back(&row), cells);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&row[..]);
            let record = reader.records().next().unwrap().unwrap();
            for cell in &record {
                let is_text = cell.starts_with("=\"") && cell.ends_with('"');
                prop_assert!(is_text || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
            }
        }
    }
}
