//! What is remembered of each row of a plan in a byte, so that a million rows cost a megabyte: what
//! comes of it, and what is to be said about it.

use super::step::Deed;
use crate::ipc::PlanOutcome;

const CAPITAL_HASHES: u8 = 8;
const LETTER_CASE: u8 = 16;
const REALM_IN_NAME: u8 = 32;
const SEVERAL_LINES: u8 = 64;
const OUTCOME: u8 = 7;

/// The byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Its hashes were in capitals, and are made small.
    pub fn capital_hashes(&mut self) {
        self.0 |= CAPITAL_HASHES;
    }

    /// The account has it in another letter case.
    pub fn letter_case(&mut self) {
        self.0 |= LETTER_CASE;
    }

    /// Its user name had the realm behind an @.
    pub fn realm_in_name(&mut self) {
        self.0 |= REALM_IN_NAME;
    }

    /// It runs over more than one line.
    pub fn several_lines(&mut self) {
        self.0 |= SEVERAL_LINES;
    }

    /// Takes in what comes of the row.
    #[must_use]
    pub fn with(self, deed: &Deed) -> Self {
        let outcome = match deed {
            Deed::AlreadyRight => PlanOutcome::Right,
            Deed::Create { .. } => PlanOutcome::Create,
            Deed::Delete { .. } | Deed::Move { .. } | Deed::Replace { .. } => PlanOutcome::Change,
            Deed::Refused { .. } => PlanOutcome::Refused,
        };
        Self(self.0 & !OUTCOME | outcome as u8)
    }

    /// Returns whether this comes of the row.
    #[must_use]
    pub fn is(self, outcome: PlanOutcome) -> bool {
        self.0 & OUTCOME == outcome as u8
    }

    /// Returns what is to be said about the row.
    #[must_use]
    pub fn notes(self) -> Vec<&'static str> {
        const NOTES: [(u8, &str); 4] = [
            (
                CAPITAL_HASHES,
                "The hashes are in capitals; they are stored in small letters, as Bandwidth makes \
                 them.",
            ),
            (
                LETTER_CASE,
                "The account has it in other letter case. Its own counts: the phone has to use it.",
            ),
            (
                REALM_IN_NAME,
                "What stands behind the @ of the user name is the realm.",
            ),
            (
                SEVERAL_LINES,
                "Quotation marks join several lines to this row.",
            ),
        ];
        let notes = NOTES.into_iter().filter(|(bit, _)| self.0 & bit != 0);
        notes.map(|(_, note)| note).collect()
    }

    /// Returns whether there is something to say about the row.
    #[must_use]
    pub fn has_notes(self) -> bool {
        self.0 & !OUTCOME != 0
    }
}
