//! The line of a pretend phone: each call rings, is answered after a moment, and is echoed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use registrar_server::{Callee, Dialogs as _, Sound};
use registrar_sip::message::{LARGEST, Message};
use registrar_sip::reply::reply;
use registrar_sip::tokens::{SystemTokens, Tokens};
use tokio::net::UdpSocket;
use tokio::task::JoinSet;

use crate::registrar::{Calls, Link};

/// How long it rings before it answers.
const RINGS: Duration = Duration::from_secs(2);
/// When the phone hangs up on its own.
const LONGEST: Duration = Duration::from_mins(1);
/// The supported methods.
const ALLOW: &str = "INVITE, ACK, BYE, CANCEL, OPTIONS";

/// Accepts calls until dropped, which also ends them.
pub(super) async fn take_calls(socket: UdpSocket) {
    let socket = Arc::new(socket);
    let calls = Calls::default();
    let mut talks = JoinSet::new();
    let mut room = vec![0; LARGEST];
    loop {
        // An error may mean that one caller is gone, as on Windows; others continue.
        let Ok((length, peer)) = socket.recv_from(&mut room).await else {
            tokio::task::yield_now().await;
            continue;
        };
        let Ok(Some(message)) = Message::from_datagram(&room[..length]) else {
            continue;
        };
        while talks.try_join_next().is_some() {}
        let link = Link::Udp(Arc::clone(&socket), peer);
        if let Some(said) = handle(&message, &link, peer, &calls, &mut talks) {
            link.send(&said).await;
        }
    }
}

/// Returns the immediate response to a message, if any.
fn handle(
    message: &Message,
    link: &Link,
    peer: SocketAddr,
    calls: &Calls,
    talks: &mut JoinSet<()>,
) -> Option<Message> {
    if message.status().is_some() {
        calls.bye_answered(message);
        return None;
    }
    let status = match message.method() {
        "ACK" => {
            calls.acknowledge(message);
            return None;
        }
        "INVITE" if calls.is_again(message) => return None,
        "INVITE" => {
            let callee = Callee::Answers(RINGS, Sound::default());
            match calls.begin(message.clone(), link.clone(), callee, LONGEST) {
                Ok(call) => {
                    talks.spawn(call);
                    return None;
                }
                Err(status) => status,
            }
        }
        "BYE" if calls.hang_up(message) => 200,
        "CANCEL" if calls.cancel(message) => 200,
        "BYE" | "CANCEL" => 481,
        "OPTIONS" => 200,
        _ => 405,
    };
    let said = reply(message, status, peer, &SystemTokens.token());
    Some(said.with("Allow", ALLOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn line_stays_open_after_a_request_that_is_no_call() {
        let line = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = line.local_addr().unwrap();
        let mut open = JoinSet::new();
        open.spawn(take_calls(line));
        let caller = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let from = caller.local_addr().unwrap();
        let request = |method: &str| {
            Message::request(method, "sip:x@127.0.0.1")
                .with(
                    "Via",
                    format!("SIP/2.0/UDP {from};rport;branch=z9hG4bK{method}"),
                )
                .with("From", "<sip:a@b>;tag=1")
                .with("To", "<sip:x@b>")
                .with("Call-ID", "one")
                .with("CSeq", format!("1 {method}"))
        };

        caller.send_to(b"\0\xff no SIP", address).await.unwrap();
        for silent in ["ACK", "OPTIONS"] {
            let message = request(silent).to_bytes();
            caller.send_to(&message[..20], address).await.unwrap();
        }
        for (method, status) in [
            ("ACK", None),
            ("OPTIONS", Some(200)),
            ("BYE", Some(481)),
            ("CANCEL", Some(481)),
            ("NOTIFY", Some(405)),
        ] {
            let message = request(method).to_bytes();
            caller.send_to(&message, address).await.unwrap();
            let Some(status) = status else { continue };

            let mut room = [0; 2000];
            let (length, _) = caller.recv_from(&mut room).await.unwrap();

            let answer = Message::from_datagram(&room[..length]).unwrap().unwrap();
            assert_eq!(answer.status(), Some(status), "{method}");
            assert_eq!(answer.cseq(), Some((1, method)), "{method}");
            assert_eq!(answer.header("Allow"), Some(ALLOW), "{method}");
        }
    }
}
