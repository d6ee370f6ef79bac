use super::*;

fn ours(local: &str) -> Ours {
    Ours::new(local.parse().unwrap(), 7)
}

fn theirs(lines: &str) -> Description {
    let lines = lines.replace('\n', "\r\n");
    let text = format!("v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n{lines}");
    read(text.as_bytes()).unwrap()
}

#[test]
fn an_offer_names_both_codecs_and_keys() {
    for local in ["127.0.0.1:4000", "[::1]:4002"] {
        let text = ours(local).offer(Flow::SendRecv);

        let audio = audio(text.as_bytes()).unwrap();

        assert_eq!(audio.address, local.parse().ok());
        assert_eq!(audio.payloads, [0, 8, 101]);
        assert_eq!(audio.telephone_event, Some(TELEPHONE_EVENT));
        assert_eq!(audio.flow, Flow::SendRecv);
    }
}

#[test]
fn call_description_keeps_its_name_and_raises_its_version() {
    let mut ours = ours("127.0.0.1:4000");

    assert!(ours.offer(Flow::SendRecv).contains("o=- 7 1 IN"));
    assert!(ours.offer(Flow::SendOnly).contains("o=- 7 2 IN"));
}

#[test]
fn an_answer_says_where_sound_goes() {
    let mut ours = ours("127.0.0.1:4000");
    ours.offer(Flow::SendRecv);
    let answer = theirs(
        "t=0 0\nm=audio 5004 RTP/AVP 8 97\na=rtpmap:97 telephone-event/8000\n\
         a=rtcp:6001 IN IP4 192.0.2.8\n",
    );

    let agreed = ours.accept(&answer).unwrap();

    let direction = agreed.direction.unwrap();
    assert_eq!(direction.peer, "192.0.2.9:5004".parse().unwrap());
    assert_eq!(direction.rtcp_peer, "192.0.2.8:6001".parse().ok());
    assert_eq!(direction.codec, Codec::Pcma);
    assert_eq!(direction.telephone_event, Some(97));
    assert!(direction.sends && !agreed.held);
}

#[test]
fn each_way_of_an_offer_is_answered_by_its_counterpart() {
    for (offered, answered, sends, held) in [
        ("a=sendrecv\n", "a=sendrecv\r\n", Some(true), false),
        ("a=sendonly\n", "a=recvonly\r\n", Some(false), true),
        ("a=recvonly\n", "a=sendonly\r\n", Some(true), false),
        ("a=inactive\n", "a=inactive\r\n", Some(false), true),
        ("", "a=sendrecv\r\n", Some(true), false),
        ("c=IN IP4 0.0.0.0\n", "a=sendrecv\r\n", None, true),
    ] {
        let offer = theirs(&format!("m=audio 5004 RTP/AVP 0\n{offered}"));

        let (text, agreed) = ours("127.0.0.1:4000").answer(&offer).unwrap();

        assert!(text.contains(answered), "{offered}: {text}");
        let found = agreed.direction.map(|direction| direction.sends);
        assert_eq!((found, agreed.held), (sends, held), "{offered}");
    }
}

#[test]
fn the_ways_of_the_session_count_where_the_stream_says_nothing() {
    let held = theirs("a=inactive\nm=audio 5004 RTP/AVP 0\n");
    let talks = theirs("a=inactive\nm=audio 5004 RTP/AVP 0\na=sendrecv\n");

    assert_eq!(held.audio().unwrap().1.flow, Flow::Inactive);
    assert_eq!(talks.audio().unwrap().1.flow, Flow::SendRecv);
}

#[test]
fn an_offer_on_hold_by_us_is_not_sent_to() {
    let mut ours = ours("127.0.0.1:4000");
    ours.offer(Flow::Inactive);

    let agreed = ours.accept(&theirs("m=audio 5004 RTP/AVP 0\na=inactive\n"));

    assert!(!agreed.unwrap().direction.unwrap().sends);
}

#[test]
fn a_hold_by_us_outlasts_offers_of_the_other_side() {
    let mut ours = ours("127.0.0.1:4000");
    ours.offer(Flow::SendOnly);
    for (theirs_says, answer, sends) in [
        ("sendrecv", "sendonly", true),
        ("recvonly", "sendonly", true),
        ("sendonly", "inactive", false),
    ] {
        let offer = theirs(&format!("m=audio 5004 RTP/AVP 0\na={theirs_says}\n"));

        let (text, agreed) = ours.answer(&offer).unwrap();

        assert!(text.contains(&format!("a={answer}\r\n")), "{text}");
        let direction = agreed.direction.unwrap();
        assert_eq!((direction.sends, direction.receives), (sends, false));
    }
}

#[test]
fn every_stream_of_an_offer_is_answered_in_its_place() {
    let offer = theirs(
        "m=video 4 RTP/AVP 31 32\nm=audio 6 RTP/SAVP 0\nm=audio 5004 RTP/AVP 18 8 0 98\n\
         a=rtpmap:98 telephone-event/8000\nm=image 8 udptl t38\n",
    );

    let (text, _) = ours("127.0.0.1:4000").answer(&offer).unwrap();

    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("m=")).collect();
    assert_eq!(
        lines,
        [
            "m=video 0 RTP/AVP 31",
            "m=audio 0 RTP/SAVP 0",
            "m=audio 4000 RTP/AVP 8 98",
            "m=image 0 udptl t38",
        ]
    );
}

#[test]
fn nothing_in_common_is_told() {
    for lines in [
        "m=audio 5004 RTP/AVP 18\n",
        "m=audio 0 RTP/AVP 0\n",
        "m=audio 5004 RTP/AVP 0\na=rtpmap:0 G729/8000\n",
        "m=audio 5004 RTP/SAVP 0\n",
        "m=video 5004 RTP/AVP 0\n",
        "m=audio 5004 RTP/AVP 0\nc=IN IP4 a.name.example\n",
        "",
    ] {
        let offer = theirs(lines);
        let mut ours = ours("127.0.0.1:4000");
        assert_eq!(ours.answer(&offer), None, "{lines}");
        assert_eq!(ours.accept(&offer), None, "{lines}");
    }
}

#[test]
fn sound_never_goes_to_many_or_to_another_family() {
    for address in ["IP4 224.0.0.1", "IP6 ff02::1", "IP6 ::1"] {
        let offer = theirs(&format!("m=audio 5004 RTP/AVP 0\nc=IN {address}\n"));

        let agreed = ours("127.0.0.1:4000").accept(&offer).unwrap();

        assert_eq!(agreed.direction, None, "{address}");
    }
}

#[test]
fn what_is_no_description_is_refused() {
    let many = format!("v=0\n{}", "m=audio 1 RTP/AVP 0\n".repeat(17));
    for text in [
        "",
        "v=1\r\n",
        "hello",
        "v=0\nm=audio x RTP/AVP 0\n",
        "v=0\nm=audio 70000 RTP/AVP 0\n",
        "v=0\nm=audio\n",
        "\0\u{ff}",
        &many,
        &format!("v=0\nm=audio 1 RTP/AVP {}\n", "9".repeat(33)),
    ] {
        assert_eq!(read(text.as_bytes()), None, "{text:.40?}");
    }
}

#[test]
fn a_flood_of_lines_is_cut() {
    let payloads = " 0".repeat(5000);
    let maps = "a=rtpmap:0 PCMU/8000\n".repeat(5000);
    let text = format!("v=0\nc=IN IP4 192.0.2.1\nm=audio 4 RTP/AVP{payloads}\n{maps}");

    let read = audio(text.as_bytes()).unwrap();

    assert_eq!(read.payloads.len(), 64);
}

#[test]
fn offer_with_control_characters_to_repeat_is_refused() {
    for word in ["\u{12}", "a\u{a0}b", "\u{202e}", "\u{0}"] {
        let text =
            format!("v=0\r\nc=IN IP4 192.0.2.9\r\nm=audio 4 RTP/AVP 0\r\nm=x 5 RTP/AVP {word}\r\n");

        assert_eq!(read(text.as_bytes()), None, "{word:?}");
    }
}
