//! Wording for a file that is served to a phone on the local network.

use std::io::ErrorKind;

use registrar_activity::Tone;
use registrar_provisioning::{End, Event};

use super::words::Words;
use super::{FailureKind, Notice, RecoveryOption};

/// Returns what happened while a file is served.
#[must_use]
pub fn event(event: Event) -> Notice {
    let (tone, sentence, next) = match event {
        Event::Fetched { by, times: 1 } => (
            Tone::Good,
            format!("{by} loaded the settings."),
            "If the phone asks for a password, enter it there.",
        ),
        Event::Fetched { by, times } => (
            Tone::Good,
            format!("{by} loaded the settings {times} times."),
            "If the phone asks for a password, enter it there.",
        ),
        Event::Refused { from } => (
            Tone::Wait,
            format!("{from} asked for the settings and got nothing."),
            "Only the first device that scans the code gets them. If that wasn’t your phone, stop, \
             and show a new code.",
        ),
        Event::Silent => (
            Tone::Wait,
            "No device has loaded the settings yet.".to_owned(),
            "Check that the phone is on the same network, not on a guest network or mobile data. \
             A firewall on this computer can block it, too.",
        ),
    };
    Notice {
        tone,
        sentence,
        next: Some(next.to_owned()),
    }
}

/// Returns why a file is no longer served.
#[must_use]
pub fn end(end: End) -> Notice {
    let (sentence, next) = match end {
        End::FetchedOften => (
            "This code no longer works: the settings were loaded 8 times.",
            "If the phone still needs them, show a new code.",
        ),
        End::NetworkGone => (
            "This code no longer works: this computer left that network.",
            "Connect to the phone’s network, and show a new code.",
        ),
        End::Slept => (
            "This code no longer works: this computer was asleep.",
            "Show a new code.",
        ),
        End::TimeOver => (
            "This code no longer works: 10 minutes have passed.",
            "Show a new code.",
        ),
    };
    Notice {
        tone: Tone::Plain,
        sentence: sentence.to_owned(),
        next: Some(next.to_owned()),
    }
}

/// Returns the words for a file that can't be served.
#[must_use]
pub fn words(kind: ErrorKind) -> Words {
    let (sentence, causes, next) = if kind == ErrorKind::AddrNotAvailable {
        (
            "This computer isn’t on that network anymore.",
            Vec::new(),
            "Choose another network.",
        )
    } else {
        (
            "The phone can’t load the settings from this computer.",
            vec!["Security software doesn’t let this app accept connections.".to_owned()],
            "Enter the settings by hand.",
        )
    };
    Words {
        sentence: sentence.to_owned(),
        causes,
        next: next.to_owned(),
        kind: FailureKind::Unreachable,
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::super::table::{self, Table};
    use super::*;

    #[test]
    fn the_table_has_all_about_a_served_file() {
        const PHONE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 20));
        let events = [
            Event::Fetched {
                by: PHONE,
                times: 1,
            },
            Event::Fetched {
                by: PHONE,
                times: 2,
            },
            Event::Refused { from: PHONE },
            Event::Silent,
        ];
        let ends = [
            End::FetchedOften,
            End::NetworkGone,
            End::Slept,
            End::TimeOver,
        ];
        Table::new("Sentences about settings that are served to a phone")
            .with("Meanwhile", events, |one| table::notice(&event(*one)))
            .with("At the end", ends, |one| table::notice(&end(*one)))
            .with(
                "Instead",
                [ErrorKind::AddrNotAvailable, ErrorKind::PermissionDenied],
                |kind| table::words(&words(*kind)),
            )
            .assert_is(include_str!("provisioning.md"));
    }
}
