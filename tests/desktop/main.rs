//! The built app in its real window.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "this is a test")]

mod about;
mod accounts;
mod activity;
mod clipboard_and_files;
mod crash;
mod credentials;
mod desk;
mod dragging;
mod external_api;
mod frame;
mod harness;
mod import;
mod jobs;
mod journey;
mod large;
mod many;
mod memory;
mod notifications;
mod odd_computers;
mod phones;
mod pointer;
mod practice;
mod pretend_api;
mod qr_codes;
mod questions;
mod realms;
mod recording;
mod refusals;
mod screen_reader;
mod set_up_phone;
mod starting;
mod support;
mod trainer;
mod walk;
mod written;
