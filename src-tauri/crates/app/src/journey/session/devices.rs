//! The sound devices of this computer, for the call from here.

use std::sync::Arc;

use parking_lot::Mutex;
use registrar_media::{self as media, Devices};

use crate::journey::step::Journey;

/// The devices found last. They are looked up in the background, because a system may take seconds:
/// on the way to the call, and again at the call, because a headset may have been plugged in.
#[derive(Debug, Default)]
pub(super) struct SoundDevices {
    known: Arc<Mutex<Devices>>,
    /// The step for which they were last looked up.
    looked_for: Mutex<Option<u64>>,
}

impl SoundDevices {
    /// Returns the known devices; `step` counts the steps that were opened.
    pub(super) fn known(&self, journey: &Journey, step: u64) -> Devices {
        if matches!(journey, Journey::Register { .. } | Journey::Call { .. }) {
            self.look(step);
        }
        *self.known.lock()
    }

    fn look(&self, step: u64) {
        let mut looked_for = self.looked_for.lock();
        if *looked_for == Some(step) {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        *looked_for = Some(step);
        let known = Arc::clone(&self.known);
        runtime.spawn(async move {
            let found = media::devices().await;
            *known.lock() = found;
        });
    }
}
