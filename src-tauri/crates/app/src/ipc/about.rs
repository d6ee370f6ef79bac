//! IPC types of the About page.

use serde::Serialize;

outgoing! {
    /// The app itself.
    pub struct AboutView {
        /// Its version.
        pub version: String,
        /// The folder that holds everything that it keeps, apart from the secrets.
        pub folder: String,
    }
}
