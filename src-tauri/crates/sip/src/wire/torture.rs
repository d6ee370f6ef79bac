//! How RFC 4475's torture messages are handled. Each file contains, in our own words, what one
//! section of the RFC describes; its name begins with the section.

mod invalid;
mod valid;

use super::message::{Malformed, Message};
use super::stream::Stream;
use super::uri::Address;

/// A message, and the expected result of parsing it.
pub(crate) struct Torture {
    /// The file's name.
    pub(crate) name: &'static str,
    pub(crate) bytes: &'static [u8],
    outcome: Outcome,
}

enum Outcome {
    /// It is parsed, and this holds.
    Read(fn(&Message)),
    /// It is refused.
    Refused(Malformed),
}

macro_rules! torture {
    ($name:literal, $outcome:expr) => {
        $crate::wire::torture::Torture {
            name: $name,
            bytes: include_bytes!(concat!("../torture/", $name, ".sip")),
            outcome: $outcome,
        }
    };
}
use torture;

/// All 49, in the order of the RFC's sections.
pub(crate) fn messages() -> impl Iterator<Item = Torture> {
    valid::MESSAGES.into_iter().chain(invalid::messages())
}

/// Reads the address in a header that has one.
fn address(message: &Message, name: &str) -> Option<Address> {
    Address::parse(message.header(name)?)
}

/// Returns the user part in the first value of a header.
fn user(message: &Message, name: &str) -> Option<String> {
    address(message, name)?.uri.user
}

#[test]
fn every_torture_message_is_read_or_refused_as_the_table_says() {
    let mut count = 0;
    for torture in messages() {
        count += 1;
        eprintln!("{}", torture.name);

        let read = Message::from_datagram(torture.bytes);

        match (torture.outcome, read) {
            (Outcome::Read(holds), Ok(Some(message))) => holds(&message),
            (Outcome::Refused(why), read) => assert_eq!(read, Err(why)),
            (Outcome::Read(_), read) => panic!("{read:?}"),
        }
    }
    assert_eq!(count, 49, "one for each section");
}

#[test]
fn torture_message_reads_the_same_after_being_written() {
    for torture in messages() {
        let Ok(Some(message)) = Message::from_datagram(torture.bytes) else {
            continue;
        };

        let again = Message::from_datagram(&message.to_bytes());

        let again = again.unwrap().unwrap();
        assert_eq!(again.start, message.start, "{}", torture.name);
        assert_eq!(again.body, message.body, "{}", torture.name);
        assert_eq!(again.via(), message.via(), "{}", torture.name);
        assert_eq!(again.cseq(), message.cseq(), "{}", torture.name);
    }
}

#[test]
fn on_a_stream_the_octets_behind_a_message_are_the_next_one() {
    let torture = messages().find(|torture| torture.name.starts_with("3.1.1.8-"));
    let mut stream = Stream::default();

    stream.push(torture.unwrap().bytes);

    let first = stream.next_message().unwrap().unwrap();
    let second = stream.next_message().unwrap().unwrap();
    assert_eq!((first.method(), second.method()), ("REGISTER", "INVITE"));
}

#[test]
fn a_stream_waits_for_a_body_that_a_datagram_cuts_off() {
    let torture = messages().find(|torture| torture.name.starts_with("3.1.2.2-"));
    let mut stream = Stream::default();

    stream.push(torture.unwrap().bytes);

    assert_eq!(stream.next_message(), Ok(None));
}
