//! A connection to an HTTP service that loses, cuts, delays and repeats data by a seed.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use acceptance::http_message;
use acceptance::shuffle::Shuffle;
use tokio::io::{AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What happens on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fault {
    /// The connection ends before the request arrives.
    RequestLost,
    /// It was carried out, and the connection ends before the answer.
    AnswerLost,
    /// It was carried out, and a part of the answer comes.
    AnswerCut,
    /// It comes late, so that another one overtakes it.
    Late,
    /// It arrives twice, as some proxies do with what may be repeated (RFC 9110 section 9.2.2).
    Twice,
    /// A datagram is lost.
    Dropped,
    /// A SIP connection ends in the middle.
    Ended,
}

/// All that happens on HTTP.
const FAULTS: [Fault; 5] = [
    Fault::RequestLost,
    Fault::AnswerLost,
    Fault::AnswerCut,
    Fault::Late,
    Fault::Twice,
];

/// How bad the lines are: about one in so many exchanges is spoiled.
#[derive(Debug)]
pub(crate) struct Weather {
    dice: Mutex<Shuffle>,
    one_in: u64,
    seen: Mutex<HashMap<Fault, u64>>,
}

impl Weather {
    pub(crate) fn new(seed: u64, one_in: u64) -> Arc<Self> {
        Arc::new(Self {
            dice: Mutex::new(Shuffle(seed)),
            one_in,
            seen: Mutex::default(),
        })
    }

    /// Returns what happens now, of these.
    pub(crate) fn now(&self, faults: &[Fault]) -> Option<Fault> {
        let mut dice = self.dice.lock().unwrap();
        if !dice.one_in(self.one_in) {
            return None;
        }
        let which = usize::try_from(dice.below(faults.len() as u64)).unwrap();
        *self.seen.lock().unwrap().entry(faults[which]).or_default() += 1;
        Some(faults[which])
    }

    /// Returns how long something is late: up to a quarter of a second.
    pub(crate) fn late(&self) -> Duration {
        Duration::from_millis(self.dice.lock().unwrap().below(250))
    }

    /// Returns how much of an answer comes: anything but the whole.
    fn part<'a>(&self, answer: &'a [u8]) -> &'a [u8] {
        let length = u64::try_from(answer.len()).unwrap();
        let end = self.dice.lock().unwrap().below(length);
        &answer[..usize::try_from(end).unwrap()]
    }

    /// Returns how often each fault happened.
    pub(crate) fn seen(&self) -> HashMap<Fault, u64> {
        self.seen.lock().unwrap().clone()
    }
}

/// A line to one service. It ends when this is dropped.
pub(crate) struct Line {
    pub(crate) address: SocketAddr,
    _serving: JoinSet<()>,
}

impl Line {
    pub(crate) async fn to(service: SocketAddr, weather: &Arc<Weather>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let weather = Arc::clone(weather);
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let weather = Arc::clone(&weather);
                connections.spawn(async move {
                    let _ended = connection(stream, service, &weather).await;
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Self {
            address,
            _serving: serving,
        }
    }
}

async fn connection(
    mut stream: TcpStream,
    service: SocketAddr,
    weather: &Weather,
) -> std::io::Result<()> {
    let mut onward = BufReader::new(TcpStream::connect(service).await?);
    let mut client = BufReader::new(&mut stream);
    while let Some(request) = http_message::read(&mut client).await? {
        let request = http_message::to_host(&request, &service.to_string());
        let fault = weather.now(&FAULTS);
        match fault {
            Some(Fault::RequestLost) => return Ok(()),
            Some(Fault::Late) => tokio::time::sleep(weather.late()).await,
            _ => {}
        }
        onward.write_all(&request).await?;
        let answer = http_message::read(&mut onward).await?.unwrap_or_default();
        if fault == Some(Fault::Twice) && !request.starts_with(b"POST") {
            onward.write_all(&request).await?;
            http_message::read(&mut onward).await?;
        }
        match fault {
            Some(Fault::AnswerLost) => return Ok(()),
            Some(Fault::AnswerCut) => {
                client.write_all(weather.part(&answer)).await?;
                return Ok(());
            }
            _ => client.write_all(&answer).await?,
        }
    }
    Ok(())
}
