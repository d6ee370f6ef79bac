use super::*;
use crate::rtcp::{Block, Part, Sender, middle, parse, write};
use crate::statistics::in_65536ths;

const MINE: u32 = 0x1111;
const SOUND: [i16; SAMPLES] = [1000; SAMPLES];

fn address(port: u16) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 1], port))
}

fn flow(now: Instant) -> Flow {
    let identity = Identity {
        source: MINE,
        sequence: 0xffff,
        timestamp: u32::MAX - 159,
        name: "call".to_owned(),
    };
    let mut flow = Flow::new(identity, now);
    flow.direct(Some(direction()), now);
    flow
}

fn direction() -> Direction {
    Direction {
        peer: address(4000),
        rtcp_peer: None,
        codec: Codec::Pcmu,
        telephone_event: None,
        sends: true,
        receives: true,
    }
}

fn sent(flow: &mut Flow) -> Vec<Outgoing> {
    std::iter::from_fn(|| flow.poll_transmit()).collect()
}

fn sound(sequence: u16, payload_type: u8) -> Vec<u8> {
    Packet {
        marker: false,
        payload_type,
        sequence,
        timestamp: u32::from(sequence) * 160,
        source: 0x2222,
        payload: &[0; 160],
    }
    .write()
}

#[test]
fn packets_go_on_in_number_and_time_round_the_end() {
    let now = Instant::now();
    let mut flow = flow(now);

    flow.step(&SOUND, now);
    flow.step(&SOUND, now);
    flow.leave_out(10);
    flow.step(&SOUND, now);

    let sent = sent(&mut flow);
    let heads: Vec<_> = sent
        .iter()
        .map(|packet| Packet::parse(&packet.bytes).unwrap())
        .map(|packet| (packet.sequence, packet.timestamp, packet.marker))
        .collect();
    assert_eq!(
        heads,
        [
            (0xffff, u32::MAX - 159, true),
            (0, 0, false),
            (1, 11 * 160, true)
        ],
        "what was left out is a pause"
    );
    assert!(sent.iter().all(|packet| packet.to == address(4000)));
}

/// A packet of the peer with this number and time.
fn packet(sequence: u16, timestamp: u32, payload_type: u8) -> Vec<u8> {
    Packet {
        marker: false,
        payload_type,
        sequence,
        timestamp,
        source: 0x2222,
        payload: &[0; 160],
    }
    .write()
}

#[test]
fn a_pause_of_the_sender_is_told_from_a_loss() {
    // The next number, timestamp and milliseconds; what is left out, and what is lost.
    for (name, sequence, timestamp, after, left_out, lost) in [
        ("the next packet", 1, 160, 20, 0, 0),
        ("a pause", 1, 8000, 1000, 1000, 0),
        ("a loss", 51, 51 * 160, 1000, 0, 50),
        ("a network that stood still", 1, 160, 1000, 0, 0),
        ("a time line that jumps", 1, 80_000, 20, 0, 0),
    ] {
        let began = Instant::now();
        let mut flow = flow(began);
        flow.hear_sound(&packet(0, 0, 0), address(4000), began);

        let now = began + Duration::from_millis(after);
        flow.hear_sound(&packet(sequence, timestamp, 0), address(4000), now);

        let reading = flow.read();
        let found = (reading.left_out.as_millis(), reading.lost);
        assert_eq!(found, (left_out, lost), "{name}");
    }
}

#[test]
fn sound_is_expected_unless_held_or_told_silent() {
    let now = Instant::now();
    let mut flow = flow(now);
    flow.hear_sound(&packet(0, 0, 0), address(4000), now);
    assert_eq!(flow.read().expects, Expects::Sound);
    assert!(flow.read().sends);

    flow.hear_sound(&packet(1, 160, 13), address(4000), now);
    assert_eq!(flow.read().expects, Expects::Silence, "comfort noise");
    flow.hear_sound(
        &packet(2, 8000, 0),
        address(4000),
        now + Duration::from_secs(1),
    );
    let reading = flow.read();
    assert_eq!(reading.expects, Expects::Sound);
    assert!(reading.left_out.is_zero(), "{reading:?}");

    let held = Direction {
        receives: false,
        ..direction()
    };
    flow.direct(Some(held), now);
    assert_eq!(flow.read().expects, Expects::Nothing);
    assert!(flow.read().sends);
    flow.direct(Some(direction()), now);
    flow.hear_sound(&packet(300, 9000, 0), address(4000), now);
    assert_eq!(flow.read().lost, 0);
    flow.direct(None, now);
    assert_eq!(flow.read().expects, Expects::Nothing);
    assert!(!flow.read().sends);
}

#[test]
fn the_peers_report_tells_what_was_lost_there() {
    let now = Instant::now();
    for (lost, told) in [(1, Some(1)), (0, Some(0)), (2, None), (-1, None)] {
        let mut flow = flow(now);
        flow.step(&SOUND, now);
        let block = Block {
            source: MINE,
            fraction_lost: 0,
            lost,
            highest: 0,
            jitter: 0,
            last_report: 0,
            delay: 0,
        };
        flow.hear_report(&write(9, None, Some(block), "x", false), address(4001), now);

        assert_eq!(flow.read().lost_there, told, "{lost}");
    }
}

#[test]
fn only_the_peer_is_counted_once_it_was_heard() {
    let now = Instant::now();
    let (peer, other, third) = (address(4000), address(4002), address(4004));
    // Who sends, and the payload type; how many are counted, and whether another was.
    let rows = [
        ("the peer", vec![(peer, 0), (peer, 8)], (2, false)),
        ("another", vec![(other, 0), (other, 0)], (2, true)),
        (
            "another, then a third",
            vec![(other, 0), (third, 0)],
            (1, true),
        ),
        ("another without sound", vec![(other, 96)], (0, false)),
        (
            "another, then the peer, then another",
            vec![(other, 0), (peer, 0), (other, 0)],
            (2, false),
        ),
        (
            "the peer, then another",
            vec![(peer, 0), (other, 0)],
            (1, false),
        ),
    ];
    for (name, packets, expected) in rows {
        let mut flow = flow(now);
        for (sequence, (from, payload_type)) in (0..).zip(packets) {
            flow.hear_sound(&sound(sequence, payload_type), from, now);
        }

        let reading = flow.read();

        assert_eq!((reading.received, reading.other_source), expected, "{name}");
    }
}

#[test]
fn without_a_direction_nothing_is_counted_or_sent() {
    let now = Instant::now();
    let mut flow = flow(now);
    flow.direct(None, now);

    flow.hear_sound(&sound(1, 0), address(4000), now);
    flow.step(&SOUND, now);

    assert_eq!(flow.read(), Reading::default());
    assert_eq!(sent(&mut flow), []);
}

#[test]
fn a_report_is_due_after_a_second_and_names_what_came() {
    let start = Instant::now();
    let mut flow = flow(start);
    for sequence in [1, 2, 4] {
        flow.hear_sound(&sound(sequence, 0), address(4000), start);
    }
    let theirs = Sender {
        time: 0x0001_0002_0003_0004,
        timestamp: 0,
        packets: 4,
        bytes: 640,
    };
    let told = write(0x2222, Some(theirs), None, "peer", false);
    flow.hear_report(&told, address(4001), start + Duration::from_millis(400));
    flow.step(&SOUND, start + Duration::from_millis(499));
    assert!(sent(&mut flow).iter().all(|packet| !packet.is_report));

    flow.step(&SOUND, start + Duration::from_millis(1500));

    let sent = sent(&mut flow);
    let report = sent.iter().find(|packet| packet.is_report).unwrap();
    assert_eq!(report.to, address(4001));
    let parts = parse(&report.bytes).unwrap();
    let Part::Report {
        source,
        sender: Some(sender),
        blocks,
    } = &parts[0]
    else {
        panic!("{parts:?}");
    };
    assert_eq!((*source, sender.packets, sender.bytes), (MINE, 2, 320));
    let block = blocks[0];
    assert_eq!((block.source, block.lost, block.highest), (0x2222, 1, 4));
    assert_eq!(block.fraction_lost, 64);
    assert_eq!(block.last_report, 0x0002_0003);
    assert_eq!(block.delay, in_65536ths(Duration::from_millis(1100)));
}

#[test]
fn round_trip_is_measured_from_the_peer_and_not_from_an_echo() {
    let start = Instant::now();
    let answer = |flow: &mut Flow, from: SocketAddr, reporter: u32| {
        let now = start + Duration::from_millis(1500);
        flow.step(&SOUND, now);
        let report = sent(flow).pop().unwrap();
        let Part::Report { sender, .. } = &parse(&report.bytes).unwrap()[0] else {
            panic!("no report");
        };
        let block = Block {
            source: MINE,
            fraction_lost: 0,
            lost: 0,
            highest: 0,
            jitter: 0,
            last_report: middle(sender.unwrap().time),
            delay: in_65536ths(Duration::from_millis(250)),
        };
        let bytes = write(reporter, None, Some(block), "peer", false);
        flow.hear_report(&bytes, from, now + Duration::from_millis(300));
        flow.read().round_trip_ms.map(f64::round)
    };

    let stranger = SocketAddr::from(([192, 0, 2, 9], 4001));
    let rows = [
        (address(4001), 0x2222, Some(50.0)),
        (address(4001), MINE, None),
        (stranger, 0x2222, None),
    ];
    for (from, reporter, expected) in rows {
        assert_eq!(answer(&mut flow(start), from, reporter), expected);
    }
}

#[test]
fn nothing_that_comes_makes_it_panic_or_grow() {
    let now = Instant::now();
    let mut flow = flow(now);
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state
    };
    for _ in 0..20_000 {
        let mut bytes: Vec<u8> = (0..next() % 60).map(|_| next().to_be_bytes()[0]).collect();
        if let [first, second, ..] = bytes.as_mut_slice() {
            *first = 0x80 | (*first & 0x1f);
            *second = [0, 8, 101, 200, 201, 203][usize::from(*second) % 6];
        }
        flow.hear_sound(&bytes, address(4000), now);
        flow.hear_report(&bytes, address(4001), now);
    }

    assert!(flow.outgoing.is_empty());
    let reading = flow.read();
    assert!(reading.jitter_ms.is_finite());
}

#[test]
fn another_peer_begins_anew_and_a_new_codec_does_not() {
    let now = Instant::now();
    let mut flow = flow(now);
    flow.hear_sound(&sound(1, 0), address(4002), now);
    flow.step(&SOUND, now);

    flow.direct(
        Some(Direction {
            codec: Codec::Pcma,
            ..direction()
        }),
        now,
    );
    flow.step(&SOUND, now);
    assert!(flow.read().other_source);
    flow.direct(
        Some(Direction {
            peer: address(4002),
            ..direction()
        }),
        now,
    );
    flow.step(&SOUND, now);
    flow.hear_sound(&sound(2, 0), address(4002), now);

    assert!(!flow.read().other_source);
    let heads: Vec<_> = sent(&mut flow)
        .iter()
        .map(|packet| (packet.to.port(), packet.bytes[1]))
        .collect();
    assert_eq!(heads, [(4000, 0x80), (4000, 8), (4002, 0x80)]);
}
