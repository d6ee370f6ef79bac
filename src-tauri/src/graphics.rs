//! Drawing on Linux. `WebKitGTK` shares buffers with the graphics card through DMA-BUF, which
//! NVIDIA's own driver doesn't support, so the window would stay blank.

use std::env;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use registrar_app::terminal;

/// `WebKitGTK`'s own switch, read before the first window is created.
const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Exists if NVIDIA's driver is loaded.
const DRIVER: [&str; 2] = ["proc/driver/nvidia", "sys/module/nvidia"];

/// Restarts the app with the switch set if NVIDIA's driver draws. The person's own setting is
/// respected. The environment of a running process can't be changed safely; if the restart fails,
/// the app continues.
pub(crate) fn avoid_blank_window() {
    if env::var_os(SWITCH).is_some() || !nvidia_draws(Path::new("/")) {
        return;
    }
    let mut arguments = env::args_os();
    if let (Ok(program), Some(name)) = (env::current_exe(), arguments.next()) {
        let error = Command::new(program)
            .arg0(name)
            .args(arguments)
            .env(SWITCH, "1")
            .exec();
        terminal::say(&format!(
            "SIP Registrar Setup couldn’t restart for NVIDIA’s driver: {error}"
        ));
    }
}

fn nvidia_draws(root: &Path) -> bool {
    DRIVER.iter().any(|path| root.join(path).exists())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nvidia_driver_is_found_where_it_is_loaded() {
        for path in DRIVER {
            let root = tempfile::tempdir().unwrap();
            assert!(!nvidia_draws(root.path()));
            fs::create_dir_all(root.path().join(path)).unwrap();
            assert!(nvidia_draws(root.path()), "{path}");
        }
    }
}
