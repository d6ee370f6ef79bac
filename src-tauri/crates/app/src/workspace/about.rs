//! The page about the app.

use super::Workspace;
use crate::ipc::{AboutView, Screen};

impl Workspace {
    /// Leaves what is open, and opens the page about the app.
    pub fn open_about(&self) -> Screen {
        self.leave();
        Screen::About {
            about: AboutView {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                folder: self.folder().display().to_string(),
            },
            notices: Vec::new(),
        }
    }
}
