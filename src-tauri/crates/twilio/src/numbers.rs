//! The numbers that can be used as a caller ID.

use serde::Deserialize;

use super::{Method, PhoneNumber, Twilio, answer};
use registrar_http::{Answer, Error};

/// Twilio's maximum page size.
const MOST: &str = "1000";

#[derive(Deserialize)]
struct Page {
    #[serde(alias = "incoming_phone_numbers", alias = "outgoing_caller_ids")]
    numbers: Vec<Wire>,
}

#[derive(Deserialize)]
struct Wire {
    phone_number: Option<String>,
}

impl Twilio {
    /// Returns the account's own numbers followed by its verified caller IDs, without duplicates,
    /// at most a thousand of each. If only one of the two lists may be read, returns that one.
    pub async fn numbers(&self) -> Result<Vec<PhoneNumber>, Error> {
        let own = self
            .page("List the Twilio numbers", "IncomingPhoneNumbers.json")
            .await;
        let verified = self
            .page("List the caller IDs", "OutgoingCallerIds.json")
            .await;
        let mut numbers = match (own, verified) {
            (Ok(own), Ok(verified)) => [own, verified].concat(),
            (Ok(numbers), Err(Error::Refused(_))) | (Err(Error::Refused(_)), Ok(numbers)) => {
                numbers
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let mut seen = std::collections::HashSet::new();
        numbers.retain(|number| seen.insert(number.clone()));
        Ok(numbers)
    }

    async fn page(&self, title: &str, list: &str) -> Result<Vec<PhoneNumber>, Error> {
        let request = self.request(title, Method::Get, &[list], &[("PageSize", MOST)]);
        self.send(request, read).await
    }
}

pub(super) fn read(answer: &Answer, now_ms: u64) -> Result<Vec<PhoneNumber>, Error> {
    let page: Page = answer::read(answer, now_ms)?;
    let numbers = page
        .numbers
        .into_iter()
        .filter_map(|wire| wire.phone_number);
    // A short code isn't an E.164 number and can't be a caller ID.
    Ok(numbers
        .filter_map(|number| PhoneNumber::parse(&number).ok())
        .collect())
}
