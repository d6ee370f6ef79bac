//! The bindings that the registrar holds (RFC 3261 section 10.3).

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_sip::message::Message;
use registrar_sip::uri::Address;

/// The longest and the default time of a binding, in seconds.
const LONGEST_TIME: u32 = 3600;
/// Most bindings of one address-of-record.
const MOST_BINDINGS: usize = 10;
/// Most addresses-of-record.
const MOST_ADDRESSES: usize = 10_000;
/// Most bindings of all addresses-of-record.
const MOST_IN_ALL: usize = 20_000;
/// Longest user, Contact and Call-ID that are stored, in bytes.
const LONGEST: usize = 512;
/// Longest User-Agent that is stored, in letters; the rest of a longer one is cut off.
const LONGEST_AGENT: usize = 128;

/// A phone that is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its Contact URI.
    pub contact: String,
    /// Seconds until it ends, rounded up.
    pub expires: u32,
    /// What its User-Agent says.
    pub user_agent: Option<String>,
    /// Where its REGISTER came from.
    pub source: SocketAddr,
}

/// Why a REGISTER is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// 400.
    Bad,
    /// 423.
    TooBrief,
    /// 503.
    TooMany,
}

#[derive(Clone, Debug)]
struct StoredBinding {
    contact: String,
    ends: Instant,
    call_id: String,
    number: u32,
    user_agent: Option<String>,
    source: SocketAddr,
}

/// All bindings, by realm and user.
#[derive(Debug, Default)]
pub(crate) struct Location {
    stored: HashMap<(String, String), Vec<StoredBinding>>,
    /// How many bindings there are in all.
    count: usize,
}

impl Location {
    /// Returns the bindings that have not ended.
    pub(crate) fn bindings(&self, realm: &str, user: &str, now: Instant) -> Vec<Binding> {
        let key = (realm.to_owned(), user.to_owned());
        let stored = self.stored.get(&key).map(Vec::as_slice).unwrap_or_default();
        stored
            .iter()
            .filter(|stored| stored.ends > now)
            .map(|stored| Binding {
                contact: stored.contact.clone(),
                expires: seconds_left(stored.ends, now),
                user_agent: stored.user_agent.clone(),
                source: stored.source,
            })
            .collect()
    }

    /// Does what a REGISTER asks, wholly or not at all. One without Contact changes nothing.
    pub(crate) fn apply(
        &mut self,
        realm: &str,
        user: &str,
        request: &Message,
        source: SocketAddr,
        shortest: u32,
        now: Instant,
    ) -> Result<(), Refusal> {
        let contacts = request.list("Contact");
        if contacts.is_empty() {
            return Ok(());
        }
        let key = (realm.to_owned(), user.to_owned());
        if self.is_full(&key) {
            self.forget_ended(now);
            if self.is_full(&key) {
                return Err(Refusal::TooMany);
            }
        }
        let (number, _) = request.cseq().ok_or(Refusal::Bad)?;
        let call_id = request.header("Call-ID").ok_or(Refusal::Bad)?;
        if user.len() > LONGEST || call_id.len() > LONGEST {
            return Err(Refusal::Bad);
        }
        let whole = match request.header("Expires") {
            Some(text) => Some(text.trim().parse::<u32>().map_err(|_| Refusal::Bad)?),
            None => None,
        };
        let mut next: Vec<StoredBinding> = self.stored.get(&key).cloned().unwrap_or_default();
        next.retain(|stored| stored.ends > now);
        if contacts == ["*"] {
            if whole != Some(0) {
                return Err(Refusal::Bad);
            }
            next.clear();
        }
        for contact in contacts.iter().filter(|contact| **contact != "*") {
            let address = Address::parse(contact).ok_or(Refusal::Bad)?;
            let own = address
                .parameter("expires")
                .and_then(|text| text.parse().ok());
            let seconds = own.or(whole).unwrap_or(LONGEST_TIME).min(LONGEST_TIME);
            if seconds > 0 && seconds < shortest {
                return Err(Refusal::TooBrief);
            }
            let contact = address.uri.to_string();
            if contact.len() > LONGEST {
                return Err(Refusal::Bad);
            }
            let late = |stored: &StoredBinding| {
                stored.contact == contact && stored.call_id == call_id && stored.number >= number
            };
            if next.iter().any(late) {
                return Err(Refusal::Bad);
            }
            next.retain(|stored| stored.contact != contact);
            if seconds > 0 {
                next.push(StoredBinding {
                    contact,
                    ends: now + Duration::from_secs(seconds.into()),
                    call_id: call_id.to_owned(),
                    number,
                    user_agent: request
                        .header("User-Agent")
                        .map(|agent| agent.chars().take(LONGEST_AGENT).collect()),
                    source,
                });
            }
        }
        if contacts.contains(&"*") && contacts.len() > 1 {
            return Err(Refusal::Bad);
        }
        if next.len() > MOST_BINDINGS {
            return Err(Refusal::TooMany);
        }
        self.count += next.len();
        let old = if next.is_empty() {
            self.stored.remove(&key)
        } else {
            self.stored.insert(key, next)
        };
        self.count -= old.map_or(0, |old| old.len());
        Ok(())
    }

    fn is_full(&self, key: &(String, String)) -> bool {
        let new = !self.stored.contains_key(key);
        (new && self.stored.len() >= MOST_ADDRESSES) || self.count >= MOST_IN_ALL
    }

    fn forget_ended(&mut self, now: Instant) {
        for stored in self.stored.values_mut() {
            stored.retain(|stored| stored.ends > now);
        }
        self.stored.retain(|_, stored| !stored.is_empty());
        self.count = self.stored.values().map(Vec::len).sum();
    }
}

fn seconds_left(ends: Instant, now: Instant) -> u32 {
    let left = ends
        .saturating_duration_since(now)
        .as_millis()
        .div_ceil(1000);
    u32::try_from(left).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(call: (&str, u32), contacts: &[&str], expires: Option<&str>) -> Message {
        let mut request = Message::request("REGISTER", "sip:r")
            .with("Call-ID", call.0)
            .with("CSeq", format!("{} REGISTER", call.1));
        for contact in contacts {
            request.push("Contact", contact);
        }
        if let Some(expires) = expires {
            request.push("Expires", expires);
        }
        request
    }

    struct Held {
        location: Location,
        now: Instant,
    }

    impl Held {
        fn new() -> Self {
            Self {
                location: Location::default(),
                now: Instant::now(),
            }
        }

        fn apply(
            &mut self,
            call: (&str, u32),
            contacts: &[&str],
            expires: Option<&str>,
        ) -> Result<(), Refusal> {
            let request = register(call, contacts, expires);
            let source = "127.0.0.1:5".parse().unwrap();
            self.location
                .apply("r", "bob", &request, source, 20, self.now)
        }

        fn listed(&self) -> Vec<(String, u32)> {
            let bindings = self.location.bindings("r", "bob", self.now);
            let pair = |binding: Binding| (binding.contact, binding.expires);
            bindings.into_iter().map(pair).collect()
        }
    }

    #[test]
    fn several_contacts_are_held_and_each_ends_by_itself() {
        let mut held = Held::new();

        held.apply(
            ("a", 1),
            &["<sip:p1@h>;expires=30, <sip:p2@h>"],
            Some("9999"),
        )
        .unwrap();
        assert_eq!(held.listed().len(), 2);
        assert_eq!(held.listed()[1], ("sip:p2@h".to_owned(), LONGEST_TIME));
        held.now += Duration::from_secs(30);

        assert_eq!(held.listed().len(), 1);
    }

    #[test]
    fn bindings_are_bounded_in_all_and_ended_ones_make_room() {
        let mut location = Location::default();
        let now = Instant::now();
        let source = "127.0.0.1:5".parse().unwrap();
        let contacts: Vec<String> = (0..MOST_BINDINGS)
            .map(|n| format!("<sip:p{n}@h>"))
            .collect();
        let contacts: Vec<&str> = contacts.iter().map(String::as_str).collect();
        let request = register(("a", 1), &contacts, Some("60"));
        let mut apply =
            |user: usize, now| location.apply("r", &user.to_string(), &request, source, 20, now);

        let users = MOST_IN_ALL / MOST_BINDINGS;
        for user in 0..users {
            apply(user, now).unwrap();
        }

        assert_eq!(apply(users, now), Err(Refusal::TooMany));
        assert_eq!(apply(users, now + Duration::from_mins(1)), Ok(()));
        assert_eq!(location.count, MOST_BINDINGS);
    }

    #[test]
    fn long_user_agents_are_cut() {
        let mut location = Location::default();
        let request = register(("a", 1), &["<sip:p1@h>"], None)
            .with("User-Agent", "ü".repeat(LONGEST_AGENT + 1));
        let now = Instant::now();
        let source = "127.0.0.1:5".parse().unwrap();

        location
            .apply("r", "bob", &request, source, 20, now)
            .unwrap();

        let agent = location.bindings("r", "bob", now).remove(0).user_agent;
        assert_eq!(agent, Some("ü".repeat(LONGEST_AGENT)));
    }

    #[test]
    fn a_query_changes_nothing_and_zero_removes_only_its_own() {
        let mut held = Held::new();
        held.apply(("a", 1), &["<sip:p1@h>"], None).unwrap();
        held.apply(("b", 1), &["<sip:p2@h>"], None).unwrap();

        held.apply(("c", 1), &[], None).unwrap();
        assert_eq!(held.listed().len(), 2);
        held.apply(("b", 2), &["<sip:p2@h>;expires=0"], None)
            .unwrap();

        assert_eq!(held.listed(), [("sip:p1@h".to_owned(), LONGEST_TIME)]);
    }

    #[test]
    fn a_star_removes_all_and_only_with_expires_zero() {
        let mut held = Held::new();
        held.apply(("a", 1), &["<sip:p1@h>", "<sip:p2@h>"], None)
            .unwrap();

        assert_eq!(held.apply(("a", 2), &["*"], Some("60")), Err(Refusal::Bad));
        assert_eq!(
            held.apply(("a", 2), &["*", "<sip:p3@h>"], Some("0")),
            Err(Refusal::Bad)
        );
        assert_eq!(held.listed().len(), 2);
        held.apply(("a", 3), &["*"], Some("0")).unwrap();

        assert!(held.listed().is_empty());
    }

    #[test]
    fn what_is_wrong_changes_nothing() {
        let mut held = Held::new();
        held.apply(("a", 5), &["<sip:p1@h>"], None).unwrap();

        for (call, contacts, expires, refusal) in [
            (("a", 5), &["<sip:p1@h>"][..], None, Refusal::Bad),
            (("b", 1), &["<sip:p2@h>, nonsense"], None, Refusal::Bad),
            (("b", 1), &["<sip:p2@h>"], Some("soon"), Refusal::Bad),
            (("b", 1), &["<sip:p2@h>"], Some("19"), Refusal::TooBrief),
            (
                ("b", 1),
                &["<sip:p@h>;x=1"; 1],
                Some("1"),
                Refusal::TooBrief,
            ),
        ] {
            assert_eq!(held.apply(call, contacts, expires), Err(refusal));
        }
        let long = "x".repeat(LONGEST);
        let long_contact = format!("<sip:{long}@h>");
        let unbounded = [
            (("b", 1), long_contact.as_str()),
            ((&*format!("{long}x"), 1), "<sip:p2@h>"),
        ];
        for (call, contact) in unbounded {
            assert_eq!(held.apply(call, &[contact], None), Err(Refusal::Bad));
        }
        let many: Vec<String> = (0..20).map(|n| format!("<sip:q{n}@h>")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(held.apply(("b", 1), &many, None), Err(Refusal::TooMany));

        assert_eq!(held.listed(), [("sip:p1@h".to_owned(), LONGEST_TIME)]);
    }
}
