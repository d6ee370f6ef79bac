//! The clipboard, written from Rust so that a copied secret never passes through the window.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use registrar_app::Error;
use registrar_app::clipboard_text::ClipboardText;

/// How long a copied secret stays.
const SECRET_STAYS: Duration = Duration::from_mins(1);

/// The system's clipboard, opened at the first copy and held as long as the app runs: on X11 the
/// text lives in the process that copied it.
#[derive(Default)]
pub(crate) struct Clipboard {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    system: Option<arboard::Clipboard>,
    secret: Option<ClipboardText>,
    /// Counts copies, so that an old timer doesn't clear a newer copy.
    copies: u64,
}

impl Clipboard {
    /// Copies. A secret is kept out of the clipboard's history, and is cleared after a minute and
    /// at exit if it is still there.
    pub(crate) fn take(self: &Arc<Self>, copied: ClipboardText) -> Result<(), Error> {
        let mut held = self.held();
        if held.system.is_none() {
            held.system = Some(arboard::Clipboard::new().map_err(|_| Error::Clipboard)?);
        }
        let system = held.system.as_mut().ok_or(Error::Clipboard)?;
        let set = if copied.secret {
            without_history(system.set())
        } else {
            system.set()
        };
        set.text(copied.text.as_str())
            .map_err(|_| Error::Clipboard)?;
        held.copies += 1;
        let copy = held.copies;
        let secret = copied.secret;
        held.secret = secret.then_some(copied);
        drop(held);

        if secret {
            let clipboard = Arc::clone(self);
            tauri::async_runtime::spawn(async move {
                tokio::time::sleep(SECRET_STAYS).await;
                clipboard.clear_if(|copies| copies == copy);
            });
        }
        Ok(())
    }

    /// Clears a copied secret, if it's still there.
    pub(crate) fn clear(&self) {
        self.clear_if(|_| true);
    }

    /// Clears the copied secret, unless something else was copied since.
    fn clear_if(&self, wanted: impl Fn(u64) -> bool) {
        let mut held = self.held();
        if !wanted(held.copies) {
            return;
        }
        let Some(secret) = held.secret.take() else {
            return;
        };
        if let Some(system) = held.system.as_mut()
            && system.get_text().is_ok_and(|text| text == *secret.text)
        {
            let _ = system.clear();
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock()
    }
}

#[cfg(target_os = "linux")]
fn without_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtLinux as _;
    set.exclude_from_history()
}

#[cfg(target_os = "macos")]
fn without_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtApple as _;
    set.exclude_from_history()
}

#[cfg(windows)]
fn without_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtWindows as _;
    set.exclude_from_cloud()
        .exclude_from_history()
        .exclude_from_monitoring()
}
