//! Texts to copy and pass on, and names of states.

use registrar_bandwidth::dashboard::RealmStatus;

/// For Bandwidth sales.
pub const SALES: &str = "Hello,\n\nPlease turn on the SIP Registrar for our Bandwidth account, so \
                         that our phones can register with SIP credentials and make calls. Our \
                         account number is: \n\nOnce it’s on, an API client in our account needs \
                         the role “SIP Credentials” to set it up.\n\nThank you.";

/// For Bandwidth support.
pub const SUPPORT: &str = "Hello,\n\nWe’re setting up the SIP Registrar for our Bandwidth \
                           account. Please tell us our registrar’s SIP domain and port (such as \
                           5006). Our account number is: \n\nThank you.";

/// What a stopped check leaves behind that only looked.
pub const LOOK_STOPPED: &str = "The check registered and changed nothing.";

/// What a stopped full check leaves behind where its registration was taken back.
pub const CHECK_STOPPED: &str =
    "Nothing is left of it. If this computer was registered, its registration was removed.";

/// A realm's status in words.
#[must_use]
pub fn realm_status(status: RealmStatus) -> &'static str {
    match status {
        RealmStatus::Active => "Active",
        RealmStatus::CreatePending => "Being set up",
        RealmStatus::CreateFailed => "Setup failed",
        RealmStatus::DeletePending => "Being deleted",
        RealmStatus::DeleteFailed => "Deletion failed",
        RealmStatus::Unknown => "Unknown state",
    }
}
