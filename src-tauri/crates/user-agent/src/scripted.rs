//! A scripted registrar for tests, on its own loopback socket.
//!
//! Over TLS it presents one of the certificates of `crates/http/tests/fixtures/tls`.
#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a panic is a test's failure"
)]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use registrar_http::trust::Trust;
use registrar_sip::TransportName;
use registrar_sip::message::Message;
use registrar_sip::stream::Stream;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What is done with one request.
#[derive(Clone, Debug)]
pub enum Act {
    /// Answer with a status and headers.
    Answer(u16, Vec<(&'static str, String)>),
    /// Answer, then close the connection.
    AnswerAndClose(u16, Vec<(&'static str, String)>),
    /// Close the connection.
    Close,
    /// Answer from another address.
    Elsewhere(u16, Vec<(&'static str, String)>),
    /// Say something that is not SIP.
    Noise,
    /// Say this.
    Say(Vec<u8>),
    /// Don't respond.
    Silent,
    /// Answer with what the function makes of a 401 without a challenge.
    Spoiled(fn(String) -> String),
}

/// What is said to one request.
struct Said {
    bytes: Vec<u8>,
    /// Whether the connection is closed after it.
    closes: bool,
    /// Whether it comes from another address.
    elsewhere: bool,
}

/// Responds with a status only.
#[must_use]
pub fn status(status: u16) -> Act {
    Act::Answer(status, Vec::new())
}

/// Challenges for `realm`, with `more` after the nonce.
#[must_use]
pub fn challenge(realm: &str, more: &str) -> Act {
    let value = format!("Digest realm=\"{realm}\", nonce=\"n\"{more}");
    Act::Answer(401, vec![("WWW-Authenticate", value)])
}

/// The registrar. It repeats its script's last act for ever, and stops when it is dropped.
#[derive(Debug)]
pub struct Scripted {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<Message>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// Starts; over TLS with a certificate for `r.example` that [`authority`] signed.
    pub async fn start(transport: TransportName, acts: &[Act]) -> Self {
        Self::start_with(transport, Certificate::Good, acts).await
    }

    /// Starts; over TLS with this certificate.
    pub async fn start_with(
        transport: TransportName,
        certificate: Certificate,
        acts: &[Act],
    ) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let script = Script {
            acts: acts.iter().cloned().collect(),
            heard: Arc::clone(&heard),
        };
        let (address, task) = match transport {
            TransportName::Udp => {
                let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
                let address = socket.local_addr().unwrap();
                (address, tokio::spawn(over_udp(socket, script)))
            }
            TransportName::Tcp | TransportName::Tls => {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let address = listener.local_addr().unwrap();
                let acceptor = (transport == TransportName::Tls).then(|| certificate.acceptor());
                (
                    address,
                    tokio::spawn(over_streams(listener, acceptor, script)),
                )
            }
        };
        Self {
            address,
            heard,
            task,
        }
    }

    /// Everything that was heard.
    #[must_use]
    pub fn heard(&self) -> Vec<Message> {
        self.heard.lock().clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Script {
    acts: VecDeque<Act>,
    heard: Arc<Mutex<Vec<Message>>>,
}

impl Script {
    /// Returns what to say to `request`.
    fn act(&mut self, request: Message, source: SocketAddr) -> Said {
        let act = match self.acts.len() {
            0 | 1 => self.acts.front().cloned().unwrap_or(Act::Silent),
            _ => self.acts.pop_front().unwrap(),
        };
        let said = |bytes: Vec<u8>| Said {
            bytes,
            closes: false,
            elsewhere: false,
        };
        let said = match act {
            Act::Answer(status, headers) => said(answer(&request, source, status, headers)),
            Act::AnswerAndClose(status, headers) => Said {
                closes: true,
                ..said(answer(&request, source, status, headers))
            },
            Act::Close => Said {
                closes: true,
                ..said(Vec::new())
            },
            Act::Elsewhere(status, headers) => Said {
                elsewhere: true,
                ..said(answer(&request, source, status, headers))
            },
            Act::Noise => said(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
            Act::Say(bytes) => said(bytes),
            Act::Silent => said(Vec::new()),
            Act::Spoiled(spoil) => {
                let answer = answer(&request, source, 401, Vec::new());
                said(spoil(String::from_utf8(answer).unwrap()).into_bytes())
            }
        };
        self.heard.lock().push(request);
        said
    }
}

#[must_use]
pub fn answer(
    request: &Message,
    source: SocketAddr,
    status: u16,
    headers: Vec<(&'static str, String)>,
) -> Vec<u8> {
    let mut via = request.via().unwrap();
    via.mark(source);
    let mut response = Message::response(status, "Words").with("Via", via.to_string());
    for name in ["From", "To", "Call-ID", "CSeq"] {
        response.push(name, request.header(name).unwrap());
    }
    for (name, value) in headers {
        // `OURS` stands for the Contact that was sent.
        let contact = request.header("Contact").unwrap_or_default();
        response.push(name, &value.replace("OURS", contact));
    }
    response.to_bytes()
}

async fn over_udp(socket: UdpSocket, mut script: Script) {
    let mut room = vec![0; 65_536];
    loop {
        let (length, source) = socket.recv_from(&mut room).await.unwrap();
        let request = Message::from_datagram(&room[..length]).unwrap().unwrap();
        let said = script.act(request, source);
        if said.elsewhere {
            let other = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            drop(other.send_to(&said.bytes, source).await);
        } else if !said.bytes.is_empty() {
            drop(socket.send_to(&said.bytes, source).await);
        }
        if said.closes {
            return;
        }
    }
}

async fn over_streams(listener: TcpListener, acceptor: Option<TlsAcceptor>, mut script: Script) {
    loop {
        let (connection, source) = listener.accept().await.unwrap();
        match &acceptor {
            None => over_stream(connection, source, &mut script).await,
            Some(acceptor) => {
                // A client that does not like the certificate goes away.
                if let Ok(connection) = acceptor.accept(connection).await {
                    over_stream(connection, source, &mut script).await;
                }
            }
        }
    }
}

async fn over_stream(
    mut connection: impl AsyncRead + AsyncWrite + Unpin,
    source: SocketAddr,
    script: &mut Script,
) {
    let mut stream = Stream::default();
    let mut room = [0; 4096];
    while let Ok(length @ 1..) = connection.read(&mut room).await {
        stream.push(&room[..length]);
        // What is not SIP, such as the start of TLS, is not answered.
        while let Ok(Some(request)) = stream.next_message() {
            let said = script.act(request, source);
            connection.write_all(&said.bytes).await.unwrap();
            connection.flush().await.unwrap();
            if said.closes {
                return;
            }
        }
    }
}

/// A certificate of the registrar; each is for `r.example` but those with another name.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "elsewhere a SIP URI alone names no domain")
)]
pub enum Certificate {
    Early,
    Expired,
    Good,
    OtherName,
    SelfSigned,
    /// Its only name is `sip:r.example`.
    SipUri,
    /// Names a host by DNS and `r.example` by SIP URI.
    SipUriBesideDns,
    SipUriExpired,
    /// Its issuer may name `other.example` only.
    SipUriLimited,
    SipUriOther,
    /// Names `r.example` by DNS and another domain by SIP URI.
    SipUriOtherBesideDns,
    SipUriUser,
    /// Names `r.example` by DNS and a user elsewhere by SIP URI.
    SipUriUserBesideDns,
    /// Names `r.example` by DNS and `*.r.example` by SIP URI.
    SipUriWildcard,
    SipUriWrongPurpose,
    SipsUri,
    WrongPurpose,
}

impl Certificate {
    #[must_use]
    pub fn acceptor(self) -> TlsAcceptor {
        let certificate: &'static [u8] = match self {
            Self::Early => {
                include_bytes!("../../http/tests/fixtures/tls/registrar-early.der")
            }
            Self::Expired => {
                include_bytes!("../../http/tests/fixtures/tls/registrar-expired.der")
            }
            Self::Good => {
                include_bytes!("../../http/tests/fixtures/tls/registrar-good.der")
            }
            Self::OtherName => {
                include_bytes!("../../http/tests/fixtures/tls/registrar-other-name.der")
            }
            Self::SelfSigned => {
                include_bytes!("../../http/tests/fixtures/tls/registrar-self-signed.der")
            }
            Self::SipUri => include_bytes!("../../http/tests/fixtures/tls/sip-uri.der"),
            Self::SipUriBesideDns => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-other-dns.der")
            }
            Self::SipUriExpired => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-expired.der")
            }
            Self::SipUriLimited => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-limited.der")
            }
            Self::SipUriOther => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-other.der")
            }
            Self::SipUriOtherBesideDns => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-other-with-dns.der")
            }
            Self::SipUriUser => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-user.der")
            }
            Self::SipUriUserBesideDns => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-user-with-dns.der")
            }
            Self::SipUriWildcard => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-wildcard.der")
            }
            Self::SipUriWrongPurpose => {
                include_bytes!("../../http/tests/fixtures/tls/sip-uri-wrong-purpose.der")
            }
            Self::SipsUri => include_bytes!("../../http/tests/fixtures/tls/sips-uri.der"),
            Self::WrongPurpose => {
                include_bytes!("../../http/tests/fixtures/tls/registrar-wrong-purpose.der")
            }
        };
        let mut chain = vec![certificate.into()];
        if matches!(self, Self::SipUriLimited) {
            let issuer = include_bytes!("../../http/tests/fixtures/tls/limited-authority.der");
            chain.push(issuer.as_slice().into());
        }
        let key = include_bytes!("../../http/tests/fixtures/tls/registrar-key.der").as_slice();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key.try_into().unwrap())
            .unwrap();
        Arc::new(config).into()
    }
}

/// Trusts the authorities that signed the certificates.
#[must_use]
pub fn authority() -> Trust {
    let authority = include_bytes!("../../http/tests/fixtures/tls/authority.pem");
    let sip = include_bytes!("../../http/tests/fixtures/tls/sip-authority.pem");
    let trust = Trust::default().and_pem(authority).unwrap();
    trust.and_pem(sip).unwrap()
}
