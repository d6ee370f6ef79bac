//! The practice services keep the contracts of the real ones, and so do the app's requests.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api;
mod app;
mod command_line;
mod dashboard;
mod evidence;
mod prism;
mod saved;
mod shape;
mod strangers;
mod token;
mod twilio;
mod voice;
