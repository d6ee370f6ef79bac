//! All that is said of an import, in one table: a change of a word is seen in it.

use std::fmt::Write as _;
use std::io::ErrorKind;

use super::{mark, outcome, row, words};
use crate::arbitrary::every;
use crate::import::csv::{Column, Fault, Unusable};
use crate::import::{Kind, Mark, problems, reasons};

const TABLE: &str = include_str!("sentences.md");

#[test]
fn the_table_has_every_sentence_of_an_import() {
    let table = table();

    if table != TABLE {
        let path = std::env::temp_dir().join("sentences.md");
        std::fs::write(&path, &table).unwrap();
        for (now, before) in table.lines().zip(TABLE.lines()) {
            assert_eq!(now, before, "the whole table is in {}", path.display());
        }
        panic!("the table has other lines now: see {}", path.display());
    }
}

fn table() -> String {
    let mut table = String::from("# What is said of an import\n");
    chapter(
        &mut table,
        "Why a file can't be imported",
        faults().iter().map(|fault| {
            let words = words(fault);
            let parts = [words.sentence].into_iter().chain(words.causes);
            let parts: Vec<String> = parts.chain([words.next]).collect();
            (fault, parts.join("<br>"))
        }),
    );
    chapter(
        &mut table,
        "Why a row can't be used",
        problems()
            .iter()
            .map(|problem| (problem, row::sentence(problem))),
    );
    chapter(
        &mut table,
        "What is to be looked at in a row",
        Mark::ALL.iter().map(|mark| (mark, mark::sentence(*mark))),
    );
    chapter(
        &mut table,
        "What became of a row",
        kinds().iter().map(|kind| (kind, outcome::word(*kind))),
    );
    chapter(
        &mut table,
        "Why a row ended as it did",
        reasons()
            .iter()
            .map(|reason| (reason, outcome::sentence(reason))),
    );
    table
}

fn chapter(
    table: &mut String,
    title: &str,
    rows: impl Iterator<Item = (impl std::fmt::Debug, impl std::fmt::Display)>,
) {
    write!(table, "\n## {title}\n\n| value | sentence |\n|---|---|\n").unwrap();
    for (value, sentence) in rows {
        writeln!(table, "| `{value:?}` | {sentence} |").unwrap();
    }
}

fn kinds() -> Vec<Kind> {
    every!(Kind {
        Kind::AlreadyRight => [Kind::AlreadyRight],
        Kind::Deleted => [Kind::Deleted],
        Kind::Made => [Kind::Made],
        Kind::MadeRenamed => [Kind::MadeRenamed],
        Kind::Moved => [Kind::Moved],
        Kind::NotDone => [Kind::NotDone],
        Kind::Refused => [Kind::Refused],
        Kind::Replaced => [Kind::Replaced],
    })
}

/// Each fault in all forms that have words of their own.
pub(super) fn faults() -> Vec<Fault> {
    let io = [
        ErrorKind::NotFound,
        ErrorKind::PermissionDenied,
        ErrorKind::UnexpectedEof,
    ];
    let io = io.map(|kind| Fault::Io(kind.into()));
    let headings = Fault::NoHeadings {
        first_line: "4 letters".to_owned(),
    };
    let large = Fault::TooLarge {
        bytes: 2_000_000_000,
    };
    let twice = Fault::TwoColumns {
        column: Column::UserName,
        one: "user".to_owned(),
        other: "ext".to_owned(),
    };
    let unusable = every!(Unusable {
        Unusable::Binary => [Unusable::Binary],
        Unusable::Directory => [Unusable::Directory],
        Unusable::Empty => [Unusable::Empty],
        Unusable::Special => [Unusable::Special],
        Unusable::Utf32 => [Unusable::Utf32],
        Unusable::Workbook => [Unusable::Workbook],
    });
    every!(Fault {
        Fault::Changed => [Fault::Changed],
        Fault::FirstLineTooLong => [Fault::FirstLineTooLong],
        Fault::Io(_) => io,
        Fault::NoHeadings { .. } => [headings],
        Fault::OnlyHeadings => [Fault::OnlyHeadings],
        Fault::Outdated => [Fault::Outdated],
        Fault::TooLarge { .. } => [large],
        Fault::TooManyColumns { .. } => [Fault::TooManyColumns { columns: 10_000 }],
        Fault::TooManyRows => [Fault::TooManyRows],
        Fault::TwoColumns { .. } => [twice],
        Fault::Unusable(_) => unusable.into_iter().map(Fault::Unusable),
    })
}
