//! A template file to start from.

use super::csv::Column;
use registrar_spreadsheet::write_row;

/// Returns a CSV file with all headings and two rows to replace. `realm` is the name of a realm of
/// the account. Its first line makes every version of Excel split it at commas.
#[must_use]
pub fn sample(realm: &str) -> Vec<u8> {
    let headings: Vec<&str> = Column::ALL.into_iter().map(Column::heading).collect();
    let mut text = b"sep=,\r\n".to_vec();
    write_row(&headings, &mut text);
    write_row(&["example-1", "", realm, "", "", "", ""], &mut text);
    write_row(
        &["example-2", "phones.example", realm, "", "", "", ""],
        &mut text,
    );
    text
}

#[cfg(test)]
mod tests {
    use super::super::csv::{Batch, Layout, Text};
    use super::super::realms::{Realms, tests::realm};
    use super::super::row::Rules;
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written() {
        let file = sample("office");
        let (layout, mut records) = Layout::find(Text::begin(&file[..]).unwrap()).unwrap();
        let realms = Realms::new(&[realm(1, "office.abc123.auth.example", true)]);
        let rules = Rules {
            layout: &layout,
            realms: &realms,
        };
        let mut batch = Batch::default();

        records.read(&mut batch, 10).unwrap();

        assert!(layout.unused.is_empty());
        assert!(
            Column::ALL
                .into_iter()
                .all(|column| layout.place(column).is_some())
        );
        let rows: Vec<_> = batch.rows().map(|row| rules.check(&row).unwrap()).collect();
        assert_eq!(rows[0].user_name, "example-1");
        assert_eq!(rows[1].domain, Some("phones.example"));
    }

    #[test]
    fn a_realm_of_digits_keeps_its_zeros_in_a_spreadsheet() {
        let file = String::from_utf8(sample("0012")).unwrap();

        assert!(file.contains("example-1,,\"=\"\"0012\"\"\","), "{file}");
    }
}
