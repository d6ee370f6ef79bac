use super::*;

const OWN_VIA: &str = "SIP/2.0/UDP 10.0.0.5:5070;rport;branch=z9hG4bKb1";

fn request() -> Message {
    Message::request("REGISTER", "sip:r.example")
        .with("Via", OWN_VIA)
        .with("From", "<sip:bob@r.example>;tag=t1")
        .with("To", "<sip:bob@r.example>")
        .with("Call-ID", "c1")
        .with("CSeq", "2 REGISTER")
        .with("Contact", "<sip:check-x@10.0.0.5:5070>")
}

fn response(via: &str, from: &str, call_id: &str, cseq: &str, contact: &str) -> Message {
    Message::response(200, "OK")
        .with("Via", via)
        .with("From", from)
        .with("To", "<sip:bob@r.example>;tag=r")
        .with("Call-ID", call_id)
        .with("CSeq", cseq)
        .with("Contact", contact)
}

fn path_after(response: &Message) -> Path {
    let mut path = Path::new("10.0.0.5:5070".parse().unwrap());
    path.compare(&request(), response);
    path
}

const FROM: &str = "<sip:bob@r.example>;tag=t1";
const CONTACT: &str = "<sip:check-x@10.0.0.5:5070>;expires=60";

#[test]
fn received_and_rport_tell_whether_addresses_are_translated() {
    for (marked, nat) in [
        ("rport=5070;received=10.0.0.5", Nat::No),
        ("rport=5070", Nat::No),
        ("received=10.0.0.5", Nat::No),
        (
            "rport=40112;received=203.0.113.7",
            Nat::Translated("203.0.113.7:40112".parse().unwrap()),
        ),
        (
            "rport=5071",
            Nat::Translated("10.0.0.5:5071".parse().unwrap()),
        ),
        (
            "received=[2001:db8::7];rport=9",
            Nat::Translated("[2001:db8::7]:9".parse().unwrap()),
        ),
        ("rport", Nat::Unknown),
        ("rport=x;received=y", Nat::Unknown),
    ] {
        let via = format!("SIP/2.0/UDP 10.0.0.5:5070;{marked};branch=z9hG4bKb1");

        let path = path_after(&response(&via, FROM, "c1", "2 REGISTER", CONTACT));

        assert_eq!(path.nat(), nat, "{marked}");
        assert_eq!(path.rewritten(), [], "{marked}");
    }
}

#[test]
fn what_comes_back_otherwise_is_named() {
    let sent_by = |returned: &str| Rewritten::SentBy {
        returned: returned.to_owned(),
    };
    let other_branch = "SIP/2.0/UDP 10.0.0.5:5070;branch=z9hG4bKb2";
    let other_host = "SIP/2.0/UDP 203.0.113.7:40112;branch=z9hG4bKb1";
    for (answer, rewritten) in [
        (
            response(other_branch, FROM, "c1", "2 REGISTER", CONTACT),
            Rewritten::Branch,
        ),
        (
            response(other_host, FROM, "c1", "2 REGISTER", CONTACT),
            sent_by("203.0.113.7:40112"),
        ),
        (
            response(OWN_VIA, FROM, "c2", "2 REGISTER", CONTACT),
            Rewritten::CallId,
        ),
        (
            response(OWN_VIA, FROM, "c1", "7 REGISTER", CONTACT),
            Rewritten::Cseq,
        ),
        (
            response(
                OWN_VIA,
                "<sip:bob@r.example>;tag=t2",
                "c1",
                "2 REGISTER",
                CONTACT,
            ),
            Rewritten::FromTag,
        ),
        (
            response(
                OWN_VIA,
                FROM,
                "c1",
                "2 REGISTER",
                "<sip:phone@192.0.2.2>, <sip:check-x@203.0.113.7:40112>;expires=60",
            ),
            Rewritten::Contact {
                listed: "sip:check-x@203.0.113.7:40112".to_owned(),
            },
        ),
    ] {
        let path = path_after(&answer);

        assert_eq!(path.rewritten(), [rewritten]);
    }
}

#[test]
fn rewritten_via_is_not_taken_for_the_address_seen() {
    let via = "SIP/2.0/UDP 203.0.113.7:40112;rport=5070;branch=z9hG4bKb1";

    let path = path_after(&response(via, FROM, "c1", "2 REGISTER", CONTACT));

    assert_eq!(path.nat(), Nat::No);
}

#[test]
fn what_belongs_to_another_request_tells_nothing() {
    let other = "SIP/2.0/UDP 192.0.2.9:1;rport=2;received=192.0.2.9;branch=z9hG4bKb0";
    for answer in [
        // A late response to our first request, and one to someone else.
        response(other, FROM, "c1", "1 REGISTER", CONTACT),
        response(other, "<sip:x@y>;tag=z", "c9", "2 REGISTER", CONTACT),
        response("", FROM, "c1", "2 REGISTER", CONTACT),
        request(),
    ] {
        assert_eq!(
            path_after(&answer),
            Path::new("10.0.0.5:5070".parse().unwrap())
        );
    }
}

#[test]
fn a_flood_of_changed_answers_is_kept_once() {
    let mut path = Path::new("10.0.0.5:5070".parse().unwrap());

    for number in 0..1000 {
        let via = format!("SIP/2.0/UDP h{number};branch=z9hG4bKb1");
        path.compare(
            &request(),
            &response(&via, FROM, "c1", "2 REGISTER", CONTACT),
        );
    }

    assert_eq!(path.rewritten().len(), 1);
}

#[test]
fn a_contact_at_the_address_that_is_seen_was_repaired() {
    let request = Message::request("REGISTER", "sip:r")
        .with("Via", "SIP/2.0/UDP 10.0.0.5:5070;rport;branch=b")
        .with("Contact", "<sip:check-1@10.0.0.5:5070>");
    for (listed, repaired, rewritten) in [
        ("<sip:check-1@203.0.113.7:40112>", true, false),
        ("<sip:check-1@203.0.113.7:40113>", false, true),
        ("<sip:check-1@203.0.113.8:40112>", false, true),
        ("<SIP:CHECK-1@10.0.0.5:5070>", false, false),
        ("<sip:other@203.0.113.7:40112>", false, false),
    ] {
        let seen = "SIP/2.0/UDP 10.0.0.5:5070;received=203.0.113.7;rport=40112;branch=b";
        let response = Message::response(200, "OK")
            .with("Via", seen)
            .with("Contact", listed);
        let mut path = Path::new("10.0.0.5:5070".parse().unwrap());
        path.compare(&request, &response);

        assert_eq!(path.repaired(), repaired, "{listed}");
        assert_eq!(!path.rewritten().is_empty(), rewritten, "{listed}");
    }
}
