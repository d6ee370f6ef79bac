use super::*;

/// A row: its lines, its cells, its trouble.
type Seen = (u64, u64, Vec<String>, Option<Trouble>);

fn rows(text: &str) -> Vec<Seen> {
    let text = Text::begin(text.as_bytes()).unwrap();
    let mut records = Records::new(text, b',');
    let mut batch = Batch::default();
    let mut seen = Vec::new();
    loop {
        records.read(&mut batch, 3).unwrap();
        if batch.is_empty() {
            return seen;
        }
        for row in batch.rows() {
            let cells = (0..row.count()).map(|place| row.cell(place).to_owned());
            seen.push((row.first_line, row.last_line, cells.collect(), row.trouble));
        }
    }
}

fn lines(text: &str) -> Vec<(u64, u64)> {
    let rows = rows(text).into_iter();
    rows.map(|(first, last, ..)| (first, last)).collect()
}

#[test]
fn lines_are_those_that_an_editor_shows() {
    assert_eq!(lines("a\nb\nc\n"), [(1, 1), (2, 2), (3, 3)]);
    assert_eq!(lines("a\r\nb\r\nc"), [(1, 1), (2, 2), (3, 3)]);
    assert_eq!(lines("a\rb\rc"), [(1, 1), (2, 2), (3, 3)]);
    assert_eq!(lines("\n\na\n\n\nb\n\n"), [(3, 3), (6, 6)]);
    assert_eq!(lines("a\n\"b\nb\n\"\nc\n"), [(1, 1), (2, 4), (5, 5)]);
    assert_eq!(lines("a\r\n\"b\r\nb\"\r\nc"), [(1, 1), (2, 3), (4, 4)]);
}

#[test]
fn cells_are_taken_out_of_excels_quoting() {
    let cells = |text: &str| rows(text)[0].2.clone();

    assert_eq!(cells("a,\"b,c\",\"d\"\"e\"\n"), ["a", "b,c", "d\"e"]);
    assert_eq!(
        cells("=\"0012\",\"=\"\"0013\"\"\",\"\""),
        ["0012", "0013", ""]
    );
    assert_eq!(cells(",,\n"), ["", "", ""]);
}

#[test]
fn unclosed_quotation_mark_is_reported_with_its_line() {
    let rows = rows("a,b\nanna,\"x\nbob,y\ncarl,z\n");

    assert_eq!(rows.len(), 2);
    assert_eq!((rows[1].0, rows[1].3), (2, Some(Trouble::QuoteOpen)));
}

#[test]
fn a_cell_of_megabytes_costs_its_row_only() {
    let text = format!("a,{}\nb,c\n", "x".repeat(5_000_000));

    let rows = rows(&text);

    assert_eq!((rows[0].0, rows[0].3), (1, Some(Trouble::TooLong)));
    assert_eq!(rows[1], (2, 2, vec!["b".into(), "c".into()], None));
}

#[test]
fn ten_thousand_cells_cost_their_row_only() {
    let text = format!("a{}\nb,c\n", ",x".repeat(10_000));

    let rows = rows(&text);

    assert_eq!((rows[0].0, rows[0].3), (1, Some(Trouble::TooManyCells)));
    assert_eq!(rows[1], (2, 2, vec!["b".into(), "c".into()], None));
}

#[test]
fn many_rows_come_in_the_same_memory() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for row in 1..=20_000 {
        writeln!(text, "user{row},\"pass,{row}\"").unwrap();
    }

    let rows = rows(&text);

    assert_eq!(rows.len(), 20_000);
    assert_eq!(rows[19_999].2, ["user20000", "pass,20000"]);
    assert_eq!(rows[19_999].0, 20_000);
}
