//! The pretend Twilio's record of a call.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::account::{self, NUMBER, NUMBER_SID};
use super::date;

/// How many calls are remembered; the oldest goes first.
const MOST_CALLS: usize = 500;

/// Twilio's names of a call's states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    Busy,
    Canceled,
    Completed,
    Failed,
    InProgress,
    NoAnswer,
    Queued,
    Ringing,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Canceled => "canceled",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::InProgress => "in-progress",
            Self::NoAnswer => "no-answer",
            Self::Queued => "queued",
            Self::Ringing => "ringing",
        }
    }

    pub(super) fn is_over(self) -> bool {
        match self {
            Self::InProgress | Self::Queued | Self::Ringing => false,
            Self::Busy | Self::Canceled | Self::Completed | Self::Failed | Self::NoAnswer => true,
        }
    }
}

/// A call, without its password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Call {
    pub(super) sid: String,
    pub(super) to: String,
    pub(super) from: String,
    pub(super) status: Status,
    pub(super) made_at_ms: u64,
    pub(super) changed_at_ms: u64,
    pub(super) answered_at_ms: Option<u64>,
    pub(super) ended_at_ms: Option<u64>,
    pub(super) notes: Vec<Note>,
}

/// Something that Twilio notes about a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(super) sid: String,
    pub(super) code: u32,
    pub(super) words: String,
    pub(super) at_ms: u64,
}

/// Makes a SID: two letters and 32 hexadecimal digits.
pub(super) fn new_sid(letters: &str) -> String {
    use rand::RngExt as _;
    format!("{letters}{}", hex::encode(rand::rng().random::<[u8; 16]>()))
}

/// Adds a call, and lets the oldest that is over go where there are too many.
pub(super) fn add(calls: &mut Vec<Call>, call: Call) {
    if calls.len() >= MOST_CALLS {
        let oldest = calls.iter().position(|call| call.status.is_over());
        calls.remove(oldest.unwrap_or_default());
    }
    calls.push(call);
}

/// Ends the calls that were cut by the end of the last run.
pub(crate) fn settle(calls: &mut [Call]) {
    for call in calls.iter_mut().filter(|call| !call.status.is_over()) {
        call.status = if call.status == Status::InProgress {
            Status::Completed
        } else {
            Status::Failed
        };
        call.ended_at_ms = Some(call.changed_at_ms);
    }
}

impl Call {
    /// Makes a call that waits for its turn.
    pub(super) fn new(to: String, from: String, now_ms: u64) -> Self {
        Self {
            sid: new_sid("CA"),
            to,
            from,
            status: Status::Queued,
            made_at_ms: now_ms,
            changed_at_ms: now_ms,
            answered_at_ms: None,
            ended_at_ms: None,
            notes: Vec::new(),
        }
    }

    /// Advances the call's state. A finished call stays unchanged.
    pub(super) fn become_status(&mut self, status: Status, now_ms: u64) {
        if self.status.is_over() {
            return;
        }
        self.status = status;
        self.changed_at_ms = now_ms;
        if status == Status::InProgress {
            self.answered_at_ms = Some(now_ms);
        }
        if status.is_over() {
            self.ended_at_ms = Some(now_ms);
        }
    }

    /// Writes the call as Twilio answers it.
    pub(super) fn resource(&self) -> Value {
        let begun = self.answered_at_ms.or(self.ended_at_ms);
        let seconds = self.ended_at_ms.map(|end| {
            let from = self.answered_at_ms.unwrap_or(end);
            end.saturating_sub(from).div_ceil(1_000).to_string()
        });
        let uri = path(&format!("Calls/{}", self.sid));
        let beside = |name: &str| path(&format!("Calls/{}/{name}", self.sid));
        json!({
            "sid": self.sid,
            "date_created": date::rfc2822(self.made_at_ms),
            "date_updated": date::rfc2822(self.changed_at_ms),
            "parent_call_sid": null,
            "account_sid": account::SID,
            "to": self.to,
            "to_formatted": self.to,
            "from": self.from,
            "from_formatted": self.from,
            "phone_number_sid": (self.from == NUMBER).then_some(NUMBER_SID),
            "status": self.status.word(),
            "start_time": begun.map(date::rfc2822),
            "end_time": self.ended_at_ms.map(date::rfc2822),
            "duration": seconds,
            "price": null,
            "price_unit": "USD",
            "direction": "outbound-api",
            "answered_by": null,
            "api_version": "2010-04-01",
            "forwarded_from": null,
            "group_sid": null,
            "caller_name": null,
            "queue_time": "0",
            "trunk_sid": null,
            "uri": uri,
            "subresource_uris": {
                "notifications": beside("Notifications"),
                "recordings": beside("Recordings"),
                "events": beside("Events"),
            },
        })
    }

    /// Writes the call's notes as Twilio answers them.
    pub(super) fn note_resources(&self) -> Vec<Value> {
        let note = |note: &Note| {
            let at = date::rfc2822(note.at_ms);
            let text = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("ErrorCode", &note.code.to_string())
                .append_pair("LogLevel", "ERROR")
                .append_pair("Msg", &note.words)
                .finish();
            json!({
                "sid": note.sid,
                "account_sid": account::SID,
                "call_sid": self.sid,
                "api_version": "2010-04-01",
                "date_created": at,
                "date_updated": at,
                "message_date": at,
                "error_code": note.code.to_string(),
                "log": "0",
                "message_text": text,
                "more_info": format!("https://www.twilio.com/docs/errors/{}", note.code),
                "request_method": "POST",
                "request_url": "",
                "uri": path(&format!("Calls/{}/Notifications/{}", self.sid, note.sid)),
            })
        };
        self.notes.iter().map(note).collect()
    }
}

/// The path of a resource of the account.
pub(super) fn path(of: &str) -> String {
    format!("/2010-04-01/Accounts/{}/{of}.json", account::SID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_was_cut_by_a_restart_is_over() {
        let mut calls = vec![
            call(Status::Ringing),
            call(Status::InProgress),
            call(Status::Busy),
        ];

        settle(&mut calls);

        let states: Vec<_> = calls.iter().map(|call| call.status).collect();
        assert_eq!(states, [Status::Failed, Status::Completed, Status::Busy]);
    }

    #[test]
    fn of_too_many_calls_the_oldest_that_is_over_goes() {
        let mut calls = vec![call(Status::InProgress), call(Status::Completed)];

        for _ in 0..MOST_CALLS {
            add(&mut calls, call(Status::Failed));
        }

        assert_eq!(calls.len(), MOST_CALLS);
        assert_eq!(calls[0].status, Status::InProgress);
        assert_eq!(calls[1].status, Status::Failed);
    }

    #[test]
    fn what_is_over_does_not_change() {
        let mut one = call(Status::Canceled);

        one.become_status(Status::InProgress, 5);

        assert_eq!(one.status, Status::Canceled);
        assert_eq!(one.answered_at_ms, None);
    }

    fn call(status: Status) -> Call {
        Call {
            status,
            ..Call::new("sip:a@b".to_owned(), NUMBER.to_owned(), 0)
        }
    }
}
