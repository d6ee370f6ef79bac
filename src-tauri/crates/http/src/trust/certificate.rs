//! What a certificate claims about itself, for messages only: nothing is decided by it. RFC 5280
//! section 4.1.

use std::net::IpAddr;

use registrar_secret::redact;
use time::Month;

use super::sip_domain::sip_domain;

/// Maximum length of a name that is shown, in characters.
const LONGEST_NAME: usize = 100;
/// Maximum number of names shown.
const MOST_NAMES: usize = 8;

/// DER tags (X.690 section 8).
const BOOLEAN: u8 = 0x01;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;
/// The kinds of a subjectAltName (RFC 5280 section 4.2.1.6).
const DNS_NAME: u8 = 0x82;
const URI: u8 = 0x86;
const ADDRESS: u8 = 0x87;

/// The attributes that identify a name: X.520 commonName and organizationName.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANIZATION: &[u8] = &[0x55, 0x04, 0x0a];
/// The extension subjectAltName.
const OTHER_NAMES: &[u8] = &[0x55, 0x1d, 0x11];

/// What a certificate says about itself, as far as it can be parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its issuer, in words.
    pub issuer: Option<String>,
    /// Issuer and subject are the same.
    pub self_issued: bool,
    /// The first day of its validity, such as `1 January 2026`.
    pub from: Option<String>,
    /// The last day of its validity.
    pub until: Option<String>,
    /// The hosts, addresses and SIP URIs that it is for. DNS names are omitted if a SIP domain
    /// takes precedence over them (RFC 5922 section 7.1).
    pub names: Vec<String>,
}

impl Facts {
    /// Parses what can be parsed.
    #[must_use]
    pub fn read(certificate: &[u8]) -> Self {
        let mut facts = Self::default();
        // What can't be parsed stays empty.
        let _end = facts.fill(certificate);
        facts
    }

    fn fill(&mut self, certificate: &[u8]) -> Option<()> {
        let (_, certificate, _) = element(certificate)?;
        let (_, mut rest, _) = element(certificate)?;
        if rest.first() == Some(&VERSION) {
            (_, _, rest) = element(rest)?;
        }
        let (_, _, after_serial) = element(rest)?;
        let (_, _, after_algorithm) = element(after_serial)?;
        let (tag, issuer, rest) = element(after_algorithm)?;
        if tag != SEQUENCE {
            return None;
        }
        self.issuer = whole_name(issuer);
        let (_, validity, rest) = element(rest)?;
        let (_, subject, rest) = element(rest)?;
        self.self_issued = subject == issuer;
        let (from_tag, from, until) = element(validity)?;
        let (until_tag, until, _) = element(until)?;
        self.from = day(from_tag, from);
        self.until = day(until_tag, until);
        let (_, _, mut rest) = element(rest)?;
        while let Some((tag, content, after)) = element(rest) {
            rest = after;
            if tag == EXTENSIONS {
                let (_, extensions, _) = element(content)?;
                self.names = other_names(extensions).unwrap_or_default();
            }
        }
        Some(())
    }
}

fn whole_name(name: &[u8]) -> Option<String> {
    let (common, organization) = (attribute(name, COMMON_NAME), attribute(name, ORGANIZATION));
    match (common, organization) {
        (Some(common), Some(organization)) if !common.contains(&organization) => {
            Some(format!("{common} ({organization})"))
        }
        (common, organization) => common.or(organization),
    }
}

/// Formats a time as a day (RFC 5280 section 4.1.2.5).
fn day(tag: u8, digits: &[u8]) -> Option<String> {
    let digits = std::str::from_utf8(digits).ok()?;
    let number = |text: Option<&str>| -> Option<usize> {
        let text = text.filter(|text| text.bytes().all(|digit| digit.is_ascii_digit()))?;
        text.parse().ok()
    };
    let (year, rest) = match tag {
        UTC_TIME => {
            let year = number(digits.get(..2))?;
            (year + if year < 50 { 2000 } else { 1900 }, digits.get(2..)?)
        }
        GENERALIZED_TIME => (number(digits.get(..4))?, digits.get(4..)?),
        _ => return None,
    };
    let month = Month::try_from(u8::try_from(number(rest.get(..2))?).ok()?).ok()?;
    let day = number(rest.get(2..4))?;
    Some(format!("{day} {month} {year}"))
}

/// Parses the names of the subjectAltName among the extensions.
fn other_names(mut extensions: &[u8]) -> Option<Vec<String>> {
    while let Some((_, extension, rest)) = element(extensions) {
        extensions = rest;
        let (_, kind, mut value) = element(extension)?;
        if kind != OTHER_NAMES {
            continue;
        }
        if value.first() == Some(&BOOLEAN) {
            (_, _, value) = element(value)?;
        }
        let (_, value, _) = element(value)?;
        let (_, names, _) = element(value)?;
        return Some(listed(names));
    }
    None
}

/// Formats the names of a subjectAltName that count for a host or a SIP domain, or seem to.
fn listed(mut names: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    while let Some((tag, name, rest)) = element(names) {
        names = rest;
        found.push((tag, name));
    }
    let has_sip_domain = found.iter().any(|(tag, name)| {
        let uri = std::str::from_utf8(name).ok();
        *tag == URI && uri.and_then(sip_domain).is_some()
    });
    let line = |name: &[u8]| redact::sanitized_line(&String::from_utf8_lossy(name), LONGEST_NAME);
    let names = found.into_iter().filter_map(|(tag, name)| match tag {
        DNS_NAME if !has_sip_domain => Some(line(name)),
        URI if is_sip(name) => Some(line(name)),
        ADDRESS => address(name).map(|address| address.to_string()),
        _ => None,
    });
    names.take(MOST_NAMES).collect()
}

/// Returns whether a URI has the scheme `sip` or `sips`.
fn is_sip(uri: &[u8]) -> bool {
    let scheme = uri.split(|byte| *byte == b':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case(b"sip") || scheme.eq_ignore_ascii_case(b"sips")
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(bytes).map(IpAddr::from).ok();
    four.or_else(|| <[u8; 16]>::try_from(bytes).map(IpAddr::from).ok())
}

fn attribute(mut name: &[u8], kind: &[u8]) -> Option<String> {
    while let Some((tag, mut set, rest)) = element(name) {
        name = rest;
        if tag != SET {
            return None;
        }
        while let Some((_, pair, rest)) = element(set) {
            set = rest;
            let (_, found, value) = element(pair)?;
            if found == kind {
                let (tag, value, _) = element(value)?;
                return text(tag, value);
            }
        }
    }
    None
}

/// Decodes one of the string types that names consist of.
fn text(tag: u8, bytes: &[u8]) -> Option<String> {
    let text = match tag {
        // BMPString, which is UTF-16
        0x1e => {
            let units = bytes.chunks_exact(2);
            let units: Vec<u16> = units
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let line = redact::sanitized_line(&text, LONGEST_NAME);
    (!line.is_empty()).then_some(line)
}

/// Splits off the first element: its tag, its content, and the rest.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], rest) = bytes.split_first_chunk::<2>()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x83 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first - 0x80))?;
            let length = digits
                .iter()
                .fold(0, |length, digit| length << 8 | usize::from(*digit));
            (length, rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &[u8] = include_bytes!("../../tests/fixtures/tls/proxy.der");

    #[test]
    fn what_a_certificate_says_is_read_out_of_it() {
        let facts = Facts::read(PROXY);

        let text = |text: &str| Some(text.to_owned());
        let expected = Facts {
            issuer: text("Zoë's Inspection Proxy (Example Corp)"),
            self_issued: false,
            from: text("23 November 2026"),
            until: text("30 October 2126"),
            names: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
        };
        assert_eq!(facts, expected);
    }

    #[test]
    fn sip_domain_is_listed_after_many_dns_names() {
        let mut names = [&[DNS_NAME, 1][..], b"a"].concat().repeat(MOST_NAMES);
        names.extend([&[URI, 8][..], b"http://b", &[ADDRESS, 1, 1]].concat());
        assert_eq!(listed(&names), ["a"; MOST_NAMES]);

        names.extend([&[URI, 5][..], b"sip:c"].concat());

        assert_eq!(listed(&names), ["sip:c"]);
    }

    #[test]
    fn a_day_is_read_from_both_kinds_of_time() {
        for (tag, digits, expected) in [
            (UTC_TIME, "210101000000Z", Some("1 January 2021")),
            (UTC_TIME, "491231235959Z", Some("31 December 2049")),
            (UTC_TIME, "500615000000Z", Some("15 June 1950")),
            (
                GENERALIZED_TIME,
                "20500228000000Z",
                Some("28 February 2050"),
            ),
            (UTC_TIME, "211301000000Z", None),
            (UTC_TIME, "210001000000Z", None),
            (UTC_TIME, "2101", None),
            (UTC_TIME, "+1-1+1", None),
            (UTC_TIME, "é1010é", None),
            (SET, "210101000000Z", None),
        ] {
            assert_eq!(day(tag, digits.as_bytes()).as_deref(), expected, "{digits}");
        }
    }

    #[test]
    fn a_certificate_that_is_cut_or_changed_anywhere_does_no_harm() {
        for length in 0..PROXY.len() {
            drop(Facts::read(&PROXY[..length]));
            let mut changed = PROXY.to_vec();
            changed[length] ^= 0xff;
            drop(Facts::read(&changed));
        }
        assert_eq!(Facts::read(&PROXY[..40]).issuer, None);
    }
}
