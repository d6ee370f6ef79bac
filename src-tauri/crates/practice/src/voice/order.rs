//! Validates a call before it is accepted. Refusals use Bandwidth's own words where its list of
//! errors has them.

use std::time::Duration;

use registrar_sip::uri::Uri;
use serde_json::Value;
use url::Url;

use crate::dashboard::APPLICATION;

/// The number that the pretend account owns; it is reserved for fiction.
pub(crate) const NUMBER: &str = "+19195550142";
/// The answer address at which somebody is at home. Nothing outside this computer is asked: any
/// other address is taken for one that does not answer.
pub(crate) const ANSWERS: &str = "https://voice.practice.invalid/answer";

/// Longest SIP address that is called, in letters. Bandwidth publishes no number.
const LONGEST_TO: usize = 512;
/// Longest answer address, and longest tag, in letters.
const LONGEST_ANSWER_URL: usize = 2_048;
const LONGEST_TAG: usize = 256;

/// How long it rings where the caller does not say.
const RINGS: f64 = 30.0;

/// A requested call.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) from: String,
    pub(super) to: String,
    /// Its target, if that is a SIP address.
    pub(super) uri: Option<Uri>,
    pub(super) application: String,
    pub(super) answer_url: String,
    pub(super) ring: Duration,
    pub(super) tag: Option<String>,
}

impl Order {
    /// Reads an order, or says in Bandwidth's words what is wrong with it.
    pub(super) fn read(body: &Value) -> Result<Self, String> {
        let text = |name: &str| {
            let text = body[name].as_str().map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let needed = (
            text("from"),
            text("to"),
            text("answerUrl"),
            text("applicationId"),
        );
        let (Some(from), Some(to), Some(answer_url), Some(application)) = needed else {
            return Err("Missing at least one required field. Required fields are \
                        [from, to, answerUrl, applicationId]"
                .to_owned());
        };
        if !is_number(&from) {
            return Err("Invalid from: must be an E164 telephone number".to_owned());
        }
        let uri = Uri::parse(&to).filter(|uri| uri.scheme == "sip" && uri.user.is_some());
        let is_long = |text: &str, most| text.chars().count() > most;
        if is_long(&to, LONGEST_TO) {
            return Err(format!("Invalid to: longer than {LONGEST_TO} characters"));
        }
        if uri.is_none() && !is_number(&to) {
            return Err("Invalid to: must be an E164 telephone number".to_owned());
        }
        let is_web = Url::parse(&answer_url)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !is_web {
            return Err("Invalid answerUrl: only http and https are allowed".to_owned());
        }
        if is_long(&answer_url, LONGEST_ANSWER_URL) {
            return Err(format!(
                "Invalid answerUrl: longer than {LONGEST_ANSWER_URL} characters"
            ));
        }
        let tag = text("tag");
        if tag.as_deref().is_some_and(|tag| is_long(tag, LONGEST_TAG)) {
            return Err(format!("Invalid tag: longer than {LONGEST_TAG} characters"));
        }
        if !application.eq_ignore_ascii_case(APPLICATION) {
            return Err(format!(
                "Could not create call: Application id {application} not found"
            ));
        }
        if from != NUMBER {
            // Nothing published says how this one reads.
            return Err(format!(
                "Could not create call: {from} is not a number of application {application}"
            ));
        }
        let ring = &body["callTimeout"];
        let ring = if ring.is_null() {
            RINGS
        } else {
            ring.as_f64().unwrap_or_default()
        };
        if !(1.0..=300.0).contains(&ring) {
            return Err(format!(
                "callTimeout must be within the range [1, 300], but was {ring}"
            ));
        }
        Ok(Self {
            from,
            to,
            uri,
            application,
            answer_url,
            ring: Duration::from_secs_f64(ring),
            tag,
        })
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (8..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Value {
        json!({
            "from": NUMBER,
            "to": "sip:bob%40bw.com@office.1a2b3c.auth.bandwidth.com",
            "applicationId": APPLICATION,
            "answerUrl": ANSWERS,
            "callTimeout": 12.5,
        })
    }

    #[test]
    fn a_good_order_is_read_whole() {
        let order = Order::read(&good()).unwrap();

        let uri = order.uri.unwrap();
        assert_eq!(uri.user.as_deref(), Some("bob@bw.com"));
        assert_eq!(uri.host, "office.1a2b3c.auth.bandwidth.com");
        assert_eq!(order.ring, Duration::from_millis(12_500));
    }

    #[test]
    fn every_rule_has_bandwidths_words() {
        let null = Value::Null;
        let long_to = format!("sip:{}@b", "a".repeat(LONGEST_TO));
        let long_url = format!("https://a.example/{}", "a".repeat(LONGEST_ANSWER_URL));
        for (field, value, words) in [
            ("from", null.clone(), "Missing at least one"),
            ("to", json!(""), "Missing at least one"),
            ("answerUrl", null.clone(), "Missing at least one"),
            ("applicationId", null, "Missing at least one"),
            ("from", json!("7778889999"), "Invalid from"),
            ("to", json!("scooby-doo"), "Invalid to"),
            ("to", json!("sips:a@b"), "Invalid to"),
            ("to", json!("sip:realm"), "Invalid to"),
            ("answerUrl", json!("ftp://a"), "Invalid answerUrl"),
            (
                "applicationId",
                json!("5ba6761d-36bd-4307-8f7b-a6f806c35abf"),
                "Application id",
            ),
            ("from", json!("+12025550100"), "not a number of"),
            ("to", json!(long_to), "Invalid to"),
            ("answerUrl", json!(long_url), "Invalid answerUrl"),
            ("tag", json!("x".repeat(257)), "Invalid tag"),
            ("callTimeout", json!(0), "within the range"),
            ("callTimeout", json!(301), "within the range"),
            ("callTimeout", json!("soon"), "within the range"),
        ] {
            let mut order = good();
            order[field] = value.clone();

            let refused = Order::read(&order).unwrap_err();

            assert!(refused.contains(words), "{field}={value}: {refused}");
        }
    }
}
