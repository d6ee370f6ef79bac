use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::time::timeout;

use super::*;
use crate::rtp::Packet;
use crate::{Codec, Tone};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const LIMIT: Duration = Duration::from_secs(20);

async fn session(source: Source) -> (Session, SocketAddr) {
    let sockets = Sockets::bind(HERE).await.unwrap();
    let address = sockets.rtp().unwrap();
    (Session::start(sockets, source, false), address)
}

fn to(peer: SocketAddr) -> Direction {
    Direction {
        peer,
        rtcp_peer: None,
        codec: Codec::Pcmu,
        telephone_event: Some(101),
        sends: true,
        receives: true,
    }
}

/// Waits until a reading is as it should be, and returns it.
async fn reading(session: &Session, what: &str, holds: impl Fn(&Reading) -> bool) -> Reading {
    let mut readings = session.readings();
    let found = timeout(LIMIT, readings.wait_for(|reading| holds(reading))).await;
    let found = found.map(|found| *found.unwrap());
    found.unwrap_or_else(|_| panic!("{what}: {:?}", session.readings().borrow()))
}

fn is_near(pitch: Option<f64>, hertz: f64) -> bool {
    pitch.is_some_and(|pitch| (pitch / hertz - 1.0).abs() < 0.01)
}

/// Waits for the next packet of sound or a key, and returns its bytes.
async fn next(socket: &UdpSocket) -> Vec<u8> {
    let mut room = [0; 1500];
    let (length, _) = timeout(LIMIT, socket.recv_from(&mut room))
        .await
        .expect("a packet comes")
        .unwrap();
    room[..length].to_vec()
}

#[tokio::test]
async fn each_end_hears_the_others_tone_and_loses_nothing() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let (one, one_address) = session(Source::Tone(Tone { hertz: 440 })).await;
        let (two, two_address) = session(Source::Tone(Tone { hertz: 1000 })).await;
        let direction = |peer| Direction { codec, ..to(peer) };

        one.direct(Some(direction(two_address)));
        two.direct(Some(direction(one_address)));
        let heard = |hertz| {
            move |reading: &Reading| is_near(reading.pitch_hz, hertz) && reading.received > 50
        };
        let by_two = reading(&two, "440 Hz", heard(440.0)).await;
        let by_one = reading(&one, "1000 Hz", heard(1000.0)).await;

        for reading in [by_one, by_two, one.end().await, two.end().await] {
            assert_eq!(reading.lost, 0, "{reading:?}");
            assert!(!reading.other_source);
            assert_eq!(reading.device_trouble, None);
            let level = reading.level_db.unwrap();
            assert!((level + 15.26).abs() < 0.5, "{level} dB");
            let sent = reading.sent_level_db.unwrap();
            assert!((sent + 15.26).abs() < 0.5, "{sent} dB");
            assert!(reading.peak_level_db.unwrap() >= level);
        }
    }
}

#[tokio::test]
async fn reports_tell_the_round_trip() {
    let (one, one_address) = session(Source::Silence).await;
    let (two, two_address) = session(Source::Silence).await;

    one.direct(Some(to(two_address)));
    two.direct(Some(to(one_address)));

    for session in [&one, &two] {
        let reading = reading(session, "a round trip", |reading| {
            reading.round_trip_ms.is_some()
        })
        .await;
        let found = reading.round_trip_ms.unwrap();
        assert!((0.0..1000.0).contains(&found), "{found} ms on loopback");
    }
}

#[tokio::test]
async fn what_a_relay_drops_is_counted_as_lost() {
    let (one, _) = session(Source::Tone(Tone::default())).await;
    let (two, two_address) = session(Source::Silence).await;
    let relay = UdpSocket::bind((HERE, 0)).await.unwrap();
    let relay_address = relay.local_addr().unwrap();
    one.direct(Some(to(relay_address)));
    two.direct(Some(Direction {
        sends: false,
        ..to(relay_address)
    }));

    // The 10th, 20th, … of 101 are dropped; the last is not, so that the gap before it is seen.
    for number in 1..=101 {
        let packet = next(&relay).await;
        if number % 10 != 0 {
            relay.send_to(&packet, two_address).await.unwrap();
        }
    }
    let found = reading(&two, "91 of 101", |reading| reading.received == 91).await;

    assert_eq!(found.lost, 10);
    assert!(is_near(found.pitch_hz, 440.0), "{found:?}");
    assert_eq!(found.sent, 0, "it only receives");
    assert_eq!(found.sent_level_db, None);
}

#[tokio::test]
async fn swapped_and_doubled_packets_are_neither_lost_nor_recounted() {
    let (one, _) = session(Source::Tone(Tone { hertz: 700 })).await;
    let (two, two_address) = session(Source::Silence).await;
    let relay = UdpSocket::bind((HERE, 0)).await.unwrap();
    let relay_address = relay.local_addr().unwrap();
    one.direct(Some(to(relay_address)));
    two.direct(Some(Direction {
        sends: false,
        ..to(relay_address)
    }));

    for _ in 0..40 {
        let (first, second) = (next(&relay).await, next(&relay).await);
        for packet in [&second, &first, &first] {
            relay.send_to(packet, two_address).await.unwrap();
        }
    }
    let found = reading(&two, "80 packets", |reading| reading.received == 80).await;

    assert_eq!(found.lost, 0);
    assert!(is_near(found.pitch_hz, 700.0), "in order again: {found:?}");
    assert!(found.jitter_ms > 1.0, "{found:?}");
}

#[tokio::test]
async fn keys_are_sent_as_telephone_events_between_the_sound() {
    let (one, _) = session(Source::Tone(Tone::default())).await;
    let peer = UdpSocket::bind((HERE, 0)).await.unwrap();
    assert!(!one.press('1'), "nobody takes it");
    one.direct(Some(to(peer.local_addr().unwrap())));

    for key in "42#A".chars() {
        assert!(one.press(key));
    }
    assert!(!one.press('x'));

    let mut pressed: Vec<(u32, u8, u8)> = Vec::new();
    let mut last: Option<(u16, u32)> = None;
    let mut sounds = 0;
    while sounds < 20 {
        let bytes = next(&peer).await;
        let packet = Packet::parse(&bytes).unwrap();
        if let Some((sequence, _)) = last {
            assert_eq!(packet.sequence, sequence.wrapping_add(1));
        }
        last = Some((packet.sequence, packet.timestamp));
        match packet.payload_type {
            101 => {
                let (event, ends) = (packet.payload[0], packet.payload[1] >> 7);
                match pressed.last_mut() {
                    Some(key) if key.0 == packet.timestamp => key.2 += ends,
                    _ => {
                        assert!(packet.marker, "the first of a key is marked");
                        pressed.push((packet.timestamp, event, ends));
                    }
                }
            }
            0 => sounds += 1,
            other => panic!("payload type {other}"),
        }
    }
    let events: Vec<_> = pressed.iter().map(|key| (key.1, key.2)).collect();
    assert_eq!(events, [(4, 3), (2, 3), (11, 3), (12, 3)]);
    for pair in pressed.windows(2) {
        assert!(pair[1].0.wrapping_sub(pair[0].0) >= 800 + 400);
    }
}

#[tokio::test]
async fn sound_from_another_address_is_counted_and_said() {
    let (one, _) = session(Source::Silence).await;
    let (two, two_address) = session(Source::Silence).await;
    let described = UdpSocket::bind((HERE, 0)).await.unwrap();

    one.direct(Some(to(two_address)));
    two.direct(Some(to(described.local_addr().unwrap())));
    let found = reading(&two, "packets", |reading| reading.received > 10).await;

    assert!(found.other_source);
    next(&described).await;
    assert!(found.sent > 0, "it still sends where it was told to");
}

#[tokio::test]
async fn on_hold_nothing_is_sent_and_then_it_goes_on() {
    let (one, _) = session(Source::Tone(Tone::default())).await;
    let peer = UdpSocket::bind((HERE, 0)).await.unwrap();
    let direction = to(peer.local_addr().unwrap());
    one.direct(Some(direction));
    next(&peer).await;

    one.direct(None);
    let held = reading(&one, "silence", |reading| reading.sent_level_db.is_none()).await;
    assert!(!one.press('1'));
    let sent = one.readings().borrow().sent;
    assert_eq!(sent, held.sent);
    one.direct(Some(direction));

    reading(&one, "sound", |reading| reading.sent > sent).await;
}

#[tokio::test]
async fn the_end_says_goodbye_and_frees_the_ports() {
    let (one, address) = session(Source::Silence).await;
    let peer = Sockets::bind(HERE).await.unwrap();
    one.direct(Some(to(peer.rtp().unwrap())));
    reading(&one, "packets", |reading| reading.sent > 0).await;

    let last = one.end().await;

    assert!(last.sent > 0);
    let mut goodbye = false;
    while !goodbye {
        let parts = crate::rtcp::parse(&next(&peer.reports).await).unwrap();
        goodbye = parts
            .iter()
            .any(|part| matches!(part, crate::rtcp::Part::Bye(_)));
    }
    UdpSocket::bind(address).await.expect("the port is free");
}

#[tokio::test]
async fn a_dropped_session_ends_too() {
    let (one, _) = session(Source::Silence).await;
    let peer = Sockets::bind(HERE).await.unwrap();
    one.direct(Some(to(peer.rtp().unwrap())));
    let mut readings = one.readings();
    reading(&one, "packets", |reading| reading.sent > 0).await;

    drop(one);

    let closed = async { while readings.changed().await.is_ok() {} };
    timeout(LIMIT, closed).await.expect("the task ends");
}

#[tokio::test]
async fn reports_on_the_port_of_sound_are_taken() {
    let (one, one_address) = session(Source::Silence).await;
    let peer = UdpSocket::bind((HERE, 0)).await.unwrap();
    let peer_address = peer.local_addr().unwrap();
    one.direct(Some(Direction {
        rtcp_peer: Some(peer_address),
        ..to(peer_address)
    }));

    let mut told = None;
    while told.is_none() {
        let bytes = next(&peer).await;
        if let Some(crate::rtcp::Part::Report { source, sender, .. }) =
            crate::rtcp::parse(&bytes).and_then(|parts| parts.into_iter().next())
        {
            told = Some((source, sender.unwrap()));
        }
    }
    let (source, sender) = told.unwrap();
    let block = crate::rtcp::Block {
        source,
        fraction_lost: 0,
        lost: 0,
        highest: 0,
        jitter: 0,
        last_report: crate::rtcp::middle(sender.time),
        delay: 0,
    };
    let report = crate::rtcp::write(77, None, Some(block), "peer", false);
    peer.send_to(&report, one_address).await.unwrap();

    reading(&one, "a round trip", |reading| {
        reading.round_trip_ms.is_some()
    })
    .await;
}
