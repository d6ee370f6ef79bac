//! A message: both ways of framing agree, and serialized messages parse back to the same value.

use std::net::SocketAddr;

use registrar_sip::body;
use registrar_sip::challenge::{Offer, offers, schemes};
use registrar_sip::message::{Malformed, Message, Start};
use registrar_sip::stream::Stream;
use registrar_sip::syntax::{quote, unquote};
use registrar_sip::uri::{Address, Uri};
use registrar_sip::via::Via;

use crate::memory::bounded;
use crate::shown;

/// Reads `bytes` as a datagram and as a stream.
///
/// # Panics
///
/// Panics where the two disagree, or where something that was read is not written back the same.
pub fn run(bytes: &[u8]) {
    let datagram = bounded(|| {
        let datagram = Message::from_datagram(bytes);
        if let Ok(Some(message)) = &datagram {
            read_everything(message);
        }
        datagram
    });
    framed_alike(bytes, &datagram);
    if let Ok(Some(message)) = datagram {
        written_back_the_same(&message);
    }
}

/// Reads all that the app reads of any message.
fn read_everything(message: &Message) {
    let _ = (message.cseq(), message.via(), offers(message));
    let _ = (body::session(message), body::offer(message));
    for name in ["Contact", "Record-Route", "From", "To"] {
        for text in message.list(name) {
            let _ = Address::parse(text);
        }
    }
    for name in ["Authorization", "Proxy-Authorization"] {
        for value in message.headers(name) {
            let _ = schemes(value);
        }
    }
}

fn framed_alike(bytes: &[u8], datagram: &Result<Option<Message>, Malformed>) {
    // Of each length another size of pieces, up to the whole.
    let piece = 1 + bytes.len() * 37 % 101;
    let (first, error) = bounded(|| streamed(bytes, piece));
    match (datagram, first, error) {
        // A stream has no end that could end the body of a message without Content-Length.
        (Ok(Some(one)), Some(two), _) => {
            assert_eq!(one.start, two.start);
            assert!(one.all_headers().eq(two.all_headers()));
            let announced = one.header("Content-Length").is_some();
            let same = if announced { &one.body[..] } else { &[] };
            assert_eq!(same, two.body);
        }
        // A datagram is too large as a whole, of a stream perhaps only what follows.
        (Ok(None) | Err(Malformed::CutOff), None, None) | (Err(Malformed::TooLarge), _, _) => {}
        (Err(one), None, Some(two)) => {
            // What a datagram cuts off, a stream waits for, unless it is too much, or its first line
            // shows that it will never be SIP.
            let ended = matches!(two, Malformed::Start | Malformed::TooLarge);
            assert!(*one == two || *one == Malformed::CutOff && ended);
        }
        (datagram, first, error) => panic!("{datagram:?} is not {first:?} with {error:?}"),
    }
}

/// Returns the first message, and the error that ended the stream.
fn streamed(bytes: &[u8], piece: usize) -> (Option<Message>, Option<Malformed>) {
    let mut stream = Stream::default();
    let mut first = None;
    for piece in bytes.chunks(piece) {
        stream.push(piece);
        loop {
            match stream.next_message() {
                Ok(Some(message)) => first = first.or(Some(message)),
                Ok(None) => break,
                Err(error) => return (first, Some(error)),
            }
        }
    }
    (first, None)
}

fn written_back_the_same(message: &Message) {
    let bytes = message.to_bytes();
    let again = match Message::from_datagram(&bytes) {
        Ok(Some(again)) => again,
        // Our own writing adds spaces and a Content-Length.
        Err(Malformed::TooLarge) => return,
        other => panic!("{other:?} after writing {message:?}"),
    };
    assert_eq!(again.start, message.start);
    assert!(others(&again).eq(others(message)), "another header");
    assert_eq!(again.body, message.body);
    assert_eq!(again.to_bytes(), bytes);

    if let Start::Request { uri, .. } = &message.start {
        uri_is_stable(uri);
    }
    for mut via in message.list("Via").into_iter().filter_map(Via::parse) {
        assert_eq!(Via::parse(&via.to_string()).as_ref(), Some(&via));
        // What we mark says where it came from, whatever it said before.
        let source: SocketAddr = ([203, 0, 113, 7], 40_000).into();
        assert_eq!(via.reply_to(source).ip(), source.ip());
        via.mark(source);
        let seen = Via::parse(&via.to_string()).and_then(|via| via.seen_as());
        assert!(seen.is_none_or(|seen| seen.ip() == source.ip()));
    }
    for name in ["Contact", "From", "To"] {
        for address in message.list(name).into_iter().filter_map(Address::parse) {
            let text = address.to_string();
            shown::is_plain(&text);
            assert_eq!(Address::parse(&text), Some(address), "{text}");
        }
    }
    for offer in offers(message) {
        if let Offer::Digest(challenge) = offer {
            assert_eq!(unquote(&quote(&challenge.realm)), challenge.realm);
            assert_eq!(unquote(&quote(&challenge.nonce)), challenge.nonce);
        }
    }
}

/// Returns all headers but the one that is always written anew.
fn others(message: &Message) -> impl Iterator<Item = (&str, &str)> {
    message
        .all_headers()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("Content-Length"))
}

fn uri_is_stable(text: &str) {
    if let Some(uri) = Uri::parse(text) {
        let text = uri.to_string();
        shown::is_plain(&text);
        assert_eq!(Uri::parse(&text), Some(uri), "{text}");
    }
}
