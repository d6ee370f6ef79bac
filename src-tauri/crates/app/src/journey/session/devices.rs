//! The sound devices of this computer, for the call from here.

use std::sync::Arc;

use parking_lot::Mutex;
use registrar_media::{self as media, Devices};

use crate::journey::step::Journey;

/// The devices as they were found last. They are looked for beside everything else, because a
/// system may take seconds to tell: on the way to the call, and again at the call, because a headset
/// may have been plugged in meanwhile.
#[derive(Debug, Default)]
pub(super) struct SoundDevices {
    known: Arc<Mutex<Devices>>,
    /// The step for which they were looked for last.
    looked_for: Mutex<Option<u64>>,
}

impl SoundDevices {
    /// Returns what is known; `step` counts the steps that were opened.
    pub(super) fn known(&self, journey: &Journey, step: u64) -> Devices {
        if matches!(journey, Journey::Register(_) | Journey::Call { .. }) {
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
