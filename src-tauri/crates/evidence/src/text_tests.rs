use super::*;
use crate::samples::{HOSTILE, ends, hostile, trace};

#[test]
fn log_has_each_message_and_says_what_when_and_how_it_ended() {
    let log = log(&trace(4));

    for line in [
        "Practice: nothing here is real.",
        "When:                         2026-11-24T15:30:12.045Z (Tuesday, 24 November 2026, \
         15:30:12 UTC)",
        "Registrar address:            UDP 203.0.113.5:5006",
        "✓ The registrar accepted the credential.",
        "  2. The second cause.",
        "Next step: Enter the same values in the phone.",
        "  - sip:bob@192.0.2.9:5060, for 59 more seconds (this computer)",
        "4 messages:",
        "== UDP, 192.0.2.7:40000 to 203.0.113.5:5006 ==",
        "1. +0.000 ms  →  REGISTER",
        "2. +1.234 ms  ←  401 Unauthorized",
        "The registrar asks this computer to sign in for realm office.1a2b3c.auth.bandwidth.com.",
        "    CSeq: 2 REGISTER",
        "    Authentication-Info: Digest rspauth=\"••••••\"",
    ] {
        assert!(
            log.lines().any(|other| other == line),
            "missing: {line}\n{log}"
        );
    }
    assert!(!log.contains('\r') && log.ends_with(".\n"), "{log}");
    assert_eq!(log.matches("== UDP").count(), 1, "said once while it holds");
}

#[test]
fn other_ends_are_named_where_they_begin() {
    let mut trace = trace(4);
    trace.messages[2].ends = Some(ends("[2001:db8::7]:40001", "[2001:db8::5]:5006"));

    let log = log(&trace);

    let (before, after) = log
        .split_once("== UDP, [2001:db8::7]:40001 to [2001:db8::5]:5006 ==")
        .unwrap();
    assert!(before.contains("\n2. ") && after.contains("\n3. "));
}

#[test]
fn message_cannot_imitate_a_log_line_or_control_a_terminal() {
    let mut trace = hostile(HOSTILE);
    trace.messages[0].text = "SIP/2.0 200 OK\n\n9. +0.000 ms  →  FORGED\n== forged ==".to_owned();

    let log = log(&trace);

    assert!(log.contains("    9. +0.000 ms  →  FORGED"), "{log}");
    assert!(
        !log.contains("\n9. ") && !log.contains("\n== forged"),
        "{log}"
    );
    assert!(
        !log.contains(['\u{1b}', '\u{7}', '\u{0}', '\u{202e}', '\u{2066}']),
        "{log:?}"
    );
}

#[test]
fn none_and_many_messages_are_counted() {
    assert!(log(&trace(0)).contains("No messages were sent or received."));
    let many = log(&trace(200));

    assert!(many.contains("200 messages:") && many.contains("\n200. +245.566 ms  ←  200 OK"));
}
