//! Calls from third-party phones: each request goes to the Contact that the other side gave.

use registrar_sip::answer::{NameForm, Proof, Session};
use registrar_sip::challenge::{Offer, offers};
use registrar_sip::uri::Address;
use registrar_sip::via::Via;

use super::tests::{NAMES, REALM, book, head, password};
use super::*;

#[tokio::test]
async fn contact_of_an_answer_is_its_own_address() {
    let registrar = registrar(Options::default()).await;
    let phone = Phone::new(&registrar).await;

    let (rings, answered) = phone.call("").await;

    let own = format!("<sip:+15550100@{}>", registrar.address());
    for (said, status) in [(rings, 180), (answered, 200)] {
        assert_eq!(said.status(), Some(status));
        assert_eq!(said.header("Contact"), Some(own.as_str()));
    }
}

#[tokio::test]
async fn invented_tag_begins_no_call() {
    let registrar = registrar(Options::default()).await;
    let phone = Phone::new(&registrar).await;

    let unknown = phone.ask(&inside("INVITE", "1", "invented")).await;
    assert_eq!(unknown.status(), Some(481));
    assert_eq!(registrar.open_calls(), 0);

    let (_, answered) = phone.call("").await;
    phone.send(&inside("ACK", "3", &tag(&answered))).await;
    let wrong = phone.ask(&inside("INVITE", "4", "invented")).await;
    let again = phone.ask(&inside("INVITE", "5", &tag(&answered))).await;

    assert_eq!(wrong.status(), Some(481));
    assert_eq!(again.status(), Some(488), "the call stays as it is");
    assert_eq!(registrar.open_calls(), 1);
}

#[tokio::test]
async fn only_the_caller_ends_a_call() {
    let registrar = registrar(Options::default()).await;
    let phone = Phone::new(&registrar).await;
    let (_, answered) = phone.call("").await;
    phone.send(&inside("ACK", "3", &tag(&answered))).await;

    let invented = phone.ask(&inside("BYE", "4", "invented")).await;
    let stranger = inside("BYE", "5", &tag(&answered)).replace("tag=f", "tag=other");
    let stranger = phone.ask(&stranger).await;
    let without = phone
        .ask(&format!("{}\n", head("BYE", "sip:x@y", "6")))
        .await;
    assert_eq!(registrar.open_calls(), 1);
    let own = phone.ask(&inside("BYE", "7", &tag(&answered))).await;

    for refused in [invented, stranger, without] {
        assert_eq!(refused.status(), Some(481));
    }
    assert_eq!(own.status(), Some(200));
}

#[tokio::test]
async fn bye_names_its_sender_and_goes_to_the_contact() {
    let registrar = registrar(Options {
        longest_call: Duration::ZERO,
        ..Options::default()
    })
    .await;
    let phone = Phone::new(&registrar).await;
    let (_, answered) = phone.call("").await;
    phone.send(&inside("ACK", "3", &tag(&answered))).await;

    let bye = next(&phone.contact).await;

    let contact = phone.contact.local_addr().unwrap();
    assert_eq!(bye.method(), "BYE");
    assert_eq!(bye.uri(), format!("sip:me@{contact}"));
    let via = Via::parse(bye.header("Via").unwrap()).unwrap();
    assert_eq!(via.sent_by, registrar.address().to_string());
}

#[tokio::test]
async fn bye_follows_the_route_of_its_call() {
    let registrar = registrar(Options {
        longest_call: Duration::ZERO,
        ..Options::default()
    })
    .await;
    let phone = Phone::new(&registrar).await;
    let proxy = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let route = format!("<sip:{};lr>", proxy.local_addr().unwrap());
    let routes = format!("Record-Route: {route}, <sip:far.example;lr>\n");
    let (_, answered) = phone.call(&routes).await;
    phone.send(&inside("ACK", "3", &tag(&answered))).await;

    let bye = next(&proxy).await;

    assert_eq!(
        bye.headers("Route"),
        [route.as_str(), "<sip:far.example;lr>"]
    );
}

#[tokio::test]
async fn idle_connections_lock_nobody_out() {
    let registrar = registrar(Options::default()).await;
    let mut idle = Vec::new();
    for _ in 0..=MOST_CONNECTIONS {
        idle.push(TcpStream::connect(registrar.address()).await.unwrap());
    }
    let mut phone = TcpStream::connect(registrar.address()).await.unwrap();

    let options = head("OPTIONS", &format!("sip:{REALM}"), "1").replace('\n', "\r\n");
    phone
        .write_all(format!("{options}\r\n").as_bytes())
        .await
        .unwrap();

    let mut room = [0; 12];
    let answered = phone.read_exact(&mut room);
    let answered = tokio::time::timeout(Duration::from_secs(5), answered).await;
    answered.expect("it is answered").unwrap();
    assert_eq!(&room, b"SIP/2.0 200 ");
    let closed = tokio::time::timeout(Duration::from_secs(5), idle[0].read(&mut room)).await;
    assert_eq!(closed.unwrap().unwrap(), 0, "the oldest made room");
}

#[tokio::test]
async fn message_that_never_ends_is_cut_off() {
    let registrar = registrar(Options::default()).await;
    let mut slow = TcpStream::connect(registrar.address()).await.unwrap();
    slow.write_all(b"OPTIONS sip:x SIP/2.0\r\nVia: ")
        .await
        .unwrap();
    tokio::time::pause();
    let began = tokio::time::Instant::now();

    let end = slow.read(&mut [0; 1]).await.unwrap();

    assert_eq!(end, 0);
    assert!(began.elapsed() <= SLOWEST_MESSAGE + Duration::from_secs(1));
}

/// A phone that sends from one socket and is reached at another one.
struct Phone {
    socket: UdpSocket,
    contact: UdpSocket,
    registrar: SocketAddr,
}

impl Phone {
    async fn new(registrar: &Registrar) -> Self {
        let bind = || UdpSocket::bind("127.0.0.1:0");
        Self {
            socket: bind().await.unwrap(),
            contact: bind().await.unwrap(),
            registrar: registrar.address(),
        }
    }

    async fn send(&self, text: &str) {
        let text = text.replace('\n', "\r\n");
        let sent = self.socket.send_to(text.as_bytes(), self.registrar);
        sent.await.unwrap();
    }

    async fn ask(&self, text: &str) -> Message {
        self.send(text).await;
        next(&self.socket).await
    }

    /// Calls, and returns the answers that ring and that pick up.
    async fn call(&self, more: &str) -> (Message, Message) {
        let uri = format!("sip:+15550100@{REALM}");
        let contact = self.contact.local_addr().unwrap();
        let invite = |branch: &str, more: &str| {
            let contact = format!("Contact: <sip:me@{contact}>\n");
            format!("{}{contact}{more}\n", head("INVITE", &uri, branch))
        };
        let challenge = self.ask(&invite("1", more)).await;
        let challenge = challenge.header("Proxy-Authenticate").unwrap().to_owned();
        let asked = Message::response(401, "").with("WWW-Authenticate", challenge);
        let Offer::Digest(asked) = &offers(&asked)[0] else {
            panic!("{asked:?}")
        };
        let proof = Proof::Password(password());
        let mut session = Session::new(asked, &proof, NameForm::Composite, NAMES[0], REALM);
        let answer = session.header("INVITE", &uri, "c");
        let more = format!("{more}Proxy-Authorization: {answer}\n");
        assert_eq!(self.ask(&invite("2", &more)).await.status(), Some(100));
        let rings = next(&self.socket).await;
        (rings, next(&self.socket).await)
    }
}

async fn next(socket: &UdpSocket) -> Message {
    let mut room = vec![0; LARGEST];
    let heard = tokio::time::timeout(Duration::from_secs(5), socket.recv(&mut room)).await;
    let length = heard.unwrap().unwrap();
    Message::from_datagram(&room[..length]).unwrap().unwrap()
}

/// A request inside the call of [`head`], with this tag of the other side.
fn inside(method: &str, branch: &str, tag: &str) -> String {
    let request = head(method, &format!("sip:x@{REALM}"), branch);
    let to = format!("To: <sip:bob@{REALM}>");
    format!("{}\n", request.replace(&to, &format!("{to};tag={tag}")))
}

fn tag(message: &Message) -> String {
    let to = Address::parse(message.header("To").unwrap()).unwrap();
    to.parameter("tag").unwrap().to_owned()
}

async fn registrar(options: Options) -> Registrar {
    let options = Options {
        answer_after: Duration::ZERO,
        ..options
    };
    Registrar::start(book(), options).await.unwrap()
}
