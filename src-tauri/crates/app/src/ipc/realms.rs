//! IPC types for realms at the desk.

use registrar_activity::Tone;
use registrar_explain::Notice;
use serde::{Deserialize, Serialize};

use super::desk::DeskState;
use super::draft::RealmDraft;

outgoing! {
    /// A realm of the open account, and what can be done to it.
    pub struct RealmCard {
        /// Bandwidth's ID of it.
        pub id: f64,
        /// Its full name.
        pub name: String,
        /// Its description.
        pub description: String,
        /// Whether it's the account's default.
        pub default: bool,
        /// Number of its SIP credentials according to the API.
        pub credentials: f64,
        /// Its status in words.
        pub status: String,
        /// Its color.
        pub tone: Tone,
        /// Why it can't be made the default, and what to do; `null` if it can.
        pub no_default: Option<Notice>,
        /// Why it can't be deleted, and what to do; `null` if it can.
        pub no_delete: Option<Notice>,
    }

    /// The realms after a change.
    pub struct RealmsReport {
        /// The realms by name.
        pub realms: Vec<RealmCard>,
        /// The same for the list beside the desk.
        pub state: DeskState,
        /// What was done, or what prevents it.
        pub notice: Option<Notice>,
        /// Whether nothing was sent, because someone else changed the realm after it was shown.
        pub conflict: bool,
    }
}

incoming! {
    /// A realm as the window showed it before a change.
    pub struct RealmPrecondition {
        /// Bandwidth's ID of it.
        pub id: f64,
        /// Its description.
        pub description: String,
        /// Whether it was the account's default.
        pub default: bool,
        /// Number of its SIP credentials.
        pub credentials: f64,
    }

    /// Lists the realms of the open desk again.
    pub struct ListRealms {
        /// The operation's number, for canceling it.
        pub operation: u32,
    }

    /// Creates a realm at the desk, and waits until it's active.
    pub struct AddRealm {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: RealmDraft,
    }

    /// Changes a realm's description, or makes it the default.
    pub struct ChangeRealm {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The realm as it was shown.
        pub precondition: RealmPrecondition,
        /// Its new description.
        pub description: String,
        /// Whether to make it the account's default.
        pub make_default: bool,
    }

    /// Deletes a realm, and waits until it's gone.
    pub struct DeleteRealm {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The realm as it was shown.
        pub precondition: RealmPrecondition,
        /// Its name, as typed to confirm.
        pub typed: String,
    }
}
