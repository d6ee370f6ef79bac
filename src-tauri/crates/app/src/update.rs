//! Updates: how the update server is queried, and how the result is presented.
//!
//! The app checks for updates only on request. An update is installed only if its signature was
//! made with the key built into this app, for exactly the version offered.

use registrar_explain::words::Words;
use registrar_explain::{Failure, FailureKind, RecoveryOption};
use registrar_http::choose_ring;
use registrar_http::trust::Trust;
use registrar_secret::redact::{sanitized, sanitized_line};
use reqwest::ClientBuilder;

use crate::ipc::UpdateOffer;

/// Longest notes that are shown, in characters.
const LONGEST_NOTES: usize = 5000;

/// Makes a client that speaks TLS 1.2 or newer to those whom this computer trusts. Where it has no
/// list of them, the client trusts nobody.
pub fn client(builder: ClientBuilder, trust: &Trust) -> ClientBuilder {
    choose_ring();
    let builder = builder.https_only(true).referer(false);
    match trust.config() {
        Ok(tls) => builder.tls_backend_preconfigured(tls),
        Err(_) => builder.tls_certs_only([]),
    }
}

/// The package that the app was installed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package {
    /// A package of Debian's kind.
    Deb,
    /// A package of Red Hat's kind.
    Rpm,
    /// Another one on Linux, or none.
    OtherLinux,
    /// macOS' or Windows' own kind.
    Other,
}

/// Returns how a person installs an update where the app doesn't do so itself; `None` where it does.
///
/// On Linux the system's own programs install packages. The updater would run them as the
/// administrator and ask for the account's password in a window of its own, which teaches people to
/// type it wherever an app asks.
#[must_use]
pub fn by_hand(package: Package) -> Option<&'static str> {
    match package {
        Package::Deb => Some(
            "Download the .deb package from where you got this app. Then install it with Software, or \
             with sudo apt install ./ and the file’s name.",
        ),
        Package::Rpm => Some(
            "Download the .rpm package from where you got this app. Then install it with Software, or \
             with sudo dnf install ./ and the file’s name.",
        ),
        Package::OtherLinux => Some("Install the new version the way you installed this one."),
        Package::Other => None,
    }
}

/// Returns what the window shows of an update.
#[must_use]
pub fn offer(
    version: &str,
    current: &str,
    notes: Option<&str>,
    by_hand: Option<&str>,
) -> UpdateOffer {
    let notes = sanitized(notes.unwrap_or_default());
    UpdateOffer::Found {
        version: sanitized_line(version, 40),
        current: current.to_owned(),
        notes: notes.trim().chars().take(LONGEST_NOTES).collect(),
        by_hand: by_hand.map(ToOwned::to_owned),
    }
}

/// Why there is no update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It could not be put in the place of the app that runs.
    NotInstalled,
    /// It is not signed by the key of this build, or not for the version that was offered.
    NotSigned,
    /// What was offered is not in a form that this app reads.
    Unreadable,
    /// Nobody answered, or nobody who is trusted.
    Unreachable,
}

/// Says why there is no update, and what to do.
#[must_use]
pub fn failure(problem: Problem) -> Failure {
    let words = match problem {
        Problem::NotInstalled => Words::new(
            FailureKind::Storage,
            "The update wasn’t installed. This version keeps running.",
            &[
                "You don’t have permission to change this computer’s programs.",
                "The app wasn’t installed from its own package.",
            ],
            "Download the new version from where you got this one, and install it over this one.",
            &[RecoveryOption::TryAgain],
        ),
        Problem::NotSigned => Words::new(
            FailureKind::Refused,
            "The update isn’t signed by the makers of this app, so it was deleted.",
            &[
                "The file was damaged on the way.",
                "Someone put another file in its place.",
            ],
            "Nothing has changed. Tell whoever maintains the app, and don’t install that file by \
             hand.",
            &[],
        ),
        Problem::Unreadable => Words::new(
            FailureKind::Unreachable,
            "The app can’t read what it found at the update address.",
            &[
                "A proxy or the network’s sign-in page answered in its place.",
                "There’s no update for this kind of computer.",
            ],
            "Nothing has changed. Try again later.",
            &[RecoveryOption::TryAgain],
        ),
        Problem::Unreachable => Words::new(
            FailureKind::Unreachable,
            "The update address didn’t answer or isn’t trusted.",
            &[
                "This computer is offline.",
                "A company firewall or proxy blocks the app.",
                "Your company’s network reads encrypted connections (by a proxy), and this computer \
                 doesn’t trust it.",
            ],
            "Nothing has changed. Try again later, or from another network.",
            &[RecoveryOption::TryAgain],
        ),
    };
    Failure {
        kind: words.kind,
        sentence: words.sentence,
        causes: words.causes,
        next: words.next,
        detail: None,
        problems: Vec::new(),
        recovery_options: words.recovery_options,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_cut_and_hold_no_control_characters() {
        let notes = format!("New\u{1b}[31m\n{}", "x".repeat(100_000));

        let UpdateOffer::Found { notes, .. } = offer("0.2.0", "0.1.0", Some(&notes), None) else {
            panic!("nothing was offered")
        };

        assert!(notes.starts_with("New[31m\n") && notes.chars().count() <= LONGEST_NOTES);
    }

    #[test]
    fn linux_packages_are_installed_by_the_person() {
        let says = |package| by_hand(package).unwrap_or_default();

        assert!(says(Package::Deb).contains("apt install"));
        assert!(says(Package::Rpm).contains("dnf install"));
        assert!(!says(Package::OtherLinux).is_empty());
        assert_eq!(by_hand(Package::Other), None);
    }

    #[test]
    fn every_problem_says_that_nothing_or_what_was_changed() {
        for problem in [
            Problem::NotInstalled,
            Problem::NotSigned,
            Problem::Unreadable,
            Problem::Unreachable,
        ] {
            let failure = failure(problem);
            assert!(!failure.causes.is_empty() && !failure.next.is_empty());
        }
    }
}
