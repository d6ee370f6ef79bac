//! What came that isn't SIP, or not a whole message of it.

use crate::message::bad;
use crate::{RecoveryOption, Verdict as Words};
use registrar_sip::astray::Noise;
use registrar_sip::message::Malformed;

pub(super) fn not_sip(what: &Noise) -> Words {
    let compare = "Compare host and port with what Bandwidth gave you, and type them.";
    let causes: &[&str] = match what.protocol {
        _ if what.is_damaged_sip() => &[
            "A router changes SIP messages on the way (SIP ALG).",
            "The registrar has a fault of its own.",
        ],
        Some("TLS") => &["The port is for encrypted connections (TLS) only."],
        Some(_) => &["The port belongs to another service, such as a website."],
        None => &[
            "The port belongs to another service, such as a website.",
            "The port is for encrypted connections (TLS) only.",
        ],
    };
    if what.is_damaged_sip() {
        let next = "Turn SIP ALG off in the router, or check from another network.";
        return bad(noise(what), causes, next, &[RecoveryOption::TryAgain]);
    }
    bad(noise(what), causes, compare, &[RecoveryOption::TypeAddress])
}

/// Says what came that is not a whole SIP message, and from where.
pub(crate) fn noise(noise: &Noise) -> String {
    let Noise {
        source,
        why,
        quote,
        protocol,
    } = noise;
    let quoted = if quote.is_empty() {
        String::new()
    } else {
        format!(" It began “{quote}”.")
    };
    if noise.is_damaged_sip() {
        let why = match why {
            Malformed::CutOff => "it ends before its Content-Length says",
            Malformed::Header => "one of its header lines can’t be read",
            Malformed::Start => "its first line can’t be read",
            Malformed::TooLarge => "it’s larger than any SIP message should be",
        };
        return format!(
            "Something came from {source} that isn’t a whole SIP message: {why}.{quoted}"
        );
    }
    match protocol {
        Some(protocol) => {
            format!("What answers at {source} doesn’t speak SIP but {protocol}.{quoted}")
        }
        None => format!(
            "Something came from {source} that isn’t a whole SIP message; what sent it doesn’t \
             speak SIP.{quoted}"
        ),
    }
}
