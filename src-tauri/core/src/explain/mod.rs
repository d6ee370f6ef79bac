//! What a failure means in plain words, why it may have happened, and what to do next.

pub mod keychain;
pub mod dashboard;
mod dashboard_codes;
pub mod registration;
pub mod transport;
pub mod twilio;
mod twilio_codes;
pub mod words;

pub use words::Words;
