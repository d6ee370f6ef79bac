//! Texts to copy and pass on, and names of states.

use registrar_bandwidth::dashboard::RealmStatus;

/// For Bandwidth sales.
pub const SALES: &str = "Hello,\n\nplease activate the SIP Registrar on our Bandwidth account, so \
that our phones can register with SIP credentials and make calls. Our account number is: \n\nWhen \
it is active, an API client of our account needs the role 'SIP Credentials' to set it up.\n\nThank \
you.";

/// For Bandwidth support.
pub const SUPPORT: &str = "Hello,\n\nwe are setting up the SIP Registrar on our Bandwidth account. \
Please tell us the SIP domain and the port of our registrar (such as 5006). Our account number is: \
\n\nThank you.";

/// What a stopped check leaves behind that only looked.
pub const LOOK_STOPPED: &str = "The check only looked. Nothing was registered or changed.";

/// What a stopped full check leaves behind where its registration was taken back.
pub const CHECK_STOPPED: &str =
    "Nothing of it stays: this computer's registration, if there was one, was taken back.";

/// A realm's status in words.
#[must_use]
pub fn realm_status(status: RealmStatus) -> &'static str {
    match status {
        RealmStatus::Active => "Active",
        RealmStatus::CreatePending => "Being set up",
        RealmStatus::CreateFailed => "Could not be set up",
        RealmStatus::DeletePending => "Being deleted",
        RealmStatus::DeleteFailed => "Could not be deleted",
        RealmStatus::Unknown => "In a state that this app does not know",
    }
}
