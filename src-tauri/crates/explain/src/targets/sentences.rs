//! Sentences for each attempt.

use super::outcome;
use crate::registration::sentences::verdicts;
use crate::table::{Table, toned};

#[test]
fn the_table_has_every_end_of_a_try() {
    Table::new("How a try of a target ended, in a few words")
        .with("Ends", verdicts(), |verdict| {
            let (words, tone) = outcome(verdict);
            toned(tone, words, None)
        })
        .assert_is(include_str!("sentences.md"));
}
