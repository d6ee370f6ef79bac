//! The built app in its real window.
#![cfg(target_os = "linux")]
