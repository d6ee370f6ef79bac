//! Failures in words: what happened, why, and the next thing to do.
//!
//! Wording: no blame, no 'please', no exclamation mark, no code without its meaning.

pub mod activity;
pub mod broken;
pub mod call;
pub mod dashboard;
mod dashboard_codes;
pub mod dns;
pub mod fleet;
pub mod import;
pub mod keychain;
mod message;
pub mod name;
pub mod password;
pub mod path;
pub mod ping;
pub mod registrar;
pub mod registration;
mod report;
#[cfg(test)]
mod sentences;
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

use crate::activity::{Service, Tone};
use crate::http::Refusal;
use crate::keychain::Failure as KeychainFailure;
use crate::registrar::Found;
use crate::sip::uri::Uri;
use crate::sip::{BindingView, TransportName};
use crate::store::is_newer_wrote;
use crate::{Error, http};

pub use self::message::{Failure, FailureKind, Notice, SummaryRow, Verdict, WayOn};
pub use self::registrar::DnsView;
pub use self::report::{
    CallSound, CallState, CheckQuestion, CheckReport, FleetProgress, FleetReport, LocalCallReading,
    LocalCallReport, LocalCallState, PathView, PingReport, TargetView,
};
pub use self::targets::outcome as in_few_words;

use self::words::Words;

/// Returns a failure as the window shows it.
#[must_use]
pub fn failure(error: &Error) -> Failure {
    let words = words(error);
    let detail = if let Error::Http(http::Error::Refused(refusal)) = error {
        Some(detail(refusal))
    } else {
        None
    };
    let problems = if let Error::Invalid { problems } = error {
        problems.clone()
    } else {
        Vec::new()
    };
    Failure {
        kind: words.kind,
        sentence: words.sentence,
        causes: words.causes,
        next: words.next,
        detail,
        problems,
        ways_on: words.ways_on,
    }
}

/// Returns a failure as a sentence above a step that goes on all the same.
#[must_use]
pub fn notice(error: &Error) -> Notice {
    let failure = failure(error);
    // What is wrong with a form that is not on the screen is said in full.
    let problem = failure.problems.into_iter().next();
    if let Some(problem) = problem {
        return Notice {
            tone: Tone::Wait,
            sentence: problem.sentence,
            next: None,
        };
    }
    Notice {
        tone: Tone::Wait,
        sentence: failure.sentence,
        next: Some(failure.next),
    }
}

/// Says that a secret could not be kept, and that the app will ask again.
#[must_use]
pub fn not_remembered(failure: KeychainFailure) -> Notice {
    let words = keychain::words(failure);
    Notice {
        tone: Tone::Wait,
        sentence: words.sentence,
        next: Some(format!(
            "The app works on, and asks for the secret again next time. {}",
            words.next
        )),
    }
}

/// Says what went wrong when a secret was put into the keychain, or was taken out of it.
#[must_use]
pub fn not_kept(done: Result<(), KeychainFailure>, remember: bool) -> Option<Notice> {
    let failure = done.err()?;
    Some(if remember {
        not_remembered(failure)
    } else {
        Notice {
            tone: Tone::Wait,
            sentence: "The secret may still be in the keychain.".to_owned(),
            next: Some(keychain::words(failure).sentence),
        }
    })
}

/// Says that a secret may still be in the keychain.
#[must_use]
pub fn not_forgotten(failure: KeychainFailure) -> String {
    let words = keychain::words(failure);
    format!(
        "{} Its secrets may still be there. {}",
        words.sentence, words.next
    )
}

/// Says where a phone is registered from and for how long.
#[must_use]
pub fn registered_from(binding: &BindingView) -> String {
    let time = match binding.expires {
        0..=119 => format!("{} seconds", binding.expires),
        seconds => format!("{} minutes", seconds / 60),
    };
    let host = Uri::parse(&binding.address).map(|uri| uri.host);
    let from = host.as_deref().unwrap_or(&binding.address);
    format!("Registered from {from}, for {time}.")
}

/// The likely causes why a phone does not register, in their order.
#[must_use]
pub fn phone_hints(found: &Found) -> Vec<String> {
    let port = found.port(TransportName::Udp).map_or_else(
        || "The port: phones try 5060 by themselves; Bandwidth's is another one.".to_owned(),
        |port| format!("The port: it must be {port}. Phones try 5060 by themselves."),
    );
    vec![
        port,
        "The transport: set it to UDP, the only one that Bandwidth documents.".to_owned(),
        "The form of the name: some phones add the realm. Try the user name alone, then the user \
         name with @ and the realm as the authentication name."
            .to_owned(),
        "SIP ALG: a router between the phone and the internet may rewrite its messages. Turn SIP \
         ALG off there."
            .to_owned(),
    ]
}

fn refused(refusal: &Refusal) -> Words {
    match refusal.service {
        Service::Twilio => twilio::refusal(refusal),
        Service::Voice => voice::refusal(refusal),
        Service::Dashboard | Service::Token | Service::Dns | Service::Registrar => {
            dashboard::refusal(refusal)
        }
    }
}

fn detail(refusal: &Refusal) -> String {
    let number = refusal.code.map(|code| format!("Code {code}"));
    let status = format!("HTTP status {}", refusal.status);
    let parts: Vec<String> = refusal
        .description
        .clone()
        .into_iter()
        .chain(number)
        .chain([status])
        .collect();
    parts.join(" · ")
}

fn words(error: &Error) -> Words {
    match error {
        Error::Broken { done } => broken::words(done.as_deref()),
        Error::Cancelled => Words {
            sentence: "Stopped.".to_owned(),
            causes: Vec::new(),
            next: "Nothing was changed. Start again when you like.".to_owned(),
            kind: FailureKind::Cancelled,
            ways_on: Vec::new(),
        },
        Error::Changed { differences } => Words {
            sentence: "Somebody else changed this SIP credential meanwhile.".to_owned(),
            causes: Vec::new(),
            next: format!(
                "{} Nothing was sent. The list shows it as it is by now: look at it, and start \
                 again if that is still what you want.",
                differences.join(" ")
            ),
            kind: FailureKind::Refused,
            ways_on: vec![WayOn::TryAgain],
        },
        Error::Clipboard => Words {
            sentence: "The clipboard did not take it.".to_owned(),
            causes: vec!["Another program may hold it, or the system has none.".to_owned()],
            next: "Press Copy again, or press Show and type it.".to_owned(),
            kind: FailureKind::Storage,
            ways_on: Vec::new(),
        },
        Error::Printing => Words {
            sentence: "The system opened no print dialog.".to_owned(),
            causes: vec!["No printing is set up on this computer.".to_owned()],
            next: "Save the sheet as a file, and print that from another program.".to_owned(),
            kind: FailureKind::Storage,
            ways_on: Vec::new(),
        },
        Error::Stopped { done } => Words {
            sentence: "Stopped on the way.".to_owned(),
            causes: Vec::new(),
            next: done.clone(),
            kind: FailureKind::Cancelled,
            ways_on: Vec::new(),
        },
        Error::Import(fault) => import::words(fault),
        Error::Invalid { problems } => Words {
            sentence: match problems.len() {
                1 => "One field needs another value.".to_owned(),
                many => format!("{many} fields need another value."),
            },
            causes: Vec::new(),
            next: "Nothing was changed by it. Correct it and go on.".to_owned(),
            kind: FailureKind::Invalid,
            ways_on: Vec::new(),
        },
        Error::KeptOtherwise { differences, .. } => Words {
            sentence: "Bandwidth took it, but keeps something else than was sent.".to_owned(),
            causes: Vec::new(),
            next: format!(
                "{} Try it once more. If it stays so, send Bandwidth support this sentence and the \
                 user name.",
                differences.join(" ")
            ),
            kind: FailureKind::Refused,
            ways_on: vec![WayOn::TryAgain],
        },
        Error::Dns(failure) => dns::words(*failure),
        Error::Keychain(failure) => keychain::words(*failure),
        Error::Lost { done } => Words {
            sentence: "That did not come to an end that is known.".to_owned(),
            causes: vec!["An answer on the way was lost.".to_owned()],
            next: done.clone(),
            kind: FailureKind::Unreachable,
            ways_on: Vec::new(),
        },
        Error::NoCheck => Words {
            sentence: "There is no check to save.".to_owned(),
            causes: vec!["No check of this credential has ended since it was opened.".to_owned()],
            next: "Press Check now. When it has ended, save it.".to_owned(),
            kind: FailureKind::Invalid,
            ways_on: Vec::new(),
        },
        Error::OutOfStep => Words {
            sentence: "That does not belong to the step that is open.".to_owned(),
            causes: vec!["The step was left before this was done.".to_owned()],
            next: "Go on with the step on the screen.".to_owned(),
            kind: FailureKind::Cancelled,
            ways_on: Vec::new(),
        },
        Error::Outdated => outdated(),
        Error::PasswordsFile(source) => storage("the file of passwords", source, WayOn::OtherPlace),
        Error::Storage { what, source } => storage(what, source, WayOn::TryAgain),
        Error::Http(error) => match error {
            http::Error::Refused(refusal) => refused(refusal),
            http::Error::Insecure => words(&http::Error::Insecure.into()),
            http::Error::Malformed { .. }
            | http::Error::TooLarge { .. }
            | http::Error::Unreachable { .. }
            | http::Error::Untrusted { .. } => {
                transport::words(error).unwrap_or_else(|| words(&Error::OutOfStep))
            }
        },
    }
}

fn outdated() -> Words {
    Words {
        sentence: "The list is older than what a job of this account did.".to_owned(),
        causes: vec![
            "A job gave SIP credentials other passwords, made, moved or deleted some.".to_owned(),
        ],
        next: "Nothing was sent. Refresh the list, and begin again from what it shows.".to_owned(),
        kind: FailureKind::Refused,
        ways_on: Vec::new(),
    }
}

fn storage(what: &str, source: &std::io::Error, way_on: WayOn) -> Words {
    let sentence = if is_newer_wrote(source) {
        "A newer version of this app wrote what is kept here, so this one keeps nothing.".to_owned()
    } else {
        format!("This computer could not keep {what}.")
    };
    Words {
        sentence,
        causes: vec![storage_cause(source)],
        next: storage_next(source).to_owned(),
        kind: FailureKind::Storage,
        ways_on: vec![way_on],
    }
}

fn storage_cause(source: &std::io::Error) -> String {
    use std::io::ErrorKind::{
        FileTooLarge, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let kind = source.kind();
    if is_newer_wrote(source) {
        return "All versions share one data folder, and an older one cannot tell what it would \
                spoil there."
            .to_owned();
    }
    if kind == NotFound {
        return "It is not where it was, or the folder for it is not there.".to_owned();
    }
    if matches!(kind, PermissionDenied | ReadOnlyFilesystem) {
        "The folder cannot be written to.".to_owned()
    } else if kind == StorageFull {
        "The disk is full.".to_owned()
    } else if matches!(kind, FileTooLarge | QuotaExceeded) {
        "This user's share of the disk is full.".to_owned()
    } else {
        format!("The system said: {source}.")
    }
}

fn storage_next(source: &std::io::Error) -> &'static str {
    use std::io::ErrorKind::{NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull};
    let kind = source.kind();
    if is_newer_wrote(source) {
        "Use the newer version, and install it again where it is gone."
    } else if kind == NotFound {
        "Put it back, or choose another place, and try again."
    } else if matches!(kind, PermissionDenied | ReadOnlyFilesystem) {
        "Give yourself the right to write there, or have it given to you, and try again."
    } else if kind == StorageFull {
        "Make room on the disk, and try again."
    } else {
        "Make room or give yourself the right to write there, and try again."
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::store::newer_wrote;

    #[test]
    fn a_system_that_cannot_is_not_taken_for_a_newer_version() {
        let what = "a file";
        let words = |source: io::Error| failure(&Error::Storage { what, source });

        let newer = words(newer_wrote());
        let system = words(io::ErrorKind::Unsupported.into());

        assert!(newer.sentence.contains("newer version"), "{newer:?}");
        assert!(
            system.sentence.contains("could not keep a file"),
            "{system:?}"
        );
        assert!(!system.next.contains("newer version"), "{system:?}");
    }
}
