//! The target systems for cross-building.

/// A system, and how programs for it are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// macOS on Apple's processors. Only its types can be checked.
    Mac,
    /// Windows with the free linker: it can also be built, and run under Wine.
    WindowsGnu,
    /// Windows as it is shipped, with the linker of Visual Studio. Only its types can be checked.
    WindowsMsvc,
}

impl System {
    /// All of them; the one that finds most comes first.
    pub(crate) const ALL: [Self; 3] = [Self::WindowsGnu, Self::WindowsMsvc, Self::Mac];

    /// Rust's name for it.
    pub(crate) fn triple(self) -> &'static str {
        match self {
            Self::Mac => "aarch64-apple-darwin",
            Self::WindowsGnu => "x86_64-pc-windows-gnu",
            Self::WindowsMsvc => "x86_64-pc-windows-msvc",
        }
    }

    /// Its name as cargo reads it from the environment: `X86_64_PC_WINDOWS_GNU`.
    pub(crate) fn variable(self) -> String {
        self.triple().to_uppercase().replace('-', "_")
    }

    /// Returns whether a C compiler for it is at hand. Without one, a stand-in does for a check.
    pub(crate) fn has_c(self) -> bool {
        match self {
            Self::WindowsGnu => true,
            Self::Mac | Self::WindowsMsvc => false,
        }
    }
}
