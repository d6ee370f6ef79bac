//! Puts failures into words: what happened, why, and what to do next.
//!
//! Wording: no blame, no 'please', no exclamation mark, no code without its meaning.
//!
//! There is a function for each error and each outcome; they return a [`Failure`], a [`Notice`] or
//! a [`Verdict`], as shown in the window. All wording is in tables beside the source files, so that
//! a change of a word is visible there.
//!
//! ```
//! use registrar_activity::{Service, Silence};
//! use registrar_explain::{FailureKind, request};
//!
//! let failure = request::failure(&registrar_http::Error::Unreachable {
//!     service: Service::Dashboard,
//!     silence: Silence::TimedOut,
//! });
//!
//! assert_eq!(failure.kind, FailureKind::Unreachable);
//! assert_eq!(failure.sentence, "Bandwidth didn’t answer in time.");
//! ```

pub mod action;
pub mod activity;
pub mod api_users;
pub mod batch_check;
pub mod broken;
pub mod call;
pub mod dashboard;
mod dashboard_codes;
pub mod difference;
pub mod discovery;
pub mod dns;
pub mod hash;
pub mod import;
mod isolate;
pub mod keychain;
mod message;
pub mod message_chart;
pub mod name;
pub mod new_realm;
pub mod number;
pub mod password;
pub mod path;
pub mod phone;
pub mod ping;
pub mod provisioning;
pub mod registration;
mod report;
pub mod request;
#[cfg(test)]
mod sentences;
pub mod storage;
#[cfg(test)]
mod table;
mod targets;
mod tls;
pub mod transport;
pub mod twilio;
mod twilio_codes;
pub mod voice;
pub mod why;
pub mod words;

use std::time::Duration;

use registrar_activity::Tone;
use registrar_bandwidth::discovery::Found;
use registrar_keychain::Failure as KeychainFailure;
use registrar_sip::uri::Uri;
use registrar_sip::{BindingView, TransportName};

pub use self::discovery::DnsView;
pub use self::isolate::isolated;
pub use self::message::{
    Failure, FailureKind, FieldProblem, Notice, RecoveryOption, SummaryRow, Verdict,
};
pub use self::registration::WatchTick;
pub use self::report::{
    CallSound, CallState, CheckQuestion, CheckReport, LocalCallReading, LocalCallReport,
    LocalCallState, PathView, PingReport, TargetView,
};
pub use self::targets::outcome as in_few_words;

/// Says that a secret couldn't be saved, and that the app will ask again.
#[must_use]
pub fn not_remembered(failure: KeychainFailure) -> Notice {
    let words = keychain::words(failure);
    Notice {
        tone: Tone::Wait,
        sentence: words.sentence,
        next: Some(words.next),
    }
}

/// Says what went wrong when a secret was saved in the keychain or deleted from it.
#[must_use]
pub fn not_kept(done: Result<(), KeychainFailure>, remember: bool) -> Option<Notice> {
    let failure = done.err()?;
    if remember {
        return Some(not_remembered(failure));
    }
    let words = keychain::words(failure);
    Some(Notice {
        tone: Tone::Wait,
        sentence: "The secret may still be in the keychain.".to_owned(),
        next: Some(format!("{} {}", words.sentence, words.next)),
    })
}

/// Says that a secret may still be in the keychain.
#[must_use]
pub fn not_forgotten(failure: KeychainFailure) -> String {
    let words = keychain::words(failure);
    format!(
        "{} This account’s secrets may still be there. {}",
        words.sentence, words.next
    )
}

/// Says where a phone is registered from and when that expires.
#[must_use]
pub fn registered_from(binding: &BindingView) -> String {
    // Rounded down, so that it doesn't say more than is left.
    let time = number::time(Duration::from_secs(match binding.expires.into() {
        seconds @ 0..120 => seconds,
        seconds @ 120..7200 => seconds / 60 * 60,
        seconds => seconds / 3600 * 3600,
    }));
    let host = Uri::parse(&binding.address).map(|uri| uri.host);
    let from = host.as_deref().unwrap_or(&binding.address);
    format!("A phone is registered from {from}. Its registration expires in {time}.")
}

/// The likely causes why a phone doesn't register, likeliest first.
#[must_use]
pub fn phone_hints(found: &Found) -> Vec<String> {
    let port = found.port(TransportName::Udp).map_or_else(
        || "Port: phones try 5060 on their own, but Bandwidth’s is another one.".to_owned(),
        |port| format!("Port: it must be {port}. Phones try 5060 on their own."),
    );
    vec![
        port,
        "Transport: choose UDP, the only one that Bandwidth documents.".to_owned(),
        "User name: some phones add the realm. For the authentication name, try the user name \
         alone, then the user name with @ and the realm."
            .to_owned(),
        "SIP ALG: the router may change the phone’s messages. Turn off SIP ALG in the router."
            .to_owned(),
    ]
}
