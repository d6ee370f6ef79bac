use super::*;

/// Counts packets that come when they should.
fn counted(numbers: &[u16]) -> Statistics {
    let mut statistics = Statistics::default();
    let start = Instant::now();
    for (at, &number) in numbers.iter().enumerate() {
        let now = start + Duration::from_millis(20) * u32::try_from(at).unwrap();
        statistics.count(&packet(7, number), true, now);
    }
    statistics
}

fn packet(source: u32, sequence: u16) -> Packet<'static> {
    Packet {
        marker: false,
        payload_type: 0,
        sequence,
        timestamp: u32::from(sequence) * 160,
        source,
        payload: &[],
    }
}

#[test]
fn each_fate_of_a_packet_is_counted() {
    // Numbers; expected, received, lost, duplicates, reordered.
    let rows: &[(&str, &[u16], [u32; 5])] = &[
        ("all there", &[1, 2, 3, 4], [4, 4, 0, 0, 0]),
        ("one alone", &[9], [1, 1, 0, 0, 0]),
        ("two lost", &[1, 2, 5], [5, 3, 2, 0, 0]),
        ("swapped", &[1, 3, 2, 4], [4, 4, 0, 0, 1]),
        ("twice", &[1, 2, 2, 3, 1], [3, 3, 0, 2, 0]),
        ("late, and again", &[1, 3, 2, 2], [3, 3, 0, 1, 1]),
        ("round the end", &[0xfffe, 0xffff, 0, 1], [4, 4, 0, 0, 0]),
        ("lost round the end", &[0xfffe, 1], [4, 2, 2, 0, 0]),
        ("swapped at the start", &[2, 1, 3], [3, 3, 0, 0, 1]),
        ("swapped round the end", &[0, 0xffff, 1], [3, 3, 0, 0, 1]),
        ("a stray number", &[1, 2, 30_000, 3], [3, 3, 0, 0, 0]),
        ("begun anew", &[1, 2, 30_000, 30_001], [4, 4, 0, 0, 0]),
        ("far gap", &[1, 3001], [3001, 2, 2999, 0, 0]),
    ];
    for (name, numbers, counts) in rows {
        let found = counted(numbers);

        let found = [
            found.expected(),
            found.received(),
            found.lost(),
            found.duplicates(),
            found.reordered(),
        ];
        assert_eq!(&found, counts, "{name}");
    }
}

#[test]
fn another_stream_goes_on_with_the_counts() {
    let mut statistics = counted(&[1, 2, 4]);
    let now = Instant::now();

    assert_eq!(
        statistics.count(&packet(8, 500), true, now),
        Arrival::Stray,
        "one packet may be anybody's"
    );
    assert_eq!(statistics.source(), Some((7, 4)));
    statistics.count(&packet(8, 501), true, now);
    statistics.count(&packet(8, 503), true, now);

    assert_eq!(statistics.source(), Some((8, 503)));
    assert_eq!((statistics.expected(), statistics.received()), (8, 6));
}

#[test]
fn numbers_left_out_on_hold_are_not_lost() {
    for (name, held, after, counts) in [
        ("it went on where it was", &[][..], &[4, 5][..], [5, 5]),
        ("it counted on", &[], &[154, 155], [5, 5]),
        ("it counted far on", &[], &[9004, 9005], [5, 5]),
        ("it began anew", &[], &[60_000, 60_001], [5, 5]),
        ("some came at the edges", &[4, 150], &[154, 155], [7, 7]),
        ("one was lost afterwards", &[], &[154, 156], [6, 5]),
        ("one came late", &[], &[154, 153, 155], [6, 6]),
    ] {
        let mut statistics = counted(&[1, 2, 3]);
        let now = Instant::now();

        statistics.expect(false);
        for &number in held {
            statistics.count(&packet(7, number), true, now);
        }
        statistics.expect(true);
        statistics.expect(true);
        for &number in after {
            statistics.count(&packet(7, number), true, now);
        }

        assert_eq!(
            [statistics.expected(), statistics.received()],
            counts,
            "{name}"
        );
    }
}

#[test]
fn sound_that_begins_after_a_pause_is_no_jitter() {
    let mut statistics = counted(&[1, 2, 3]);
    let mut after = packet(7, 4);
    (after.marker, after.timestamp) = (true, 50_000);

    statistics.count(&after, true, Instant::now());

    assert!(statistics.jitter() < 1.0, "{}", statistics.jitter());
}

#[test]
fn strays_of_ever_new_sources_change_nothing() {
    let mut statistics = counted(&[1, 2]);

    for source in 100..1100 {
        statistics.count(&packet(source, 5), true, Instant::now());
    }

    assert_eq!((statistics.expected(), statistics.received()), (2, 2));
}

#[test]
fn even_packets_have_no_jitter() {
    let numbers: Vec<u16> = (0..100).collect();

    let jitter = counted(&numbers).jitter_ms();

    assert!(jitter < 0.001, "{jitter}");
}

#[test]
fn jitter_is_the_running_mean_of_appendix_a8() {
    let mut statistics = Statistics::default();
    let start = Instant::now();
    let mut expected = 0.0;
    for number in 0..50_u16 {
        // Every second packet comes 4 ms late: each differs from the one before by 32 steps.
        let late = u64::from(number % 2) * 4;
        let now = start + Duration::from_millis(u64::from(number) * 20 + late);
        statistics.count(&packet(7, number), true, now);
        if number > 0 {
            expected += (32.0 - expected) / 16.0;
        }
    }

    let jitter = statistics.jitter();
    assert!((jitter - expected).abs() < 0.01, "{jitter} and {expected}");
    assert!((statistics.jitter_ms() - jitter / 8.0).abs() < 1e-9);
}

#[test]
fn another_time_line_is_no_jitter() {
    let mut statistics = counted(&[1, 2, 3]);
    let mut jump = packet(7, 4);
    jump.timestamp = 2_000_000_000;

    statistics.count(&jump, true, Instant::now());

    assert!(statistics.jitter() < 8000.0, "{}", statistics.jitter());
}

#[test]
fn the_fraction_lost_is_that_since_the_last_report() {
    let mut statistics = counted(&[1, 2, 4, 5]);

    assert_eq!(statistics.fraction_lost(), 51, "one of five");
    assert_eq!(statistics.fraction_lost(), 0, "nothing came since");
    statistics.count(&packet(7, 9), true, Instant::now());
    assert_eq!(statistics.fraction_lost(), 192, "three of four");
}

#[test]
fn durations_are_told_in_65536ths() {
    assert_eq!(in_65536ths(Duration::from_millis(1500)), 0x0001_8000);
    assert_eq!(
        in_65536ths(Duration::from_secs(0x1_0000)),
        0,
        "it goes round"
    );
}
