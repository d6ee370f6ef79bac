//! The app's persistent storage.
//!
//! A [`store::Store`] holds JSON files that are written atomically. A record log ([`record_log`])
//! is append-only and is read up to its last complete record. [`export::write`] writes files that
//! users save to a place of their choice. Files with secrets are readable by this user only.
//!
//! ```
//! use registrar_storage::store::{Loaded, Store};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let store = Store::open(folder.path())?;
//! store.update("names.json", 1, |names: &mut Vec<String>| {
//!     names.push("anna".to_owned());
//!     Ok::<_, registrar_storage::Error>(())
//! })?;
//!
//! let kept = store.read::<Vec<String>>("names.json", 1)?;
//! assert_eq!(kept, Loaded::Found(vec!["anna".to_owned()]));
//! # Ok(())
//! # }
//! ```

pub mod data_folder;
pub mod export;
pub mod instance;
pub mod own_file;
pub mod record_log;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod written;

use std::io;

/// A file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{what} could not be kept on this computer")]
pub struct Error {
    /// What was being read or written, as a fixed phrase.
    pub what: &'static str,
    /// The system's error.
    #[source]
    pub source: io::Error,
}
