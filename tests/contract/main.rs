//! The practice services and the app's requests conform to the contracts of the real services.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api;
mod app;
mod command_line;
mod dashboard;
mod evidence;
mod phone_files;
mod prism;
mod qr_codes;
mod saved;
mod shape;
mod strangers;
mod token;
mod twilio;
mod voice;
