//! IPC types for realms at the desk.

use registrar_activity::Tone;
use registrar_explain::Notice;
use serde::{Deserialize, Serialize};

use super::desk::DeskState;
use super::draft::RealmDraft;

outgoing! {
    /// A realm of the open account, with what can be done to it.
    pub struct RealmCard {
        /// Bandwidth's number for it.
        pub id: f64,
        /// Its full name.
        pub name: String,
        /// Its description.
        pub description: String,
        /// It is the account's default.
        pub default: bool,
        /// How many SIP credentials the API says that it holds.
        pub credentials: f64,
        /// Its status in words.
        pub status: String,
        /// Its color.
        pub tone: Tone,
        /// Why it cannot be made the default, with the way round; `null` where it can.
        pub no_default: Option<Notice>,
        /// Why it cannot be deleted, with the way round; `null` where it can.
        pub no_delete: Option<Notice>,
    }

    /// The realms after something was done to them.
    pub struct RealmsReport {
        /// The realms by name.
        pub realms: Vec<RealmCard>,
        /// The same for the rail.
        pub state: DeskState,
        /// What was done, or what stands in the way.
        pub notice: Option<Notice>,
        /// Nothing was sent: somebody else changed the realm after it was shown.
        pub conflict: bool,
    }
}

incoming! {
    /// A realm as the window showed it when something was to be done to it.
    pub struct RealmPrecondition {
        /// Bandwidth's number for it.
        pub id: f64,
        /// Its description.
        pub description: String,
        /// It was the account's default.
        pub default: bool,
        /// How many SIP credentials it held.
        pub credentials: f64,
    }

    /// Lists the realms of the open desk again.
    pub struct ListRealms {
        /// The number under which it can be stopped.
        pub operation: u32,
    }

    /// Makes a realm at the desk, and waits until it is active.
    pub struct AddRealm {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// What was typed.
        pub draft: RealmDraft,
    }

    /// Gives a realm another description, or makes it the default.
    pub struct ChangeRealm {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// The realm as it was shown.
        pub precondition: RealmPrecondition,
        /// Its new description.
        pub description: String,
        /// Make it the account's default.
        pub make_default: bool,
    }

    /// Deletes a realm, and waits until it is gone.
    pub struct DeleteRealm {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// The realm as it was shown.
        pub precondition: RealmPrecondition,
        /// Its name as it was typed.
        pub typed: String,
    }
}
