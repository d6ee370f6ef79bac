//! Reads the files of real or practice, and reports those that couldn't be read.

use registrar_activity::Tone;
use registrar_explain::Notice;
use registrar_storage::store::Store;

use crate::Error;
use crate::journey::saved::Kept;

/// Reads the saved files. A file that can't be read is reported, and counts as empty.
pub(super) fn read(store: Result<Store, Error>, notices: &mut Vec<Notice>) -> Kept {
    let kept = store
        .and_then(|store| Kept::read(&store))
        .unwrap_or_else(|error| {
            notices.push(error.notice());
            Kept::default()
        });
    notices.extend(kept.set_aside.iter().map(|name| set_aside(name)));
    notices.extend(kept.newer.iter().map(|name| newer(name)));
    kept
}

/// Says that a file was set aside.
pub(super) fn set_aside(name: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: "A file with saved data couldn’t be read.".to_owned(),
        next: Some(format!(
            "It was kept unchanged as {name} in the app’s data folder."
        )),
    }
}

/// Says that a newer version of the app wrote a file.
pub(super) fn newer(name: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: format!("A newer version of this app wrote {name}."),
        next: Some(
            "This version opened it read-only and saves nothing. Use the newer version to \
             continue."
                .to_owned(),
        ),
    }
}
