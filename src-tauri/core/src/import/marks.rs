//! What is remembered of each row of a plan in four bytes, so that a million rows cost four megabytes:
//! what comes of it, and what is to be said about it.

use super::step::Deed;
use crate::ipc::PlanOutcome;

const OUTCOME: u32 = 7;

/// Something to be said about a row that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its password begins with an apostrophe.
    ApostrophePassword,
    /// Its hashes were in capitals, and are made small.
    CapitalHashes,
    /// The file ends in it: cells are missing, and so is the line end.
    CutRow,
    /// Its password holds a character as HTML or an address escapes it.
    EscapedPassword,
    /// Its name has a form that a spreadsheet gives to dates and numbers.
    ReformattedName,
    /// So has its password.
    ReformattedPassword,
    /// Its password looks like a hash.
    HashAsPassword,
    /// Characters that aren't seen were taken off around its name or its domain.
    InvisibleAroundName,
    /// The account has it in another letter case.
    LetterCase,
    /// Its password has as many characters as the most that are taken.
    LongestPassword,
    /// The cell of its password is missing.
    MissingPassword,
    /// Its user name is a heading's word.
    NamedAsHeading,
    /// Its password is its user name.
    PasswordIsName,
    /// Its user name or password is a word that stands for an empty cell.
    Placeholder,
    /// Its user name had the realm behind an @.
    RealmInName,
    /// It runs over more than one line.
    SeveralLines,
    /// Its password is short.
    ShortPassword,
    /// Its password was in a text formula that nothing called for.
    TextFormulaAsPassword,
    /// Its password holds quotation marks or hyphens as word processors set them.
    TypesetPassword,
    /// Its password holds what UTF-8 becomes when it is read in another encoding.
    WronglyEncodedPassword,
}

impl Mark {
    const ALL: [Self; 20] = [
        Self::ApostrophePassword,
        Self::CapitalHashes,
        Self::CutRow,
        Self::EscapedPassword,
        Self::ReformattedName,
        Self::ReformattedPassword,
        Self::HashAsPassword,
        Self::InvisibleAroundName,
        Self::LetterCase,
        Self::LongestPassword,
        Self::MissingPassword,
        Self::NamedAsHeading,
        Self::PasswordIsName,
        Self::Placeholder,
        Self::RealmInName,
        Self::SeveralLines,
        Self::ShortPassword,
        Self::TextFormulaAsPassword,
        Self::TypesetPassword,
        Self::WronglyEncodedPassword,
    ];

    fn bit(self) -> u32 {
        8 << self as u32
    }

    fn note(self) -> &'static str {
        match self {
            Self::ApostrophePassword => {
                "The password begins with an apostrophe, which spreadsheets put before text. Check \
                 whether it belongs to the password."
            }
            Self::CapitalHashes => {
                "The hashes are in capitals; they are stored in small letters, as Bandwidth makes \
                 them."
            }
            Self::CutRow => {
                "The file ends in the middle of this row. Check that the file is complete."
            }
            Self::EscapedPassword => {
                "The password holds an escape such as &amp; or %20. Check whether it stands \
                 for one character."
            }
            Self::ReformattedName => {
                "A spreadsheet may have changed the user name or domain: it looks like a date, a \
                 number, or TRUE. Check it."
            }
            Self::ReformattedPassword => {
                "A spreadsheet may have changed the password: it looks like a date, a number, or \
                 TRUE. Check it."
            }
            Self::HashAsPassword => {
                "The password looks like a hash: it has 32 digits 0 to 9 and a to f. Check that the \
                 columns are right."
            }
            Self::InvisibleAroundName => {
                "Invisible characters around the user name or domain are left out."
            }
            Self::LetterCase => {
                "The account has it in other letter case. Its own counts: the phone has to use it."
            }
            Self::LongestPassword => {
                "The password has exactly 255 characters. Check that it wasn't cut off."
            }
            Self::MissingPassword => {
                "The row ends before the column of passwords. Check that it's complete."
            }
            Self::NamedAsHeading => {
                "The user name is the word of a heading. Check that this row is meant."
            }
            Self::PasswordIsName => {
                "The password is the same as the user name. Anybody can guess it."
            }
            Self::Placeholder => {
                "The user name or password is a word that stands for an empty cell, such as NULL. \
                 Check it."
            }
            Self::RealmInName => "What stands behind the @ of the user name is the realm.",
            Self::SeveralLines => "Quotation marks join several lines to this row.",
            Self::ShortPassword => "The password has fewer than 8 characters. It's easy to guess.",
            Self::TextFormulaAsPassword => {
                "The password was written as =\"…\"; what stands between the quotation marks is used."
            }
            Self::TypesetPassword => {
                "The password has curly quotation marks, dashes, or an ellipsis, which word \
                 processors put in. Check whether a phone can type them."
            }
            Self::WronglyEncodedPassword => {
                "The password has characters such as \u{c3}\u{a4}, which come of a wrong encoding. \
                 Check it."
            }
        }
    }
}

/// What is remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u32);

impl Marks {
    /// Adds what is to be said.
    pub fn add(&mut self, mark: Mark) {
        self.0 |= mark.bit();
    }

    /// Adds what is to be said where it is so.
    pub fn add_if(&mut self, is_so: bool, mark: Mark) {
        if is_so {
            self.add(mark);
        }
    }

    /// Returns whether this is to be said.
    #[must_use]
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark.bit() != 0
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
        Self(self.0 & !OUTCOME | outcome as u32)
    }

    /// Returns whether this comes of the row.
    #[must_use]
    pub fn is(self, outcome: PlanOutcome) -> bool {
        self.0 & OUTCOME == outcome as u32
    }

    /// Returns what is to be said about the row.
    #[must_use]
    pub fn notes(self) -> Vec<&'static str> {
        let marks = Mark::ALL.into_iter().filter(|mark| self.has(*mark));
        marks.map(Mark::note).collect()
    }

    /// Returns whether there is something to say about the row.
    #[must_use]
    pub fn has_notes(self) -> bool {
        self.0 & !OUTCOME != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_remembered_beside_the_outcome() {
        for mark in Mark::ALL {
            let mut marks = Marks::default();
            marks.add(mark);
            let marks = marks.with(&Deed::AlreadyRight);

            assert!(marks.is(PlanOutcome::Right) && marks.has(mark));
            assert_eq!(marks.notes(), [mark.note()]);
        }
    }
}
