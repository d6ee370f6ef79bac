//! A call's audio through this computer's devices, in a process whose home folder configures them.
//!
//! `devices` lists the devices. `call PEER` prints its RTP address, exchanges audio with the peer
//! by microphone and speakers until it reads a line, and prints the last reading.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the test that starts it reads what it prints"
)]

use std::io::stdin;
use std::net::{Ipv4Addr, SocketAddr};

use registrar_media::{Codec, Direction, Session, Sockets, Source, devices};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["devices"] => {
            let found = devices().await;
            println!(
                "microphone {}, speakers {}",
                found.microphone, found.speakers
            );
        }
        ["call", peer] => call(peer.parse().unwrap()).await,
        _ => panic!("usage: devices | call PEER"),
    }
}

async fn call(peer: SocketAddr) {
    let sockets = Sockets::bind(Ipv4Addr::LOCALHOST.into()).await.unwrap();
    println!("{}", sockets.rtp().unwrap());
    let session = Session::start(sockets, Source::Microphone, true);
    session.direct(Some(Direction {
        peer,
        rtcp_peer: None,
        codec: Codec::Pcma,
        telephone_event: None,
        sends: true,
        receives: true,
    }));
    let told = tokio::task::spawn_blocking(|| stdin().read_line(&mut String::new()));
    told.await.unwrap().unwrap();
    let last = session.end().await;
    let pitch = last.pitch_hz.unwrap_or_default();
    println!(
        "pitch {pitch:.0}, lost {}, trouble {:?}",
        last.lost, last.device_trouble
    );
}
