//! All that a part of `explain` can say, as Markdown beside it: a change of a word is seen in that file.

use std::fmt::{Debug, Display, Write as _};

/// A table of sentences.
pub(super) struct Table(String);

impl Table {
    /// Begins a table.
    pub(super) fn new(title: &str) -> Self {
        Self(format!("# {title}\n"))
    }

    /// Adds what is said of each value.
    pub(super) fn chapter(
        &mut self,
        title: &str,
        rows: impl IntoIterator<Item = (impl Debug, impl Display)>,
    ) {
        let table = &mut self.0;
        write!(table, "\n## {title}\n\n| value | sentence |\n|---|---|\n").unwrap();
        for (value, sentence) in rows {
            writeln!(table, "| `{value:?}` | {sentence} |").unwrap();
        }
    }

    /// Fails where the file has something else. The table as it would have to be is left in a file.
    pub(super) fn assert_is(&self, kept: &str) {
        let Self(table) = self;
        if table == kept {
            return;
        }
        let mut name = tempfile::Builder::new();
        let file = name.prefix("sentences-").suffix(".md").tempfile().unwrap();
        let (_, path) = file.keep().unwrap();
        std::fs::write(&path, table).unwrap();
        for (now, before) in table.lines().zip(kept.lines()) {
            assert_eq!(now, before, "the whole table is in {}", path.display());
        }
        panic!("the table has other lines: see {}", path.display());
    }
}
