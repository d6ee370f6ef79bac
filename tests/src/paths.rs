//! Where the tests find what was built, and where they leave what is to be looked at.

use std::env;
use std::path::{Path, PathBuf};

/// Returns the folder of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Returns the folder that cargo builds into.
#[must_use]
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// Returns the built app: `SIP_REGISTRAR_SETUP_APP`, or the debug build of this workspace.
#[must_use]
pub fn app() -> PathBuf {
    let app = env::var_os("SIP_REGISTRAR_SETUP_APP")
        .map_or_else(|| target().join("debug/sip-registrar-setup"), PathBuf::from);
    assert!(
        app.is_file(),
        "{} is not built: run `cargo xtask test desktop`",
        app.display()
    );
    app
}
