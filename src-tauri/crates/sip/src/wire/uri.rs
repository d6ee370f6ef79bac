//! SIP URIs, and the name-addr forms around them (RFC 3261 sections 19.1 and 20.10).

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::syntax;

/// Characters left unescaped in a user part (RFC 3261 section 25.1). A `+` stays, for phone
/// numbers; other marks that the grammar allows are escaped, because some registrars can't handle
/// them.
const USER: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'+');

/// Characters left unescaped in a parameter (RFC 3261 section 25.1).
const PARAMETER: &AsciiSet = &USER
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'[')
    .remove(b']')
    .remove(b'/')
    .remove(b':')
    .remove(b'&')
    .remove(b'$');

/// A `sip:` or `sips:` URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uri {
    /// `sip` or `sips`.
    pub scheme: String,
    /// The user part, unescaped.
    pub user: Option<String>,
    /// The host; an IPv6 address in brackets.
    pub host: String,
    /// The port, if given.
    pub port: Option<u16>,
    /// The parameters, unescaped; names in lower case.
    pub parameters: Vec<(String, Option<String>)>,
}

impl Uri {
    /// Creates `sip:user@host`.
    #[must_use]
    pub fn new(user: Option<&str>, host: &str) -> Self {
        Self {
            scheme: "sip".to_owned(),
            user: user.map(str::to_owned),
            host: host.to_owned(),
            port: None,
            parameters: Vec::new(),
        }
    }

    /// Parses a URI. A password and headers after `?` are dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once(':')?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "sip" && scheme != "sips" {
            return None;
        }
        // An escaped user part contains no '@', so the last one ends it even if one wasn't escaped;
        // a ';' or '?' before it belongs to the user.
        let (user, rest) = match rest.rsplit_once('@') {
            Some((user, rest)) => (Some(user.split(':').next().unwrap_or_default()), rest),
            None => (None, rest),
        };
        let rest = rest.split('?').next().unwrap_or_default();
        let (host_port, parameters) = rest.split_once(';').unwrap_or((rest, ""));
        let (host, port) = host_and_port(host_port)?;
        Some(Self {
            scheme,
            user: user.map(|user| percent_decode_str(user).decode_utf8_lossy().into_owned()),
            host: host.to_owned(),
            port,
            parameters: syntax::uri_parameters(parameters),
        })
    }

    /// Returns whether both lead to the same user at the same place (RFC 3261 section 19.1.4).
    /// Unlike there, the default port equals no port, because a registrar may list either.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        // These make a difference if only one URI has them; other parameters are then ignored.
        const DECISIVE: [&str; 4] = ["maddr", "method", "ttl", "user"];
        let agrees = |name: &String| match (self.own(name), other.own(name)) {
            (Some(one), Some(two)) => one.eq_ignore_ascii_case(two),
            (None, None) => true,
            _ => !DECISIVE.contains(&name.as_str()),
        };
        let names = self.parameters.iter().chain(&other.parameters);
        self.scheme == other.scheme
            && self.some_user() == other.some_user()
            && self.is_same_place(other)
            && names.map(|(name, _)| name).all(agrees)
    }

    /// Returns whether its host and port are `address`, regardless of the user.
    #[must_use]
    pub fn is_at(&self, address: SocketAddr) -> bool {
        ip(&self.host) == Some(address.ip()) && self.port_or_default() == address.port()
    }

    /// Returns whether host and port are the same.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.has_host_of(&other.host) && self.port_or_default() == other.port_or_default()
    }

    /// Returns the user part, if any.
    #[must_use]
    pub fn some_user(&self) -> Option<&str> {
        self.user.as_deref().filter(|user| !user.is_empty())
    }

    fn has_host_of(&self, other: &str) -> bool {
        match (ip(&self.host), ip(other)) {
            (Some(one), Some(two)) => one == two,
            _ => self.host.eq_ignore_ascii_case(other),
        }
    }

    fn port_or_default(&self) -> u16 {
        let by_tls = self
            .parameter("transport")
            .is_some_and(|word| word.eq_ignore_ascii_case("tls"));
        let default = if self.scheme == "sips" || by_tls {
            5061
        } else {
            5060
        };
        self.port.unwrap_or(default)
    }

    /// Returns a parameter's value, which is empty if it has none.
    fn own(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let (_, value) = parameters.find(|(own, _)| own == name)?;
        Some(value.as_deref().unwrap_or_default())
    }

    /// Returns the parameter `name`, which must be in lower case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        syntax::value(&self.parameters, name)
    }
}

/// Returns whether two written addresses are the same (see [`Uri::is_same`]).
#[must_use]
pub fn is_same_address(one: &str, other: &str) -> bool {
    match (Uri::parse(one), Uri::parse(other)) {
        (Some(one), Some(other)) => one.is_same(&other),
        _ => one == other,
    }
}

/// Parses a host that is an IP address in any notation.
fn ip(host: &str) -> Option<IpAddr> {
    let host = host.strip_prefix('[').unwrap_or(host);
    host.strip_suffix(']').unwrap_or(host).parse().ok()
}

impl fmt::Display for Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:", self.scheme)?;
        if let Some(user) = &self.user {
            write!(formatter, "{}@", utf8_percent_encode(user, USER))?;
        }
        formatter.write_str(&self.host)?;
        if let Some(port) = self.port {
            write!(formatter, ":{port}")?;
        }
        for (name, value) in &self.parameters {
            write!(formatter, ";{}", utf8_percent_encode(name, PARAMETER))?;
            if let Some(value) = value {
                write!(formatter, "={}", utf8_percent_encode(value, PARAMETER))?;
            }
        }
        Ok(())
    }
}

/// An address as in From, To and Contact: `"Name" <uri>;tag=x` or a bare URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The URI.
    pub uri: Uri,
    /// Its parameters, such as `tag` and `expires`.
    pub parameters: Vec<(String, Option<String>)>,
}

impl Address {
    /// Creates an address without parameters.
    #[must_use]
    pub fn new(uri: Uri) -> Self {
        Self {
            uri,
            parameters: Vec::new(),
        }
    }

    /// Parses an address. A display name is dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (uri, parameters) = Self::parts(text)?;
        Some(Self {
            uri: Uri::parse(uri)?,
            parameters: syntax::parameters(parameters),
        })
    }

    /// Returns the URI of an address exactly as written, without headers: requests inside a dialog
    /// go to exactly that URI, because an escaped mark is a different one (RFC 3261 sections
    /// 12.2.1.1 and 19.1.4).
    #[must_use]
    pub fn written_uri(text: &str) -> Option<&str> {
        let (uri, _) = Self::parts(text)?;
        let uri = uri.trim();
        let host = uri.rfind('@').unwrap_or_default();
        let end = uri[host..].find('?').map_or(uri.len(), |at| host + at);
        let uri = &uri[..end];
        let is_plain = uri.chars().all(|letter| letter.is_ascii_graphic());
        (is_plain && Uri::parse(uri).is_some()).then_some(uri)
    }

    /// Returns the display name of an address, unless it has none.
    #[must_use]
    pub fn display_name(text: &str) -> Option<String> {
        let text = text.trim();
        let name = text[..text.len() - without_display_name(text).len()].trim();
        let name = match name
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
        {
            Some(quoted) => unescaped(quoted),
            None => name.to_owned(),
        };
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    fn parts(text: &str) -> Option<(&str, &str)> {
        let text = without_display_name(text.trim());
        match text.strip_prefix('<') {
            Some(rest) => rest.split_once('>'),
            // Without brackets the parameters belong to the address (RFC 3261 section 20.10).
            None => Some(text.split_at(text.find(';').unwrap_or(text.len()))),
        }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.parameters
            .push((name.to_owned(), Some(value.to_owned())));
        self
    }

    /// Returns the parameter `name`, which must be in lower case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        syntax::value(&self.parameters, name)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}>", self.uri)?;
        for (name, value) in &self.parameters {
            match value {
                Some(value) if syntax::is_token(value) => write!(formatter, ";{name}={value}")?,
                Some(value) => write!(formatter, ";{name}={}", syntax::quote(value))?,
                None => write!(formatter, ";{name}")?,
            }
        }
        Ok(())
    }
}

/// Returns the text of a quoted string: a backslash stands for the letter behind it.
fn unescaped(quoted: &str) -> String {
    let mut letters = quoted.chars();
    let mut text = String::with_capacity(quoted.len());
    while let Some(letter) = letters.next() {
        let escaped = (letter == '\\').then(|| letters.next()).flatten();
        text.push(escaped.unwrap_or(letter));
    }
    text
}

fn without_display_name(text: &str) -> &str {
    let (mut quoted, mut escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted => return &text[at..],
            _ => {}
        }
    }
    text
}

fn host_and_port(text: &str) -> Option<(&str, Option<u16>)> {
    let end_of_host = match text.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => text.find(':').unwrap_or(text.len()),
    };
    let (host, rest) = text.split_at(end_of_host);
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte);
    if host.is_empty() || !host.bytes().all(legal) {
        return None;
    }
    match rest.strip_prefix(':') {
        Some(port) => Some((host, Some(port.parse().ok()?))),
        None if rest.is_empty() => Some((host, None)),
        None => None,
    }
}

#[cfg(test)]
mod tests;
