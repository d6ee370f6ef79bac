use super::*;

const DIGEST: &str = "Digest username=\"bob\", realm=\"r\", nonce=\"n\", uri=\"sip:r\", \
        response=\"0123456789abcdef0123456789abcdef\", qop=auth, nc=00000001, future=\"canary\"";

#[test]
fn the_response_and_unknown_parameters_become_dots() {
    for name in ["Authorization", "proxy-authorization"] {
        let message = Message::request("REGISTER", "sip:r").with(name, DIGEST);

        let text = redacted(&message, true, &[]);

        assert!(text.contains("username=\"bob\""), "{text}");
        assert!(text.contains("response=\"••••••\""), "{text}");
        assert!(!text.contains("0123456789abcdef"), "{text}");
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn credentials_of_another_scheme_become_dots() {
    for secret in [
        "Basic Y2FuYXJ5",
        "Bearer canary",
        "canary",
        "Digest a=b, Basic canary",
    ] {
        let message = Message::request("REGISTER", "sip:r").with("Authorization", secret);

        let text = redacted(&message, true, &[]);

        assert!(
            !text.contains("canary") && !text.contains("Y2FuYXJ5"),
            "{text}"
        );
    }
}

#[test]
fn a_hash_that_a_registrar_echoes_becomes_dots() {
    let message = Message::response(403, "0123456789abcdef0123456789abcdef")
        .with("Warning", "0123456789abcdef0123456789abcdef")
        .with("Authentication-Info", "rspauth=\"0123\", nextnonce=\"n\"");

    let text = redacted(&message, false, &[]);

    assert!(!text.contains("0123"), "{text}");
    assert!(!label(&message).contains("0123"));
}

#[test]
fn answer_that_a_registrar_repeats_becomes_dots() {
    let answer = "0123456789abcdef0123456789abcdef";
    let escaped = answer.replace('0', "%30");
    let now = Instant::now();
    let quiet = |_: &TracedMessage| {};
    let mut message_chart = MessageChart::new(now, &quiet);
    let keep = |message_chart: &mut MessageChart<'_>, sent, message: &Message| {
        let meaning = MessageMeaning::RegisterHeard(Meaning::Stray);
        message_chart.keep(sent, message, meaning, now);
    };

    let first = Message::request("REGISTER", "sip:r").with("Authorization", DIGEST);
    keep(&mut message_chart, true, &first);
    let mut echo = Message::response(403, &format!("no {escaped}"))
        .with("Warning", format!("399 r \"{answer}\""))
        .with("X-Got", DIGEST);
    echo.body = format!("Authorization: {DIGEST}\nBasic dXNlcjpwYXNz\n{escaped}").into_bytes();
    keep(&mut message_chart, false, &echo);
    let repeated = DIGEST.replace(
        "nonce=\"n\"",
        &format!("nonce=\"{}\"", answer.to_uppercase()),
    );
    let second = Message::request("REGISTER", "sip:r").with("Authorization", &repeated);
    keep(&mut message_chart, true, &second);

    let shown = format!("{:?}", message_chart.into_lines());
    for secret in [answer, &answer.to_uppercase(), &escaped, "dXNlcjpwYXNz"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    assert!(shown.contains("username=\\\"bob\\\""), "{shown}");
}

#[test]
fn a_flood_is_kept_up_to_a_limit() {
    let now = Instant::now();
    let quiet = |_: &TracedMessage| {};
    let mut message_chart = MessageChart::new(now, &quiet);

    for _ in 0..MOST_LINES + 5 {
        message_chart.heard(&Message::response(200, "OK"), &Meaning::Stray, now);
    }

    assert_eq!(message_chart.timing(0).stamps.len(), MOST_LINES);
    assert_eq!(message_chart.into_lines().len(), MOST_LINES);
}
