//! The crash report that Home offers.

use super::Workspace;
use crate::ipc::{CrashReport, Screen};
use crate::{Error, crash};

impl Workspace {
    pub(super) fn crash_report(&self) -> Option<CrashReport> {
        crash::read(&self.folder).map(|text| CrashReport { text })
    }

    /// Deletes the report of what broke.
    pub fn delete_crash_report(&self) -> Result<Screen, Error> {
        crash::delete(&self.folder).map_err(storage)?;
        Ok(self.home())
    }

    pub(super) fn crash_file(&self) -> Result<(String, Vec<u8>), Error> {
        let text = crash::read(&self.folder).ok_or(Error::OutOfStep)?;
        Ok((
            "sip-registrar-setup-report.txt".to_owned(),
            text.into_bytes(),
        ))
    }
}

fn storage(source: std::io::Error) -> Error {
    Error::Storage {
        what: "the crash report",
        source,
    }
}
