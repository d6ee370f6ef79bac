//! Why a call can't be placed.

use registrar_http as http;

/// Why a call wasn't placed, sorted by what a caller does about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Twilio would refuse the call as it is. Nothing was sent.
    #[error(transparent)]
    Call(#[from] CallProblem),
    /// The request came to nothing.
    #[error(transparent)]
    Http(#[from] http::Error),
}

/// What Twilio would refuse of a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no call that can be placed: {self:?}")]
pub enum CallProblem {
    /// The password is empty, or longer than 255 characters.
    Password,
    /// The address is no SIP URI, or longer than 254 bytes.
    Target,
    /// The message is `TwiML` that can't be played.
    Twiml(TwimlProblem),
    /// The message's address can't be asked.
    Url(UrlProblem),
    /// The user name is empty, or longer than 255 characters.
    UserName,
}

/// Why Twilio can't fetch `TwiML` from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no address for Twilio: {self:?}")]
pub enum UrlProblem {
    /// It is no URL, or too long for one.
    Malformed,
    /// It is empty.
    Missing,
    /// It is neither HTTP nor HTTPS.
    OtherScheme,
    /// It has a user name or a password in it.
    WithSignIn,
}

/// Why typed text can't be played as `TwiML`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no TwiML: {self:?}")]
pub enum TwimlProblem {
    /// Twilio would refuse what begins at one place.
    At {
        /// The line, from 1.
        line: usize,
        /// The character in that line, from 1.
        column: usize,
        /// What is wrong there.
        fault: TwimlFault,
    },
    /// It is empty.
    Missing,
    /// It has more than 4,000 characters.
    TooLong,
}

/// What is wrong at one place of `TwiML`. Names of elements are as they were typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TwimlFault {
    /// A `&` that begins no reference.
    Ampersand,
    /// An attribute of this element has no quotes or no value, or comes twice.
    Attribute(String),
    /// An attribute of this element has a bare `&` or `<`.
    AttributeText(String),
    /// An end tag that closes nothing, and the element that is open there.
    ClosesNothing {
        /// The name in the end tag.
        found: String,
        /// The open element, where there is one.
        open: Option<String>,
    },
    /// It has a DOCTYPE.
    Doctype,
    /// This element is never closed.
    NeverClosed(String),
    /// There is no element at all.
    NoResponse,
    /// It isn't XML, inside of this element where one is open.
    NotXml(Option<String>),
    /// A comment that doesn't end.
    OpenComment,
    /// A quote that doesn't end.
    OpenQuote,
    /// A tag that doesn't end.
    OpenTag,
    /// The root isn't `Response` but this element.
    OtherRoot(String),
    /// Text outside of the root.
    OutsideText,
    /// A verb in other letters than Twilio's.
    Spelling {
        /// Twilio's own spelling.
        right: &'static str,
        /// What was typed.
        found: String,
    },
    /// Elements lie too deep in one another.
    TooDeep,
    /// There is a second root.
    TwoRoots,
}
