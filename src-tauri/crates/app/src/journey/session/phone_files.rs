//! The files that were saved for the phone: once it is registered, their deletion is offered.

use registrar_storage::written::{Deletion, Written};

use super::JourneySession;
use crate::Error;
use crate::ipc::{DeletedFile, FileDeletion};

impl JourneySession {
    /// Called when a file was saved for the phone. Its place is in memory only.
    pub(crate) fn phone_file_is_saved(&self, file: Written) {
        let mut state = self.state();
        state.phone_files.retain(|old| old.path() != file.path());
        state.phone_files.push(file);
        drop(state);
        self.password_is_kept();
    }

    /// Deletes the files that were saved for the phone, if they are still as they were written. One
    /// that can't be deleted can be tried again.
    pub async fn delete_phone_files(&self) -> Result<Vec<DeletedFile>, Error> {
        let files = self.state().phone_files.clone();
        let mut told = Vec::new();
        for file in files {
            let path = file.path().to_owned();
            let work = tokio::task::spawn_blocking(move || file.delete());
            let outcome = match work.await.map_err(|error| Error::of_task(&error))? {
                Ok(Deletion::Changed) => FileDeletion::Changed,
                Ok(Deletion::Deleted) => FileDeletion::Deleted,
                Ok(Deletion::Missing) => FileDeletion::Missing,
                Err(_) => FileDeletion::Failed,
            };
            if outcome != FileDeletion::Failed {
                self.state().phone_files.retain(|old| old.path() != path);
            }
            told.push(DeletedFile {
                path: path.display().to_string(),
                outcome,
            });
        }
        Ok(told)
    }
}
