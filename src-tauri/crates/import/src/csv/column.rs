//! The known columns, and the accepted spellings of their headings.

use serde::{Deserialize, Serialize};

/// Longest heading that is known, in characters.
const LONGEST: usize = 40;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The ID of the voice application.
    Application,
    /// The domain.
    Domain,
    /// Hash1.
    Hash1,
    /// Hash1b.
    Hash1b,
    /// The password.
    Password,
    /// The realm.
    Realm,
    /// The user name.
    UserName,
}

impl Column {
    /// All columns, in the order of a template file.
    pub const ALL: [Self; 7] = [
        Self::UserName,
        Self::Domain,
        Self::Realm,
        Self::Password,
        Self::Hash1,
        Self::Hash1b,
        Self::Application,
    ];

    /// Returns its heading in a template file.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Application => "Voice application ID",
            Self::Domain => "Domain",
            Self::Hash1 => "Hash1",
            Self::Hash1b => "Hash1b",
            Self::Password => "Password",
            Self::Realm => "Realm",
            Self::UserName => "User name",
        }
    }

    /// Returns its spellings, reduced to letters and digits.
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Application => &[
                "anwendung",
                "anwendungsid",
                "app",
                "appid",
                "application",
                "applicationid",
                "httpvoiceappid",
                "httpvoicev2appid",
                "voiceapp",
                "voiceappid",
                "voiceapplication",
                "voiceapplicationid",
            ],
            Self::Domain => &[
                "domain",
                "domaene",
                "domäne",
                "domaine",
                "dominio",
                "sipdomain",
            ],
            Self::Hash1 => &["ha1", "hash1"],
            // The session's name for it is Hash2.
            Self::Hash1b => &["ha1b", "hash1b", "hash2"],
            Self::Password => &[
                "authpassword",
                "contraseña",
                "kennwort",
                "motdepasse",
                "pass",
                "passwd",
                "password",
                "passwort",
                "pw",
                "pwd",
                "secret",
                "sippassword",
                "sippasswort",
                "sipsecret",
            ],
            Self::Realm => &["authrealm", "realm", "realmname", "siprealm"],
            Self::UserName => &[
                "authid",
                "authname",
                "authuser",
                "authusername",
                "authenticationname",
                "authenticationuser",
                "benutzer",
                "benutzername",
                "durchwahl",
                "ext",
                "extension",
                "login",
                "loginname",
                "nebenstelle",
                "nomutilisateur",
                "nombredeusuario",
                "sipuser",
                "sipusername",
                "user",
                "userid",
                "username",
                "usuario",
                "utilisateur",
            ],
        }
    }

    /// Returns the column for a heading in one of its usual spellings.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let plain: String = heading
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .take(LONGEST)
            .collect();
        let known = |column: &Self| column.spellings().contains(&plain.as_str());
        Self::ALL.into_iter().find(known)
    }

    pub(super) fn place(self) -> usize {
        self as usize
    }
}

/// Returns whether a cell may be a known heading, faster than [`Column::of`]: those have at most
/// one digit and 18 letters.
pub(super) fn may_be_heading(cell: &str) -> bool {
    let (mut letters, mut digits) = (0, 0);
    cell.len() <= LONGEST
        && cell.bytes().all(|byte| {
            letters += usize::from(byte.is_ascii_alphabetic());
            digits += usize::from(byte.is_ascii_digit());
            letters <= 18 && digits < 2
        })
}
