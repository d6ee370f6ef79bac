//! A UDP relay between a phone and its registrar that can delay and rewrite messages.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;
use tokio::task::JoinSet;

/// The two ends that a message passes between, as an address translator writes them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    /// The phone's own address.
    pub(crate) inside: SocketAddr,
    /// What the registrar sees in its place.
    pub(crate) outside: SocketAddr,
}

impl Ends {
    /// Writes the outer address in place of the inner one in a line that begins so.
    pub(crate) fn rewrite(&self, line: &str, text: &str) -> String {
        let (inside, outside) = (self.inside.to_string(), self.outside.to_string());
        let lines = text.split("\r\n").map(|found| {
            if found.starts_with(line) {
                found.replace(&inside, &outside)
            } else {
                found.to_owned()
            }
        });
        lines.collect::<Vec<_>>().join("\r\n")
    }
}

type Change = Box<dyn Fn(String, Ends) -> String + Send + Sync>;

/// What becomes of messages on their way.
pub(crate) struct Rules {
    pub(crate) request: Change,
    pub(crate) response: Change,
    /// How long a request waits here.
    pub(crate) hold: Box<dyn Fn(&str) -> Duration + Send + Sync>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            request: Box::new(|text, _| text),
            response: Box::new(|text, _| text),
            hold: Box::new(|_| Duration::ZERO),
        }
    }
}

/// The relay. It ends when it is dropped.
pub(crate) struct Relay {
    pub(crate) port: u16,
    passed: Arc<Mutex<Vec<Instant>>>,
    _task: JoinSet<()>,
}

impl Relay {
    pub(crate) async fn start(registrar: u16, rules: Rules) -> Self {
        let inner = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = inner.local_addr().unwrap().port();
        let passed = Arc::new(Mutex::new(Vec::new()));
        let mut task = JoinSet::new();
        task.spawn(carry(
            Arc::new(inner),
            (Ipv4Addr::LOCALHOST, registrar).into(),
            Arc::new(rules),
            Arc::clone(&passed),
        ));
        Self {
            port,
            passed,
            _task: task,
        }
    }

    /// When each REGISTER came by.
    pub(crate) fn passed(&self) -> Vec<Instant> {
        self.passed.lock().unwrap().clone()
    }
}

async fn carry(
    inner: Arc<UdpSocket>,
    registrar: SocketAddr,
    rules: Arc<Rules>,
    passed: Arc<Mutex<Vec<Instant>>>,
) {
    let mut outer: HashMap<SocketAddr, Arc<UdpSocket>> = HashMap::new();
    let mut back = JoinSet::new();
    let mut room = vec![0; 65_536];
    loop {
        let Ok((length, inside)) = inner.recv_from(&mut room).await else {
            continue;
        };
        let text = String::from_utf8(room[..length].to_vec()).unwrap();
        if text.starts_with("REGISTER") {
            passed.lock().unwrap().push(Instant::now());
        }
        let known = outer.get(&inside).cloned();
        let socket = if let Some(socket) = known {
            socket
        } else {
            let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            socket.connect(registrar).await.unwrap();
            let socket = Arc::new(socket);
            let (there, here) = (Arc::clone(&socket), Arc::clone(&inner));
            back.spawn(carry_back(there, here, inside, Arc::clone(&rules)));
            outer.insert(inside, Arc::clone(&socket));
            socket
        };
        tokio::time::sleep((rules.hold)(&text)).await;
        let outside = socket.local_addr().unwrap();
        let text = (rules.request)(text, Ends { inside, outside });
        let _ = socket.send(text.as_bytes()).await;
    }
}

async fn carry_back(
    outer: Arc<UdpSocket>,
    inner: Arc<UdpSocket>,
    inside: SocketAddr,
    rules: Arc<Rules>,
) {
    let outside = outer.local_addr().unwrap();
    let mut room = vec![0; 65_536];
    while let Ok(length) = outer.recv(&mut room).await {
        let text = String::from_utf8(room[..length].to_vec()).unwrap();
        let text = (rules.response)(text, Ends { inside, outside });
        let _ = inner.send_to(text.as_bytes(), inside).await;
    }
}
