//! IPC types of the About page.

use serde::Serialize;

outgoing! {
    /// The app itself.
    pub struct AboutView {
        /// Its version.
        pub version: String,
        /// The data folder, which holds everything that is saved but the secrets.
        pub folder: String,
    }
}
