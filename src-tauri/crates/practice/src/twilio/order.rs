//! Validates a new call before it is accepted, with Twilio's own error numbers.

use std::time::Duration;

use registrar_secret::SipPassword;
use registrar_sip::uri::Uri;

use super::account::{CALLER_ID, NUMBER};

/// Longest SIP URI without its headers, in letters.
const LONGEST_URI: usize = 254;
/// Maximum length of the headers in a SIP URI, in characters.
const LONGEST_HEADERS: usize = 1_023;
/// Longest user name and password, in letters.
const LONGEST_CREDENTIAL: usize = 255;
/// Longest name in the place of the caller's number, in letters.
const LONGEST_FROM: usize = 255;
/// Longest Twiml, in letters.
const LONGEST_TWIML: usize = 4_000;

/// A call that can be placed.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) to: String,
    pub(super) uri: Uri,
    pub(super) from: String,
    pub(super) user_name: Option<String>,
    pub(super) password: Option<SipPassword>,
    pub(super) ring: Duration,
}

/// Twilio's number and words for what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong(pub(super) u32, pub(super) String);

impl Wrong {
    fn new(code: u32, words: impl Into<String>) -> Self {
        Self(code, words.into())
    }
}

impl Order {
    /// Reads the form of a request.
    pub(super) fn read(form: &[(String, String)]) -> Result<Self, Wrong> {
        let field = |name: &str| {
            form.iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
                .filter(|value| !value.is_empty())
        };
        let to = field("To").ok_or_else(|| Wrong::new(21201, "No 'To' number is specified"))?;
        let from =
            field("From").ok_or_else(|| Wrong::new(21213, "No 'From' number is specified"))?;
        let uri = sip_uri(to)?;
        check_from(from)?;
        check_instructions(field("Url"), field("Twiml"), field("ApplicationSid"))?;
        let ring = match field("Timeout").map(str::parse::<u64>) {
            None => 60,
            Some(Ok(seconds)) if (1..=600).contains(&seconds) => seconds,
            Some(_) => return Err(Wrong::new(21208, "Timeout must be a number from 1 to 600")),
        };
        let (user_name, password) = (field("SipAuthUsername"), field("SipAuthPassword"));
        check_credential(user_name, password)?;
        Ok(Self {
            to: to.to_owned(),
            uri,
            from: from.to_owned(),
            user_name: user_name.map(str::to_owned),
            password: password.map(SipPassword::new),
            ring: Duration::from_secs(ring),
        })
    }
}

fn sip_uri(to: &str) -> Result<Uri, Wrong> {
    let number = |text: &str| {
        let digits = text.strip_prefix('+').unwrap_or_default();
        (8..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    if number(to) {
        let words = format!(
            "The number {to} is unverified. Trial accounts may only call verified numbers."
        );
        return Err(Wrong::new(21219, words));
    }
    if !to.starts_with("sip:") && !to.starts_with("sips:") {
        let words = format!("The phone number you are attempting to call, {to}, is not valid.");
        return Err(Wrong::new(21211, words));
    }
    let (address, headers) = to.split_once('?').unwrap_or((to, ""));
    if headers.chars().count() > LONGEST_HEADERS {
        return Err(Wrong::new(21227, "The headers of the SIP URI are too long"));
    }
    let own = |header: &str| header.len() > 2 && header[..2].eq_ignore_ascii_case("x-");
    if !headers.is_empty()
        && !headers
            .split('&')
            .all(|header| header.is_ascii() && own(header))
    {
        return Err(Wrong::new(21228, "A header of the SIP URI is not allowed"));
    }
    let printable = |letter: char| letter.is_ascii_graphic();
    let host = |letter: char| letter.is_ascii_alphanumeric() || "-.[]:".contains(letter);
    Uri::parse(to)
        .filter(|uri| {
            let named = uri.user.as_ref().is_some_and(|user| !user.is_empty());
            let plain = address.chars().all(printable);
            let placed = !uri.host.is_empty() && uri.host.chars().all(host);
            named && plain && placed && address.chars().count() <= LONGEST_URI
        })
        .ok_or_else(|| Wrong::new(13243, format!("Invalid SIP URI: {to}")))
}

fn check_from(from: &str) -> Result<(), Wrong> {
    let digits = from.strip_prefix('+');
    if from == NUMBER || from == CALLER_ID {
        return Ok(());
    }
    if digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit())) {
        let words = format!(
            "The source phone number provided, {from}, is not yet verified for your account. You \
             may only make calls from phone numbers that you've verified or purchased from Twilio."
        );
        return Err(Wrong::new(21210, words));
    }
    let name = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if digits.is_some() || !from.chars().all(name) || from.len() > LONGEST_FROM {
        let words = format!("The 'From' number {from} is not a valid phone number.");
        return Err(Wrong::new(21212, words));
    }
    Ok(())
}

fn check_instructions(
    url: Option<&str>,
    twiml: Option<&str>,
    application: Option<&str>,
) -> Result<(), Wrong> {
    let web =
        |url: &str| url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    match (url, twiml, application) {
        (None, None, None) => Err(Wrong::new(21205, "Url parameter is required.")),
        (Some(url), _, _) if !web(url) => {
            Err(Wrong::new(21205, format!("Url is not a valid URL: {url}")))
        }
        (_, Some(twiml), _) if twiml.chars().count() > LONGEST_TWIML => Err(Wrong::new(
            20001,
            "Twiml must be at most 4000 characters long",
        )),
        _ => Ok(()),
    }
}

fn check_credential(user_name: Option<&str>, password: Option<&str>) -> Result<(), Wrong> {
    let long = |text: &str| text.chars().count() > LONGEST_CREDENTIAL;
    let odd = |text: &str| text.chars().any(char::is_control);
    let name = |test: &dyn Fn(&str) -> bool| user_name.is_some_and(test);
    let word = |test: &dyn Fn(&str) -> bool| password.is_some_and(test);
    let wrong = |code, words: &str| Err(Wrong::new(code, words));
    if name(&long) {
        wrong(21221, "SipAuthUsername is too long")
    } else if name(&odd) {
        wrong(21222, "SipAuthUsername contains invalid characters")
    } else if word(&long) {
        wrong(21223, "SipAuthPassword is too long")
    } else if word(&odd) {
        wrong(21224, "SipAuthPassword contains invalid characters")
    } else if user_name.is_some() && password.is_none() {
        wrong(21225, "SipAuthPassword is required with SipAuthUsername")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 3] = [
        ("To", "sip:+19195550150@office.example:5006"),
        ("From", NUMBER),
        ("Twiml", "<Response/>"),
    ];

    #[test]
    fn a_good_order_is_read_whole() {
        let mut form = GOOD.to_vec();
        form.extend([
            ("SipAuthUsername", "a"),
            ("SipAuthPassword", "b"),
            ("Timeout", "20"),
        ]);

        let order = read(&form).unwrap();

        assert_eq!(order.uri.host, "office.example");
        assert_eq!(order.uri.port, Some(5006));
        assert_eq!(order.ring, Duration::from_secs(20));
        assert!(order.password.unwrap().matches(&SipPassword::new("b")));
    }

    #[test]
    fn every_rule_has_twilios_number() {
        let long = "a".repeat(256);
        let long_uri = format!("sip:{}@b.example", "a".repeat(250));
        let headers = format!("sip:a@b.example?x-a={}", "a".repeat(1_100));
        for (field, value, code) in [
            ("To", "", 21201),
            ("From", "", 21213),
            ("To", "nobody", 21211),
            ("To", "+19195550150", 21219),
            ("To", "sip:b.example", 13243),
            ("To", "sip:a b@c", 13243),
            ("To", "sip:a@b:port", 13243),
            ("To", &long_uri, 13243),
            ("To", &headers, 21227),
            ("To", "sip:a@b.example?subject=x", 21228),
            ("From", "+12025550100", 21210),
            ("From", "+1 202", 21212),
            ("From", "a@b", 21212),
            ("From", &long, 21212),
            ("Twiml", "", 21205),
            ("Url", "no url", 21205),
            ("Timeout", "soon", 21208),
            ("Timeout", "601", 21208),
            ("SipAuthUsername", &long, 21221),
            ("SipAuthUsername", "a\nb", 21222),
            ("SipAuthPassword", &long, 21223),
            ("SipAuthPassword", "a\nb", 21224),
            ("SipAuthUsername", "alone", 21225),
        ] {
            let mut form: Vec<_> = GOOD
                .into_iter()
                .filter(|(name, _)| *name != field)
                .collect();
            form.push((field, value));

            assert_eq!(read(&form).unwrap_err().0, code, "{field}={value}");
        }
    }

    fn read(form: &[(&str, &str)]) -> Result<Order, Wrong> {
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Order::read(&form)
    }
}
