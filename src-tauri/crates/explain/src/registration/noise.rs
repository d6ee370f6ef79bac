//! Input that isn't SIP, or isn't a complete message.

use crate::message::bad;
use crate::{RecoveryOption, Verdict as Words};
use registrar_sip::message::Malformed;
use registrar_sip::noise::Noise;

pub(super) fn not_sip(what: &Noise) -> Words {
    let compare = "Ask Bandwidth support for the registrar’s host and port, then enter them.";
    let causes: &[&str] = match what.protocol {
        _ if what.is_damaged_sip() => &[
            "A router setting called SIP ALG changes the messages.",
            "The registrar isn’t working properly.",
        ],
        Some("TLS") => &["This port is for encrypted connections (TLS) only."],
        Some(_) => &["The port belongs to another service, such as a website."],
        None => &[
            "The port belongs to another service, such as a website.",
            "This port is for encrypted connections (TLS) only.",
        ],
    };
    if what.is_damaged_sip() {
        let next = "Check from another network. If it works there, turn off SIP ALG in the router. Your \
             internet provider can tell you how.";
        return bad(noise(what), causes, next, &[RecoveryOption::TryAgain]);
    }
    bad(noise(what), causes, compare, &[RecoveryOption::TypeAddress])
}

/// Describes input that isn't a complete SIP message, and its source.
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
        format!(" It began with “{quote}”.")
    };
    if noise.is_damaged_sip() {
        let why = match why {
            Malformed::CutOff => "It ends before its Content-Length says.",
            Malformed::Header => "One of its header lines can’t be read.",
            Malformed::Start => "Its first line can’t be read.",
            Malformed::TooLarge => "It’s larger than any SIP message should be.",
        };
        return format!("A damaged SIP message came from {source}. {why}{quoted}");
    }
    match protocol {
        Some(protocol) => {
            format!("The server at {source} speaks {protocol}, not SIP.{quoted}")
        }
        None => format!(
            "Something that isn’t a whole SIP message came from {source}. What sent it doesn’t \
             speak SIP.{quoted}"
        ),
    }
}
