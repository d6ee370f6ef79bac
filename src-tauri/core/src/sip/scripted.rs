//! A registrar for tests that answers what its script says, on a loopback socket of its own.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinHandle;

use super::message::Message;
use super::stream::Stream;
use crate::ipc::TransportName;

/// What is done with one request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Answer with a status and headers.
    Answer(u16, Vec<(&'static str, String)>),
    /// Close the connection.
    Close,
    /// Say something that is not SIP.
    Noise,
    /// Say nothing.
    Silent,
}

/// Answers with a status and nothing else.
pub(crate) fn status(status: u16) -> Act {
    Act::Answer(status, Vec::new())
}

/// Challenges for `realm`, with `more` behind the nonce.
pub(crate) fn challenge(realm: &str, more: &str) -> Act {
    let value = format!("Digest realm=\"{realm}\", nonce=\"n\"{more}");
    Act::Answer(401, vec![("WWW-Authenticate", value)])
}

/// The registrar. It repeats its script's last act for ever, and stops when it is dropped.
pub(crate) struct Scripted {
    pub(crate) address: SocketAddr,
    heard: Arc<Mutex<Vec<Message>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    pub(crate) async fn start(transport: TransportName, acts: &[Act]) -> Self {
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
            TransportName::Tcp => {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let address = listener.local_addr().unwrap();
                (address, tokio::spawn(over_tcp(listener, script)))
            }
        };
        Self {
            address,
            heard,
            task,
        }
    }

    /// Everything that was heard.
    pub(crate) fn heard(&self) -> Vec<Message> {
        self.heard.lock().unwrap().clone()
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
    /// Returns what to say to `request`; `None` closes.
    fn act(&mut self, request: Message, source: SocketAddr) -> Option<Vec<u8>> {
        let act = match self.acts.len() {
            0 | 1 => self.acts.front().cloned().unwrap_or(Act::Silent),
            _ => self.acts.pop_front().unwrap(),
        };
        let answer = match act {
            Act::Answer(status, headers) => {
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
                Some(response.to_bytes())
            }
            Act::Close => None,
            Act::Noise => Some(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
            Act::Silent => Some(Vec::new()),
        };
        self.heard.lock().unwrap().push(request);
        answer
    }
}

async fn over_udp(socket: UdpSocket, mut script: Script) {
    let mut room = vec![0; 65_536];
    loop {
        let (length, source) = socket.recv_from(&mut room).await.unwrap();
        let request = Message::from_datagram(&room[..length]).unwrap().unwrap();
        match script.act(request, source) {
            Some(answer) if answer.is_empty() => {}
            Some(answer) => drop(socket.send_to(&answer, source).await),
            None => return,
        }
    }
}

async fn over_tcp(listener: TcpListener, mut script: Script) {
    loop {
        let (mut connection, source) = listener.accept().await.unwrap();
        let mut stream = Stream::default();
        let mut room = [0; 4096];
        'connection: while let Ok(length @ 1..) = connection.read(&mut room).await {
            stream.push(&room[..length]);
            while let Some(request) = stream.next_message().unwrap() {
                match script.act(request, source) {
                    Some(answer) => connection.write_all(&answer).await.unwrap(),
                    None => break 'connection,
                }
            }
        }
    }
}
