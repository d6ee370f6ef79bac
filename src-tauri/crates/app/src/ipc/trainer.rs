//! IPC types of the trainer's panel: the faults of practice, and which of them are on.

use registrar_practice::{Fault, FaultDuration, Switch};
use serde::{Deserialize, Serialize};

outgoing! {
    /// All faults, as they are switched.
    pub struct FaultPanel {
        /// Differs after each change.
        pub revision: u32,
        /// Each fault, in the order in which they are shown.
        pub switches: Vec<Switch>,
    }
}

incoming! {
    /// Waits until the faults differ from those that are shown.
    pub struct WatchFaults {
        /// The revision that is shown; `None` if none is yet.
        pub shown: Option<u32>,
    }

    /// Switches a fault.
    pub struct SwitchFault {
        /// Which one.
        pub fault: Fault,
        /// How long it lasts; `None` switches it off.
        pub lasts: Option<FaultDuration>,
    }
}
