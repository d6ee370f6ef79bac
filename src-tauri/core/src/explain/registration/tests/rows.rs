//! A row for each answer of a registrar.

use super::*;

type Row = (CheckKind, By, Vec<Act>, Tone, &'static str);

/// What a registrar answers, and what its report says.
#[allow(clippy::too_many_lines, reason = "one table, a row for each verdict")]
pub(super) fn answers() -> Vec<Row> {
    use By::{Hash1, Hash1b, Hashes as H, Password as P};
    use CheckKind::{Full, Query};
    let other = challenge("other.example", ", qop=\"auth\"");
    let sha256 = challenge(REALM, ", qop=\"auth\", algorithm=SHA-256");
    let stale = challenge(REALM, ", stale=true");
    vec![
        (
            Query,
            H,
            vec![ask(), status(200)],
            Tone::Good,
            "accepts the stored hash for the user name bob (Hash1)",
        ),
        (
            Query,
            P,
            vec![ask(), status(200)],
            Tone::Good,
            "accepts the password for the user name bob (Hash1)",
        ),
        (
            Query,
            Hash1,
            vec![ask(), status(200)],
            Tone::Good,
            "accepts the hash for the user name bob (Hash1)",
        ),
        (
            Query,
            Hash1b,
            vec![ask(), status(200)],
            Tone::Good,
            "accepts the hash for the user name bob@r.example (Hash1b)",
        ),
        (
            Query,
            Hash1,
            vec![ask()],
            Tone::Bad,
            "refuses the credential. Tried: bob.",
        ),
        (
            Query,
            Hash1b,
            vec![ask()],
            Tone::Bad,
            "refuses the credential. Tried: bob@r.example.",
        ),
        (
            Query,
            H,
            vec![ask(), ask(), ask(), status(200)],
            Tone::Wait,
            "user name bob@r.example (Hash1b)",
        ),
        (
            Query,
            By::Allowed,
            vec![other.clone(), status(200)],
            Tone::Bad,
            "takes the password for it, but the SIP credential was made for realm r.example",
        ),
        (Query, H, vec![status(200)], Tone::Wait, "nothing is proved"),
        (
            Query,
            H,
            vec![asks("WWW-Authenticate", "Basic realm=\"r\"")],
            Tone::Bad,
            "cannot give: Basic",
        ),
        (
            Query,
            P,
            vec![ask()],
            Tone::Bad,
            "refuses the credential. Tried: bob and bob@r.example",
        ),
        (
            Query,
            H,
            vec![ask()],
            Tone::Bad,
            "refuses the credential. Tried: bob and bob@r.example",
        ),
        (Query, H, vec![status(403)], Tone::Bad, "(403)"),
        (Query, H, vec![ask(), status(403)], Tone::Bad, "(403)"),
        (
            Full,
            H,
            vec![status(423)],
            Tone::Bad,
            "does not say what it wants",
        ),
        (
            Full,
            H,
            vec![
                with(423, "Min-Expires", "90"),
                with(423, "Min-Expires", "900"),
            ],
            Tone::Bad,
            "asks for 900",
        ),
        (
            Query,
            H,
            vec![status(100)],
            Tone::Bad,
            "said that it is at work",
        ),
        (
            Query,
            H,
            vec![Act::Silent],
            Tone::Bad,
            "Nobody answers at r.example, port",
        ),
        (
            Query,
            H,
            vec![ask(), Act::Silent],
            Tone::Bad,
            "has now stopped answering",
        ),
        (
            Query,
            H,
            vec![Act::Spoiled(|text| text.replace("To:", "To"))],
            Tone::Bad,
            "one of its header lines can’t be read. It began “SIP/2.0 401 Words”",
        ),
        (
            Query,
            H,
            vec![Act::Elsewhere(200, Vec::new())],
            Tone::Bad,
            "An answer (200) came from 127.0.0.1:",
        ),
        (
            Query,
            H,
            vec![status(401)],
            Tone::Bad,
            "without saying what it asks for",
        ),
        (Query, H, vec![status(405)], Tone::Wait, "(405 Words)"),
        (
            Query,
            H,
            vec![other.clone()],
            Tone::Wait,
            "asks for realm other.example, the hash is for realm r.example",
        ),
        (
            Query,
            P,
            vec![other.clone()],
            Tone::Wait,
            "Not checked: the address asks for realm other.example, not r.example.",
        ),
        (
            Query,
            By::Allowed,
            vec![other],
            Tone::Bad,
            "asks for realm other.example, the credential was made for realm r.example",
        ),
        (
            Query,
            H,
            vec![with(302, "Contact", "<sip:elsewhere.example>")],
            Tone::Wait,
            "<sip:elsewhere.example>",
        ),
        (Query, H, vec![status(408)], Tone::Bad, "(408)"),
        (Query, H, vec![status(500)], Tone::Bad, "(500)"),
        (
            Query,
            H,
            vec![with(503, "Retry-After", "30")],
            Tone::Bad,
            "(503)",
        ),
        (Query, H, vec![sha256.clone()], Tone::Bad, "SHA-256"),
        (
            Query,
            P,
            vec![sha256, status(200)],
            Tone::Good,
            "accepts the password for the user name bob.",
        ),
        (Query, H, vec![stale], Tone::Bad, "too old"),
        (Query, H, vec![status(480)], Tone::Bad, "(480)"),
        (Query, H, vec![status(486)], Tone::Bad, "486 Words"),
        (
            Query,
            H,
            vec![status(404)],
            Tone::Bad,
            "does not know bob in realm r.example (404)",
        ),
    ]
}
