//! Twilio's notifications about a call, the only place where its API says why a SIP call failed.

use serde::Deserialize;
use serde_json::Value;
use url::form_urlencoded;

use super::names::CallSid;
use super::{Method, Twilio, answer};
use registrar_http::{Answer, Error};

/// Maximum number of notifications to read.
const MOST: &str = "50";

/// Longest message that is kept, in characters.
const LONGEST: usize = 500;

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Twilio's error number.
    pub code: Option<u32>,
    /// Twilio's message, decoded and redacted; may be empty.
    pub message: String,
    /// A page with more information; may be empty.
    pub more_info: String,
}

#[derive(Deserialize)]
struct Page {
    notifications: Vec<Wire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    error_code: Value,
    message_text: Option<String>,
    more_info: Option<String>,
}

impl Twilio {
    /// Returns the notifications of a call. They may arrive some seconds after its end.
    pub async fn notifications(&self, sid: &CallSid) -> Result<Vec<Notification>, Error> {
        let path = ["Calls", sid.as_str(), "Notifications.json"];
        let query = [("PageSize", MOST)];
        let request = self.request("Get Twilio’s notes on the call", Method::Get, &path, &query);
        self.send(request, read).await
    }
}

pub(super) fn read(answer: &Answer, now_ms: u64) -> Result<Vec<Notification>, Error> {
    let page: Page = answer::read(answer, now_ms)?;
    Ok(page
        .notifications
        .into_iter()
        .map(|wire| decode(answer, wire))
        .collect())
}

/// `message_text` is form-encoded: `ErrorCode=32011&Msg=…`.
fn decode(answer: &Answer, wire: Wire) -> Notification {
    let text = wire.message_text.unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect();
    let value = |name: &str| {
        let mut named = pairs
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.clone())
    };
    let message = value("Msg").or_else(|| value("Message"));
    let sip = pairs
        .iter()
        .filter(|(key, _)| key.to_ascii_lowercase().contains("sip"));
    let mut parts = vec![message.unwrap_or_else(|| plain(&pairs, &text))];
    parts.extend(sip.map(|(key, value)| format!("({key}: {value})")));
    Notification {
        code: super::answer::number(&wire.error_code)
            .or_else(|| value("ErrorCode")?.trim().parse().ok()),
        message: answer.line(&parts.join(" "), LONGEST),
        more_info: wire
            .more_info
            .filter(|link| link.starts_with("https://www.twilio.com/"))
            .map(|link| answer.line(&link, LONGEST))
            .unwrap_or_default(),
    }
}

/// Text that isn't form-encoded is taken verbatim.
fn plain(pairs: &[(String, String)], text: &str) -> String {
    if pairs.iter().any(|(_, value)| !value.is_empty()) {
        String::new()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(code: Value, text: &str) -> Notification {
        decode(
            &Answer::default(),
            Wire {
                error_code: code,
                message_text: Some(text.to_owned()),
                more_info: Some("https://www.twilio.com/docs/errors/32011".to_owned()),
            },
        )
    }

    #[test]
    fn the_form_in_a_message_is_decoded() {
        let text =
            "ErrorCode=32011&Msg=Got+403+from+sip%3Abob%40realm&sipResponse=403&LogLevel=ERROR";

        let notification = decoded(Value::from("32011"), text);

        assert_eq!(notification.code, Some(32011));
        assert_eq!(
            notification.message,
            "Got 403 from sip:bob@realm (sipResponse: 403)"
        );
        assert!(notification.more_info.ends_with("32011"));
    }

    #[test]
    fn a_code_is_found_in_the_message_too() {
        assert_eq!(decoded(Value::Null, "ErrorCode=13224").code, Some(13224));
    }

    #[test]
    fn a_message_that_is_no_form_is_kept_as_it_is() {
        assert_eq!(
            decoded(Value::from(1), "Something happened").message,
            "Something happened"
        );
        assert_eq!(decoded(Value::from(1), "").message, "");
    }

    #[test]
    fn a_link_to_elsewhere_is_dropped() {
        let wire = Wire {
            more_info: Some("https://evil.example/".to_owned()),
            ..Wire::default()
        };

        assert_eq!(decode(&Answer::default(), wire).more_info, "");
    }
}
