//! Links that open the app from outside: only `sipregistrar://practice`.
//!
//! Any web page or message can contain such a link, so it is parsed strictly, and no part of an
//! unknown one is repeated.

use registrar_activity::Tone;
use registrar_explain::Notice;

use crate::ipc::DeepLinkRequest;

/// What links of this app begin with.
pub const SCHEME: &str = "sipregistrar";
/// Most links that one start of the app may bring.
const MOST: usize = 4;

/// A link that this app knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Opens practice.
    Practice,
}

impl Link {
    /// Reads a link; `None` where it is anything but one of this app's, letter by letter. Systems
    /// and browsers may add a slash, or change the case.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let known = ["sipregistrar://practice", "sipregistrar://practice/"];
        let practice = known.iter().any(|link| text.eq_ignore_ascii_case(link));
        practice.then_some(Self::Practice)
    }
}

/// Tells the window what a link asks for.
#[must_use]
pub fn asked(text: &str) -> DeepLinkRequest {
    match Link::read(text) {
        Some(Link::Practice) => DeepLinkRequest::Practice,
        None => DeepLinkRequest::Nothing {
            notice: Notice {
                tone: Tone::Plain,
                sentence: "A link wasn’t opened, because this app doesn’t know it.".to_owned(),
                next: Some(format!(
                    "This app’s only link is {SCHEME}://practice, which starts practice."
                )),
            },
        },
    }
}

/// Picks the links out of the arguments that the app was started with; the first one is the app
/// itself.
pub fn among(arguments: impl IntoIterator<Item = String>) -> impl Iterator<Item = String> {
    let own = |argument: &String| {
        let scheme = argument.split_once(':').map(|(scheme, _)| scheme);
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME)) || argument.contains("://")
    };
    arguments.into_iter().skip(1).filter(own).take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_practice_is_read_as_systems_hand_it_over() {
        for text in [
            "sipregistrar://practice",
            "sipregistrar://practice/",
            "SipRegistrar://Practice",
        ] {
            assert_eq!(Link::read(text), Some(Link::Practice), "{text}");
        }
    }

    #[test]
    fn every_other_link_is_ignored() {
        for text in [
            "",
            "sipregistrar",
            "sipregistrar:",
            "sipregistrar:practice",
            "sipregistrar:/practice",
            "sipregistrar:///practice",
            "sipregistrar://",
            "sipregistrar://practice/reset",
            "sipregistrar://practice//",
            "sipregistrar://practice/..",
            "sipregistrar://practice?account=1",
            "sipregistrar://practice?",
            "sipregistrar://practice#",
            "sipregistrar://practice:80",
            "sipregistrar://someone@practice",
            "sipregistrar://someone:secret@practice",
            "sipregistrar://practice.evil.example",
            "sipregistrar://practice%00",
            "sipregistrar://%70ractice",
            "sipregistrar://practice\0",
            "sipregistrar://practice\n--flag",
            " sipregistrar://practice",
            "sipregistrar://practice ",
            "sipregistrar://prаctice",
            "xsipregistrar://practice",
            "https://practice",
            "file:///practice",
            "javascript:alert(1)",
        ] {
            assert_eq!(Link::read(text), None, "{text}");
        }
    }

    #[test]
    fn an_endless_link_is_not_read() {
        let text = format!("sipregistrar://practice/{}", "x".repeat(1_000_000));

        assert_eq!(Link::read(&text), None);
    }

    #[test]
    fn nothing_of_an_unknown_link_is_repeated() {
        let DeepLinkRequest::Nothing { notice } = asked("sipregistrar://canary-7f3a") else {
            panic!("it was opened")
        };

        assert!(!format!("{notice:?}").contains("canary"), "{notice:?}");
    }

    #[test]
    fn links_are_told_from_other_arguments() {
        let arguments = [
            "sipregistrar://the-app-itself",
            "--verbose",
            "sipregistrar:x",
            "C:\\a file",
            "https://example.com",
        ];

        let found: Vec<_> = among(arguments.map(str::to_owned)).collect();

        assert_eq!(found, ["sipregistrar:x", "https://example.com"]);
    }

    #[test]
    fn a_start_with_many_links_brings_few() {
        let arguments = std::iter::repeat_n("a://b".to_owned(), 1000);

        assert_eq!(among(arguments).count(), MOST);
    }
}
