//! Why a call can't be placed.

use registrar_http as http;

/// Why a call wasn't placed, classified by how a caller handles it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Twilio would refuse the call. Nothing was sent.
    #[error(transparent)]
    Call(#[from] CallProblem),
    /// The request failed.
    #[error(transparent)]
    Http(#[from] http::Error),
}

/// Why Twilio would refuse a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no call that can be placed: {self:?}")]
pub enum CallProblem {
    /// The password is empty, or longer than 255 characters.
    Password,
    /// The address isn't a SIP URI, or is longer than 254 bytes.
    Target,
    /// The message is `TwiML` that can't be played.
    Twiml(TwimlProblem),
    /// The message's URL can't be fetched.
    Url(UrlProblem),
    /// The user name is empty, or longer than 255 characters.
    UserName,
}

/// Why typed text isn't a URL from which Twilio can fetch `TwiML`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no address for Twilio: {self:?}")]
pub enum UrlProblem {
    /// It isn't a URL, or is too long.
    Malformed,
    /// It is empty.
    Missing,
    /// It is neither HTTP nor HTTPS.
    OtherScheme,
    /// It contains a user name or a password.
    WithSignIn,
}

/// Why typed text can't be played as `TwiML`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no TwiML: {self:?}")]
pub enum TwimlProblem {
    /// Twilio would refuse the text at this position.
    At {
        /// The line, from 1.
        line: usize,
        /// The character within the line, from 1.
        column: usize,
        /// What is wrong there.
        fault: TwimlFault,
    },
    /// It is empty.
    Missing,
    /// It has more than 4,000 characters.
    TooLong,
}

/// What is wrong at a position in `TwiML`. Element names are as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TwimlFault {
    /// An `&` that starts no reference.
    Ampersand,
    /// An attribute of this element has no quotes or no value, or is repeated.
    Attribute(String),
    /// An attribute of this element contains a bare `&` or `<`.
    AttributeText(String),
    /// An end tag that doesn't match, and the element that is open there.
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
