//! All types that cross between the window and the commands.
//!
//! Types sent to the window contain no secrets. Types received from it are deserialized strictly: a
//! field with an unknown name is an error. `ui/ipc/types.d.ts` is generated from these files.
//! [`choice`] has the choices used in both directions. [`screen`] is everything drawn at once,
//! composed of [`forms`], [`checks`], [`calls`] and [`view`], which has what many pages show.
//! [`request`] comes from the window; [`draft`] goes both ways. [`about`], [`accounts`],
//! [`activity`], [`credentials`], [`desk`], [`import`], [`jobs`], [`phones`] and [`realms`] are
//! those pages' parts of each, [`trainer`] is for the trainer's panel, and [`lifecycle`] is for
//! events from outside the window.

macro_rules! outgoing {
    ($($(#[$meta:meta])* pub struct $name:ident $body:tt)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "export-types", derive(ts_rs::TS), ts(export, export_to = "types.d.ts"))]
        #[serde(rename_all = "camelCase")]
        pub struct $name $body
    )*};
}

macro_rules! incoming {
    ($($(#[$meta:meta])* pub struct $name:ident $body:tt)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(feature = "export-types", derive(ts_rs::TS), ts(export, export_to = "types.d.ts"))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name $body
    )*};
}

macro_rules! choice {
    ($($(#[$meta:meta])* pub enum $name:ident $body:tt)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "export-types", derive(ts_rs::TS), ts(export, export_to = "types.d.ts"))]
        #[serde(rename_all = "snake_case")]
        pub enum $name $body
    )*};
}

macro_rules! draft {
    ($($(#[$meta:meta])* pub struct $name:ident $body:tt)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "export-types", derive(ts_rs::TS), ts(export, export_to = "types.d.ts"))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name $body
    )*};
}

pub mod about;
pub mod accounts;
pub mod activity;
pub mod calls;
pub mod checks;
pub mod choice;
pub mod credentials;
pub mod desk;
pub mod draft;
pub mod forms;
pub mod import;
pub mod jobs;
pub mod lifecycle;
pub mod phones;
pub mod provisioning;
pub mod realms;
pub mod request;
pub mod screen;
pub mod trainer;
pub mod view;

pub use about::*;
pub use accounts::*;
pub use activity::*;
pub use calls::*;
pub use checks::*;
pub use choice::*;
pub use credentials::*;
pub use desk::*;
pub use draft::*;
pub use forms::*;
pub use import::*;
pub use jobs::*;
pub use lifecycle::*;
pub use phones::*;
pub use provisioning::*;
pub use realms::*;
pub use request::*;
pub use screen::*;
pub use trainer::*;
pub use view::*;

/// Types of lower crates that commands return unchanged, so that no type here contains them.
#[cfg(all(test, feature = "export-types"))]
mod returned {
    use registrar_activity::Exchange;
    use registrar_explain::{LocalCallReport, PingReport, WatchTick};
    use ts_rs::{Config, TS};

    #[test]
    fn export_bindings_returned() {
        let config = Config::from_env();
        Exchange::export_all(&config).unwrap();
        LocalCallReport::export_all(&config).unwrap();
        PingReport::export_all(&config).unwrap();
        WatchTick::export_all(&config).unwrap();
    }
}
