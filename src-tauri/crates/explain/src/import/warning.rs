//! What to look at in a usable row.

use registrar_import::Warning;

/// Returns what is to be looked at, in one or two short sentences.
#[must_use]
pub fn sentence(warning: Warning) -> &'static str {
    match warning {
        Warning::ApostrophePassword => {
            "The password begins with an apostrophe, which spreadsheets put before text. Check \
             whether it belongs to the password."
        }
        Warning::CapitalHashes => {
            "The hashes are in capital letters. They’re stored in lowercase, as Bandwidth makes \
             them."
        }
        Warning::CutRow => {
            "The file ends in the middle of this row. Check that the file is complete."
        }
        Warning::EscapedPassword => {
            "The password contains an escape such as &amp; or %20. Check whether it stands for a \
             single character."
        }
        Warning::ReformattedName => {
            "A spreadsheet may have changed the user name or domain: it looks like a date, a \
             number, or TRUE. Check it."
        }
        Warning::ReformattedPassword => {
            "A spreadsheet may have changed the password: it looks like a date, a number, or \
             TRUE. Check it."
        }
        Warning::HashAsPassword => {
            "The password looks like a hash: 32 digits 0 to 9 or letters a to f. Check that the \
             columns are right."
        }
        Warning::InvisibleAroundName => {
            "Invisible characters around the user name or domain are left out."
        }
        Warning::LetterCase => {
            "The account has this name with different capitalization. The phone must use the account’s spelling."
        }
        Warning::LostZerosInName => {
            "The user name has fewer digits than the other numbers in its column. A spreadsheet \
             may have removed zeros at its beginning. Check it."
        }
        Warning::LostZerosInPassword => {
            "The password has fewer digits than the other numbers in its column. A spreadsheet \
             may have removed zeros at its beginning. Check it."
        }
        Warning::LongestPassword => {
            "The password has exactly 255 characters. Check that it wasn’t cut off."
        }
        Warning::MissingPassword => {
            "The row ends before the password column. Check that it’s complete."
        }
        Warning::NamedAsHeading => {
            "The user name is a word used for headings. Check that this row is meant to be here."
        }
        Warning::PasswordIsName => {
            "The password is the same as the user name. Anyone can guess it."
        }
        Warning::Placeholder => {
            "The user name or password is a word that stands for an empty cell, such as NULL. \
             Check it."
        }
        Warning::RealmInName => "What comes after the @ in the user name is the realm.",
        Warning::SeveralLines => {
            "Quotation marks join several lines into this row. Check that \
                                  this is meant."
        }
        Warning::ShortPassword => "The password has fewer than 8 characters. It’s easy to guess.",
        Warning::TextFormulaAsPassword => {
            "The password was written as =\"…\". Only what’s between the quotation marks is used."
        }
        Warning::TypesetPassword => {
            "The password has curly quotation marks, dashes, or an ellipsis, which word processors insert. Check whether a phone can type them."
        }
        Warning::WronglyEncodedPassword => {
            "The password has characters such as \u{c3}\u{a4}, which come from a wrong encoding. \
             Check it."
        }
    }
}
