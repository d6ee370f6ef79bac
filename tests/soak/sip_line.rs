//! A connection to a registrar over UDP and TCP that loses, delays, repeats and reorders messages
//! by a seed.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;

use crate::line::{Fault, Weather};

/// What happens to a datagram. One that is late is overtaken.
const ON_UDP: [Fault; 3] = [Fault::Dropped, Fault::Late, Fault::Twice];
/// What happens to a piece of a connection.
const ON_TCP: [Fault; 2] = [Fault::Ended, Fault::Late];
/// More than any datagram here has.
const LARGEST: usize = 64 * 1024;

/// A line to one registrar, at one port on both. It ends when this is dropped.
pub(crate) struct SipLine {
    pub(crate) port: u16,
    _serving: JoinSet<()>,
}

impl SipLine {
    pub(crate) async fn to(registrar: u16, weather: &Arc<Weather>) -> Self {
        let registrar = SocketAddr::from((Ipv4Addr::LOCALHOST, registrar));
        let (udp, tcp) = both().await;
        let port = udp.local_addr().unwrap().port();
        let mut serving = JoinSet::new();
        serving.spawn(datagrams(Arc::new(udp), registrar, Arc::clone(weather)));
        serving.spawn(connections(tcp, registrar, Arc::clone(weather)));
        Self {
            port,
            _serving: serving,
        }
    }
}

/// Binds one port on both.
async fn both() -> (UdpSocket, TcpListener) {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
            return (udp, tcp);
        }
    }
}

async fn datagrams(near: Arc<UdpSocket>, registrar: SocketAddr, weather: Arc<Weather>) {
    let mut ways: HashMap<SocketAddr, Arc<UdpSocket>> = HashMap::new();
    let mut tasks = JoinSet::new();
    let mut buffer = vec![0; LARGEST];
    while let Ok((length, client)) = near.recv_from(&mut buffer).await {
        let far = if let Some(far) = ways.get(&client) {
            Arc::clone(far)
        } else {
            let far = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
            far.connect(registrar).await.unwrap();
            ways.insert(client, Arc::clone(&far));
            tasks.spawn(back(
                Arc::clone(&far),
                Arc::clone(&near),
                client,
                Arc::clone(&weather),
            ));
            far
        };
        let datagram = buffer[..length].to_vec();
        let weather = Arc::clone(&weather);
        tasks.spawn(async move {
            for _ in 0..copies(&weather).await {
                let _gone = far.send(&datagram).await;
            }
        });
    }
}

async fn back(
    far: Arc<UdpSocket>,
    near: Arc<UdpSocket>,
    client: SocketAddr,
    weather: Arc<Weather>,
) {
    let mut tasks = JoinSet::new();
    let mut buffer = vec![0; LARGEST];
    // A registrar that is gone is an error at the next datagram only.
    while let Ok(length) = far.recv(&mut buffer).await {
        let datagram = buffer[..length].to_vec();
        let (near, weather) = (Arc::clone(&near), Arc::clone(&weather));
        tasks.spawn(async move {
            for _ in 0..copies(&weather).await {
                let _gone = near.send_to(&datagram, client).await;
            }
        });
        while tasks.try_join_next().is_some() {}
    }
}

/// Waits where a datagram is late, and returns how often it arrives.
async fn copies(weather: &Weather) -> usize {
    match weather.now(&ON_UDP) {
        Some(Fault::Dropped) => 0,
        Some(Fault::Twice) => 2,
        Some(_) => {
            tokio::time::sleep(weather.late()).await;
            1
        }
        None => 1,
    }
}

async fn connections(near: TcpListener, registrar: SocketAddr, weather: Arc<Weather>) {
    let mut tasks = JoinSet::new();
    while let Ok((client, _)) = near.accept().await {
        let weather = Arc::clone(&weather);
        tasks.spawn(async move {
            let Ok(far) = TcpStream::connect(registrar).await else {
                return;
            };
            let (mut from_client, mut to_client) = client.into_split();
            let (mut from_far, mut to_far) = far.into_split();
            // When one way ends, the other one ends with it.
            tokio::select! {
                () = pieces(&mut from_client, &mut to_far, &weather) => {}
                () = pieces(&mut from_far, &mut to_client, &weather) => {}
            }
        });
        while tasks.try_join_next().is_some() {}
    }
}

async fn pieces(
    from: &mut (impl tokio::io::AsyncRead + Unpin),
    to: &mut (impl tokio::io::AsyncWrite + Unpin),
    weather: &Weather,
) {
    let mut buffer = vec![0; LARGEST];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let piece = match weather.now(&ON_TCP) {
            Some(Fault::Ended) => {
                let _gone = to.write_all(&buffer[..length / 2]).await;
                return;
            }
            Some(_) => {
                tokio::time::sleep(weather.late()).await;
                &buffer[..length]
            }
            None => &buffer[..length],
        };
        if to.write_all(piece).await.is_err() {
            return;
        }
    }
}
