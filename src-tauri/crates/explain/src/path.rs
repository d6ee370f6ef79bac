//! Describes what the network path to the registrar does to our messages.

use crate::isolate::foreign;
use crate::{Notice, PathView};
use registrar_activity::Tone;
use registrar_sip::path::{Nat, Path, Rewritten};

/// What a registrar does so that calls get through a router.
const REPAIRED: &str = "The registrar stores the address that it sees for this computer, so calls \
                        can find the way back through the router.";

/// Converts a path for the window.
#[must_use]
pub fn view(path: &Path) -> PathView {
    PathView {
        local: path.local().to_string(),
        seen_as: path.seen_as().map(|address| address.to_string()),
        nat: translation(path),
        alg: rewriting(path),
    }
}

/// Says that the registrar stored the address it sees in place of ours.
#[must_use]
pub fn repaired(path: &Path) -> Option<String> {
    path.repaired().then(|| REPAIRED.to_owned())
}

fn translation(path: &Path) -> Notice {
    let (tone, sentence, next) = match path.nat() {
        Nat::Translated(seen_as) if path.repaired() => (
            Tone::Good,
            format!("A router translates addresses: the registrar sees {seen_as}. {REPAIRED}"),
            None,
        ),
        Nat::No => (
            Tone::Good,
            "No address translation: the registrar sees this computer’s own address.".to_owned(),
            None,
        ),
        Nat::Translated(seen_as) => (
            Tone::Plain,
            format!("A router translates addresses: the registrar sees {seen_as}."),
            Some(
                "That’s usual. A phone behind the router must register often enough to stay \
                 reachable.",
            ),
        ),
        Nat::Unknown => (
            Tone::Plain,
            "We can’t tell whether a router translates addresses. The registrar doesn’t say what \
             it sees, and not all registrars do."
                .to_owned(),
            None,
        ),
    };
    Notice {
        tone,
        sentence,
        next: next.map(str::to_owned),
    }
}

/// Says what came back changed, as a router's SIP ALG does.
#[must_use]
pub fn rewriting(path: &Path) -> Option<String> {
    let changed: Vec<String> = path.rewritten().iter().map(name).collect();
    let changed = changed.join(", ");
    Some(match path.rewritten() {
        [] => return None,
        // Some registrars change this alone, to keep phones behind routers reachable.
        [Rewritten::Contact { .. }] => format!(
            "SIP ALG suspected, a router setting that changes messages. Came back changed: \
             {changed}. Some registrars change this, too. If phones have trouble, turn off SIP ALG \
             in the router."
        ),
        _ => format!(
            "SIP ALG suspected, a router setting that changes messages. Came back changed: \
             {changed}. Turn off SIP ALG in the router."
        ),
    })
}

fn name(rewritten: &Rewritten) -> String {
    match rewritten {
        Rewritten::Branch => "Via branch".to_owned(),
        Rewritten::CallId => "Call-ID".to_owned(),
        Rewritten::Contact { listed } => {
            format!("Contact (as {})", foreign(listed, 100))
        }
        Rewritten::Cseq => "CSeq".to_owned(),
        Rewritten::FromTag => "From tag".to_owned(),
        Rewritten::SentBy { returned } => {
            format!("Via address (as {})", foreign(returned, 100))
        }
    }
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests {
    use super::*;
    use registrar_sip::message::Message;

    const LOCAL: &str = "10.0.0.5:5070";

    fn path(via: &str) -> Path {
        let request = Message::request("REGISTER", "sip:r")
            .with("Via", format!("SIP/2.0/UDP {LOCAL};rport;branch=b"));
        let response = Message::response(200, "OK").with("Via", via);
        let mut path = Path::new(LOCAL.parse().unwrap());
        path.compare(&request, &response);
        path
    }

    #[test]
    fn each_way_has_its_own_words() {
        for (via, words, alg) in [
            (
                "SIP/2.0/UDP 10.0.0.5:5070;received=10.0.0.5;rport=5070;branch=b",
                "No address translation",
                None,
            ),
            (
                "SIP/2.0/UDP 10.0.0.5:5070;received=203.0.113.7;rport=40112;branch=b",
                "sees 203.0.113.7:40112",
                None,
            ),
            ("SIP/2.0/UDP 10.0.0.5:5070;branch=b", "doesn’t say", None),
            (
                "SIP/2.0/UDP <b>203.0.113.7;branch=b",
                "doesn’t say",
                Some("Came back changed: Via address (as <b>203.0.113.7)."),
            ),
        ] {
            let view = view(&path(via));

            assert!(view.nat.sentence.contains(words), "{view:?}");
            assert_eq!(view.alg.is_some(), alg.is_some(), "{view:?}");
            assert!(view.alg.unwrap_or_default().contains(alg.unwrap_or("")));
        }
    }
}
