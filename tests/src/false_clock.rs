//! A wall clock for another process that tests set as they like; its monotonic clock stays true.
//!
//! libfaketime does that, from inside the process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the library lies on Debian and on Fedora.
const PLACES: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/faketime",
    "/usr/lib/aarch64-linux-gnu/faketime",
    "/usr/lib64/faketime",
    "/usr/lib/faketime",
];

/// A clock that jumps when it is told to.
#[derive(Debug)]
pub struct FalseClock {
    moment: PathBuf,
}

impl FalseClock {
    /// Makes a clock whose moment is kept in this folder.
    #[must_use]
    pub fn begin(folder: &Path, moment: &str) -> Self {
        let clock = Self {
            moment: folder.join("moment"),
        };
        clock.set(moment);
        clock
    }

    /// Sets it, as libfaketime writes moments: `@1970-01-02 03:04:05` and on from there, or `+20y`.
    pub fn set(&self, moment: &str) {
        // Never half written: the other process looks at it at any time.
        let beside = self.moment.with_extension("new");
        fs::write(&beside, format!("{moment}\n")).unwrap();
        fs::rename(&beside, &self.moment).unwrap();
    }

    /// Gives this clock to the process that the command starts.
    pub fn give(&self, command: &mut Command) {
        for (name, value) in self.environment() {
            command.env(name, value);
        }
    }

    /// Returns the variables that a process needs to have this clock.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, PathBuf); 4] {
        let library = PLACES
            .iter()
            .map(|place| Path::new(place).join("libfaketimeMT.so.1"))
            .find(|library| library.exists());
        [
            ("LD_PRELOAD", library.expect("libfaketime is there")),
            ("FAKETIME_TIMESTAMP_FILE", self.moment.clone()),
            ("FAKETIME_NO_CACHE", "1".into()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
        ]
    }
}
