//! A far end that sends directly to our Contact, bypassing the registrar that routed the call.

use std::net::SocketAddr;

use registrar_sip::message::Message;
use registrar_sip::reply::reply;
use registrar_sip::stream::Stream;
use registrar_sip::uri::Address;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::timeout;

use super::*;
use crate::call::line::or_noise;
use crate::message_chart::MessageMeaning;

const SOUND: &str = "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 0\r\n";

/// One end of a connection or of datagrams.
enum End {
    Udp(UdpSocket, SocketAddr),
    Tcp(TcpStream, Stream),
}

impl End {
    /// Opens the way to this address.
    async fn to(transport: TransportName, address: SocketAddr) -> Self {
        if transport == TransportName::Udp {
            let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            return Self::Udp(socket, address);
        }
        Self::Tcp(
            TcpStream::connect(address).await.unwrap(),
            Stream::default(),
        )
    }

    fn local(&self) -> SocketAddr {
        match self {
            Self::Udp(socket, _) => socket.local_addr().unwrap(),
            Self::Tcp(stream, _) => stream.local_addr().unwrap(),
        }
    }

    async fn send(&mut self, message: &Message) {
        match self {
            Self::Udp(socket, peer) => {
                socket.send_to(&message.to_bytes(), *peer).await.unwrap();
            }
            Self::Tcp(stream, _) => stream.write_all(&message.to_bytes()).await.unwrap(),
        }
    }

    async fn hear(&mut self) -> Message {
        let heard = async {
            let mut room = [0; 8192];
            loop {
                match self {
                    Self::Udp(socket, peer) => {
                        let (length, source) = socket.recv_from(&mut room).await.unwrap();
                        *peer = source;
                        return Message::from_datagram(&room[..length]).unwrap().unwrap();
                    }
                    Self::Tcp(stream, read) => {
                        if let Some(message) = read.next_message().unwrap() {
                            return message;
                        }
                        let length = stream.read(&mut room).await.unwrap();
                        assert!(length > 0, "the connection was closed");
                        read.push(&room[..length]);
                    }
                }
            }
        };
        timeout(Duration::from_secs(10), heard).await.unwrap()
    }
}

/// Takes the call as a registrar that then has no more to do with it. Returns the INVITE, its
/// answer, and the registrar's end.
async fn take(
    transport: TransportName,
    listening: Listening,
    contact: &str,
) -> (Message, Message, End) {
    let mut registrar = match listening {
        Listening::Udp(socket) => End::Udp(socket, "127.0.0.1:9".parse().unwrap()),
        Listening::Tcp(listener) => {
            let (stream, _) = listener.accept().await.unwrap();
            End::Tcp(stream, Stream::default())
        }
    };
    let invite = registrar.hear().await;
    let mut taken = reply(&invite, 200, registrar.local(), "theirs").with("Contact", contact);
    taken.body = SOUND.as_bytes().to_vec();
    registrar.send(&taken).await;
    assert_eq!(
        transport == TransportName::Udp,
        matches!(registrar, End::Udp(..))
    );
    (invite, taken, registrar)
}

enum Listening {
    Udp(UdpSocket),
    Tcp(TcpListener),
}

async fn listen(transport: TransportName) -> (Listening, SocketAddr) {
    if transport == TransportName::Udp {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        return (Listening::Udp(socket), address);
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (Listening::Tcp(listener), address)
}

/// A call to `target` that talks until the other side hangs up.
fn call_to(transport: TransportName, target: SocketAddr) -> DialRequest {
    DialRequest {
        talk: Duration::from_mins(1),
        ..call(target, transport)
    }
}

/// A BYE of the far end in the call that `taken` answered.
fn bye(invite: &Message, taken: &Message, from: SocketAddr, word: &str) -> Message {
    let contact = Address::written_uri(invite.header("Contact").unwrap()).unwrap();
    let via = format!("SIP/2.0/{word} {from};rport;branch=z9hG4bKbye");
    Message::request("BYE", contact)
        .with("Via", via)
        .with("From", taken.header("To").unwrap())
        .with("To", taken.header("From").unwrap())
        .with("Call-ID", taken.header("Call-ID").unwrap())
        .with("CSeq", "1 BYE")
}

/// The address that the INVITE's Contact names.
fn contact_of(invite: &Message) -> SocketAddr {
    let contact = Address::parse(invite.header("Contact").unwrap()).unwrap();
    format!("{}:{}", contact.uri.host, contact.uri.port.unwrap())
        .parse()
        .unwrap()
}

#[tokio::test]
async fn a_bye_straight_to_our_contact_ends_the_call() {
    for transport in BOTH {
        let (listening, target) = listen(transport).await;
        let far_end = async {
            let contact = format!("<sip:x@{target};transport={}>", word(transport));
            let (invite, taken, mut registrar) = take(transport, listening, &contact).await;
            assert_eq!(registrar.hear().await.method(), "ACK");
            let mut far = End::to(transport, contact_of(&invite)).await;
            let bye = bye(&invite, &taken, far.local(), word(transport));
            let strange = Message::request("BYE", bye.uri())
                .with("Via", bye.header("Via").unwrap().replace("bye", "strange"))
                .with("From", "<sip:x@y>;tag=guessed")
                .with("To", bye.header("To").unwrap())
                .with("Call-ID", bye.header("Call-ID").unwrap())
                .with("CSeq", "1 BYE");
            far.send(&strange).await;
            let turned_away = far.hear().await;
            far.send(&bye).await;
            (turned_away, far.hear().await, registrar)
        };

        let request = call_to(transport, target);
        let (outcome, (turned_away, answer, _)) = tokio::join!(dial(request, &quiet), far_end);

        assert_eq!(turned_away.status(), Some(481), "{transport:?}");
        assert_eq!(answer.status(), Some(200));
        assert_eq!(outcome.end, CallEnd::HungUp { by_us: false });
        let told = outcome
            .message_chart
            .iter()
            .find(|line| line.label == "BYE");
        let meaning = &told.unwrap().meaning;
        let astray = matches!(
            meaning,
            MessageMeaning::CallHeard {
                astray: Some(_),
                ..
            }
        );
        assert!(astray, "{meaning:?}");
        let said = outcome
            .message_chart
            .iter()
            .filter(|line| line.label == "BYE")
            .count();
        assert_eq!(said, 1, "the stranger is no part of the story");
    }
}

#[tokio::test]
async fn the_far_end_itself_gets_ack_and_bye() {
    let (listening, target) = listen(TransportName::Udp).await;
    let far = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let contact = format!("<sip:x@{}>", far.local_addr().unwrap());
    let far_end = async {
        let (invite, ..) = take(TransportName::Udp, listening, &contact).await;
        let mut far = End::Udp(far, target);
        let ack = far.hear().await;
        let bye = far.hear().await;
        far.send(&reply(&bye, 200, contact_of(&invite), "")).await;
        (ack, bye)
    };

    let mut request = call_to(TransportName::Udp, target);
    request.talk = Duration::from_millis(50);
    let (outcome, (ack, bye)) = tokio::join!(dial(request, &quiet), far_end);

    assert_eq!((ack.method(), bye.method()), ("ACK", "BYE"));
    assert_eq!(outcome.end, CallEnd::HungUp { by_us: true });
    assert_eq!(outcome.message_chart.last().unwrap().label, "200 OK");
}

#[tokio::test]
async fn a_bye_that_comes_again_after_the_end_is_answered() {
    let (listening, target) = listen(TransportName::Udp).await;
    let contact = format!("<sip:x@{target}>");
    let far_end = async {
        let (invite, taken, mut registrar) = take(TransportName::Udp, listening, &contact).await;
        registrar.hear().await;
        let bye = bye(&invite, &taken, target, "UDP");
        registrar.send(&bye).await;
        (registrar.hear().await, registrar, bye)
    };

    let request = call_to(TransportName::Udp, target);
    let (outcome, (answer, mut registrar, bye)) = tokio::join!(dial(request, &quiet), far_end);
    registrar.send(&bye).await;
    let again = registrar.hear().await;

    assert_eq!(outcome.end, CallEnd::HungUp { by_us: false });
    assert_eq!(again.to_bytes(), answer.to_bytes());
}

#[tokio::test]
async fn a_closed_connection_does_not_end_the_call() {
    let (listening, target) = listen(TransportName::Tcp).await;
    let Listening::Tcp(listener) = listening else {
        panic!("it listens for connections")
    };
    let contact = format!("<sip:x@{target};transport=tcp>");
    let far_end = async {
        let mut asked = accept(&listener).await;
        let invite = asked.hear().await;
        let asks = r#"Digest realm="r.example", nonce="n""#;
        let refusal = reply(&invite, 407, target, "t").with("Proxy-Authenticate", asks);
        asked.send(&refusal).await;
        drop(asked);
        let mut taken = accept(&listener).await;
        let proved = heard(&mut taken, "INVITE").await;
        let mut answer = reply(&proved, 200, target, "theirs").with("Contact", &contact);
        answer.body = SOUND.as_bytes().to_vec();
        taken.send(&answer).await;
        heard(&mut taken, "ACK").await;
        drop(taken);
        let mut left = accept(&listener).await;
        let bye = heard(&mut left, "BYE").await;
        left.send(&reply(&bye, 200, target, "")).await;
        (proved, left)
    };

    let mut request = call_to(TransportName::Tcp, target);
    request.talk = Duration::from_millis(300);
    let (outcome, (proved, _)) = tokio::join!(dial(request, &quiet), far_end);

    assert!(proved.header("Proxy-Authorization").is_some());
    assert_eq!(outcome.end, CallEnd::HungUp { by_us: true });
    assert_eq!(outcome.failure, None);
    assert_eq!(outcome.message_chart.last().unwrap().label, "200 OK");
}

async fn accept(listener: &TcpListener) -> End {
    let (stream, _) = listener.accept().await.unwrap();
    End::Tcp(stream, Stream::default())
}

/// Waits for a request with this method.
async fn heard(end: &mut End, method: &str) -> Message {
    loop {
        let message = end.hear().await;
        if message.method() == method {
            return message;
        }
    }
}

#[tokio::test]
async fn a_damaged_answer_is_not_nobody() {
    let (listening, target) = listen(TransportName::Udp).await;
    let Listening::Udp(registrar) = listening else {
        panic!("it listens for datagrams")
    };
    let request = call_to(TransportName::Udp, target);
    let limit = Duration::from_secs(5);
    let transport = Transport::connect(request.transport, target, &request.peer, limit);
    let transport = transport.await.unwrap();
    let local = transport.local().unwrap();
    let local = SocketAddr::new(target.ip(), local.port());
    let mut signaling = Signaling::new(transport, &request);
    let message = Message::response(200, "OK").with("Call-ID", "x");
    for datagram in [b"HTTP/1.1 400 Bad Request\r\n\r\n", &message.to_bytes()[..]] {
        registrar.send_to(datagram, local).await.unwrap();
    }

    let (heard, source) = signaling.receive().await.unwrap();

    assert_eq!((heard.status(), source), (Some(200), target));
    let noise = signaling.noise();
    assert!(noise.is_some());
    let (end, failure) = or_noise(CallEnd::Silent, noise);
    assert_eq!(end, CallEnd::Unreachable);
    assert!(matches!(failure, Some(Failure::NotSip(_))));
    let refused = or_noise(CallEnd::NotAnswered, noise);
    assert_eq!(refused, (CallEnd::NotAnswered, None));
    assert_eq!(or_noise(CallEnd::Silent, None).0, CallEnd::Silent);
}

#[tokio::test]
async fn many_connections_do_not_keep_the_far_end_out() {
    let transport = TransportName::Tcp;
    let (listening, target) = listen(transport).await;
    let far_end = async {
        let contact = format!("<sip:x@{target};transport=tcp>");
        let (invite, taken, mut registrar) = take(transport, listening, &contact).await;
        registrar.hear().await;
        let contact = contact_of(&invite);
        let mut idle = Vec::new();
        for _ in 0..100 {
            idle.push(TcpStream::connect(contact).await.unwrap());
        }
        let mut far = End::to(transport, contact).await;
        far.send(&bye(&invite, &taken, far.local(), "TCP")).await;
        (far.hear().await, idle)
    };

    let request = call_to(transport, target);
    let (outcome, (answer, _)) = tokio::join!(dial(request, &quiet), far_end);

    assert_eq!(answer.status(), Some(200));
    assert_eq!(outcome.end, CallEnd::HungUp { by_us: false });
}

fn word(transport: TransportName) -> &'static str {
    if transport == TransportName::Udp {
        "UDP"
    } else {
        "TCP"
    }
}
