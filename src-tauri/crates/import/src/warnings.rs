//! Stores the outcome and the warnings of each planned row in four bytes, so that a million rows
//! take four megabytes.

use serde::{Deserialize, Serialize};

use registrar_jobs::Action;

const OUTCOME: u32 = 7;

/// What comes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum PlanOutcome {
    /// The SIP credential is made.
    Create,
    /// One that exists is changed.
    Change,
    /// The account has it already.
    Right,
    /// The row cannot be used.
    Refused,
}

/// Something to be said about a row that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
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
    /// Its name is shorter than the other numbers: zeros at its beginning may be gone.
    LostZerosInName,
    /// So is its password.
    LostZerosInPassword,
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

impl Warning {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 22] = [
        Self::ApostrophePassword,
        Self::CapitalHashes,
        Self::CutRow,
        Self::EscapedPassword,
        Self::ReformattedName,
        Self::ReformattedPassword,
        Self::HashAsPassword,
        Self::InvisibleAroundName,
        Self::LetterCase,
        Self::LostZerosInName,
        Self::LostZerosInPassword,
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
}

/// The stored bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Warnings(u32);

impl Warnings {
    /// Adds a warning.
    pub fn add(&mut self, warning: Warning) {
        self.0 |= warning.bit();
    }

    /// Adds a warning if a condition holds.
    pub fn add_if(&mut self, is_so: bool, warning: Warning) {
        if is_so {
            self.add(warning);
        }
    }

    /// Returns whether there is this warning.
    #[must_use]
    pub fn has(self, warning: Warning) -> bool {
        self.0 & warning.bit() != 0
    }

    /// Adds the outcome of the row.
    #[must_use]
    pub fn with(self, action: &Action) -> Self {
        let outcome = match action {
            Action::AlreadyRight => PlanOutcome::Right,
            Action::Create { .. } => PlanOutcome::Create,
            Action::Delete { .. } | Action::Move { .. } | Action::Replace { .. } => {
                PlanOutcome::Change
            }
            Action::Refused { .. } => PlanOutcome::Refused,
        };
        Self(self.0 & !OUTCOME | outcome as u32)
    }

    /// Returns whether this is the row's outcome.
    #[must_use]
    pub fn is(self, outcome: PlanOutcome) -> bool {
        self.0 & OUTCOME == outcome as u32
    }

    /// Returns the row's warnings.
    pub fn each(self) -> impl Iterator<Item = Warning> {
        Warning::ALL
            .into_iter()
            .filter(move |warning| self.has(*warning))
    }

    /// Returns whether the row has any warnings.
    #[must_use]
    pub fn has_any(self) -> bool {
        self.0 & !OUTCOME != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registrar_names::every;

    #[test]
    fn every_mark_is_listed() {
        use Warning::*;
        let every = every!(Warning {
            ApostrophePassword => [ApostrophePassword],
            CapitalHashes => [CapitalHashes],
            CutRow => [CutRow],
            EscapedPassword => [EscapedPassword],
            ReformattedName => [ReformattedName],
            ReformattedPassword => [ReformattedPassword],
            HashAsPassword => [HashAsPassword],
            InvisibleAroundName => [InvisibleAroundName],
            LetterCase => [LetterCase],
            LostZerosInName => [LostZerosInName],
            LostZerosInPassword => [LostZerosInPassword],
            LongestPassword => [LongestPassword],
            MissingPassword => [MissingPassword],
            NamedAsHeading => [NamedAsHeading],
            PasswordIsName => [PasswordIsName],
            Placeholder => [Placeholder],
            RealmInName => [RealmInName],
            SeveralLines => [SeveralLines],
            ShortPassword => [ShortPassword],
            TextFormulaAsPassword => [TextFormulaAsPassword],
            TypesetPassword => [TypesetPassword],
            WronglyEncodedPassword => [WronglyEncodedPassword],
        });

        assert_eq!(every, Warning::ALL);
    }

    #[test]
    fn each_mark_is_remembered_beside_the_outcome() {
        for warning in Warning::ALL {
            let mut warnings = Warnings::default();
            warnings.add(warning);
            let warnings = warnings.with(&Action::AlreadyRight);

            assert!(warnings.is(PlanOutcome::Right) && warnings.has(warning));
            assert!(warnings.each().eq([warning]));
        }
    }
}
