//! Drives a call by hand.

mod bodies;
mod challenges;
mod changes;
mod elsewhere;
mod forks;
mod timers;

use std::time::Duration;

use registrar_secret::SipPassword;

use super::*;
use crate::TransportName;
use crate::answer::{NameForm, Proof};
use crate::reply::reply;
use crate::tokens::Counted;

/// A call with its tokens and its own clock.
struct Script {
    call: Invite,
    tokens: Counted,
    now: Instant,
}

const PEER: &str = "192.0.2.9:5060";
const SOUND: &str = "v=0\r\nc=IN IP4 192.0.2.9\r\nm=audio 5004 RTP/AVP 0\r\n";
const CHALLENGE: (&str, &str) = (
    "Proxy-Authenticate",
    r#"Digest realm="r.example", nonce="n1", qop="auth""#,
);

impl Script {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl Fn(&mut CallPlan)) -> Self {
        let mut tokens = Counted::default();
        let now = Instant::now();
        let mut plan = CallPlan {
            request_uri: "sip:1@r.example:5006".to_owned(),
            from: "sip:2@r.example".to_owned(),
            user_name: "bob".to_owned(),
            form: NameForm::Composite,
            proof: Proof::Password(SipPassword::new("x")),
            other_realms: Vec::new(),
            realm: "r.example".to_owned(),
            transport: TransportName::Udp,
            target: PEER.parse().unwrap(),
            local: "192.0.2.1:5070".parse().unwrap(),
            sound: "192.0.2.1:4000".parse().unwrap(),
            give_up: Duration::from_secs(8),
            ring: Duration::from_secs(30),
        };
        change(&mut plan);
        Self {
            call: Invite::new(plan, &mut tokens, now),
            tokens,
            now,
        }
    }

    fn sent(&mut self) -> Message {
        self.call.poll_transmit().unwrap().message
    }

    fn answer(&mut self, request: &Message, status: u16, headers: &[(&str, &str)]) -> Message {
        let peer = PEER.parse().unwrap();
        let mut response = reply(request, status, peer, "theirs");
        for (name, value) in headers {
            response.push(name, value);
        }
        if status == 200 && request.method() == "INVITE" {
            response.body = SOUND.as_bytes().to_vec();
        }
        self.hear(&response);
        response
    }

    fn hear(&mut self, message: &Message) {
        let peer = PEER.parse().unwrap();
        self.call
            .handle_input(message, peer, &mut self.tokens, self.now);
    }

    fn wait(&mut self) {
        self.now = self.call.poll_timeout().unwrap();
        self.call.handle_timeout(&mut self.tokens, self.now);
    }

    /// Receives a request from the other side in the call that `taken` answered.
    fn ask(&mut self, taken: &Message, method: &str, number: u32, body: &str) -> Message {
        let request = self.request(taken, method, number, body);
        self.hear(&request);
        request
    }

    /// A request of the other side in the call that `taken` answered.
    #[allow(clippy::unused_self, reason = "it reads as a step of the script")]
    fn request(&self, taken: &Message, method: &str, number: u32, body: &str) -> Message {
        let mut request = Message::request(method, "sip:call@192.0.2.1:5070")
            .with(
                "Via",
                format!("SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK{method}{number}"),
            )
            .with("From", taken.header("To").unwrap())
            .with("To", taken.header("From").unwrap())
            .with("Call-ID", taken.header("Call-ID").unwrap())
            .with("CSeq", format!("{number} {method}"))
            .with("Contact", "<sip:moved@10.0.0.8:5062>");
        if !body.is_empty() {
            request.push("Content-Type", "application/sdp");
            request.body = body.as_bytes().to_vec();
        }
        request
    }

    /// An answered call: the INVITE and its answer. Nothing is left to be sent.
    fn talking() -> (Self, Message, Message) {
        let mut script = Self::new();
        let invite = script.sent();
        let taken = script.answer(&invite, 200, &[("Contact", "<sip:phone@10.0.0.9:5062>")]);
        assert_eq!(script.sent().method(), "ACK");
        script.events();
        (script, invite, taken)
    }

    fn events(&mut self) -> Vec<CallEvent> {
        std::iter::from_fn(|| self.call.poll_event()).collect()
    }

    fn all_sent(&mut self) -> Vec<Message> {
        let sent = std::iter::from_fn(|| self.call.poll_transmit());
        sent.map(|sent| sent.message).collect()
    }

    fn hang_up(&mut self) {
        self.call.hang_up(&mut self.tokens, self.now);
    }
}

#[test]
fn a_challenged_invite_is_acknowledged_and_answered_once() {
    let mut script = Script::new();
    let first = script.sent();

    let refusal = script.answer(&first, 407, &[CHALLENGE]);
    let ack = script.sent();
    let second = script.sent();
    script.hear(&refusal);
    let ack_again = script.sent();
    script.answer(&second, 407, &[CHALLENGE]);

    assert_eq!(ack.method(), "ACK");
    assert_eq!(ack.via(), first.via(), "the ACK belongs to the INVITE");
    assert!(ack.header("To").unwrap().contains("tag=theirs"));
    assert_eq!(ack_again.to_bytes(), ack.to_bytes());
    assert!(second.header("Proxy-Authorization").is_some());
    assert_eq!(second.cseq(), Some((2, "INVITE")));
    assert_eq!(second.header("Call-ID"), first.header("Call-ID"));
    assert_eq!(script.sent().method(), "ACK");
    assert_eq!(script.call.end(), Some(&CallEnd::CredentialRefused));
}

#[test]
fn an_answered_call_follows_the_route_back_and_says_bye() {
    let mut script = Script::new();
    let invite = script.sent();
    let headers = [
        ("Contact", "<sip:phone@10.0.0.9:5062>"),
        ("Record-Route", "<sip:p2;lr>, <sip:p1;lr>"),
    ];

    let taken = script.answer(&invite, 200, &headers);
    let ack = script.sent();
    script.hear(&taken);
    let ack_again = script.sent();
    script.hang_up();
    let bye = script.sent();
    script.answer(&bye, 200, &[]);

    assert_eq!(ack.uri(), "sip:phone@10.0.0.9:5062");
    assert_eq!(ack.cseq(), Some((1, "ACK")));
    assert_eq!(ack.headers("Route"), ["<sip:p1;lr>", "<sip:p2;lr>"]);
    assert_ne!(ack.via(), invite.via(), "an ACK to a 2xx stands by itself");
    assert_eq!(ack_again.to_bytes(), ack.to_bytes());
    assert_eq!(bye.cseq(), Some((2, "BYE")));
    assert!(bye.header("To").unwrap().contains("tag=theirs"));
    assert_eq!(script.call.end(), Some(&CallEnd::HungUp { by_us: true }));
}

#[test]
fn cancel_waits_for_an_answer_and_has_the_branch_of_the_invite() {
    let mut script = Script::new();
    let invite = script.sent();
    script.hang_up();
    assert!(script.call.poll_transmit().is_none(), "nothing came yet");

    script.answer(&invite, 180, &[]);
    let cancel = script.sent();
    script.answer(&cancel, 200, &[]);
    assert_eq!(script.call.end(), None, "the INVITE has its own end");
    script.answer(&invite, 487, &[]);

    assert_eq!(cancel.method(), "CANCEL");
    assert_eq!(cancel.via(), invite.via());
    assert_eq!(cancel.cseq(), Some((1, "CANCEL")));
    assert_eq!(script.sent().method(), "ACK");
    assert_eq!(script.call.end(), Some(&CallEnd::Cancelled));
}

#[test]
fn a_call_that_is_answered_while_it_is_cancelled_is_hung_up() {
    let mut script = Script::new();
    let invite = script.sent();
    script.answer(&invite, 180, &[]);
    script.hang_up();
    assert_eq!(script.sent().method(), "CANCEL");

    script.answer(&invite, 200, &[("Contact", "<sip:phone@10.0.0.9>")]);

    assert_eq!(script.sent().method(), "ACK");
    let bye = script.sent();
    assert_eq!(bye.method(), "BYE");
    script.answer(&bye, 200, &[]);
    assert_eq!(script.call.end(), Some(&CallEnd::Cancelled));
}

#[test]
fn a_bye_of_the_other_side_is_confirmed() {
    let mut script = Script::new();
    let invite = script.sent();
    let taken = script.answer(&invite, 200, &[]);
    script.sent();
    let bye = Message::request("BYE", "sip:call@192.0.2.1:5070")
        .with("Via", "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKb")
        .with("From", taken.header("To").unwrap())
        .with("To", taken.header("From").unwrap())
        .with("Call-ID", taken.header("Call-ID").unwrap())
        .with("CSeq", "1 BYE");

    script.hear(&bye);

    assert_eq!(script.sent().status(), Some(200));
    assert_eq!(script.call.end(), Some(&CallEnd::HungUp { by_us: false }));
}

#[test]
fn silence_ends_after_its_time_and_ringing_after_its_own() {
    let mut silent = Script::new();
    let mut sends = 0;
    while silent.call.end().is_none() {
        while silent.call.poll_transmit().is_some() {
            sends += 1;
        }
        if silent.call.end().is_none() {
            silent.wait();
        }
    }
    let mut ringing = Script::new();
    let began = ringing.now;
    let invite = ringing.sent();
    ringing.answer(&invite, 180, &[]);
    ringing.wait();

    assert_eq!(silent.call.end(), Some(&CallEnd::Silent));
    assert_eq!(sends, 5, "at 0, 0.5, 1.5, 3.5 and 7.5 s");
    assert_eq!(ringing.now - began, Duration::from_secs(30));
    assert_eq!(ringing.sent().method(), "CANCEL");
}
