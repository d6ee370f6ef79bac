//! Changes by either end during a call: hold, codec, DTMF, and hanging up.

use std::f64::consts::TAU;
use std::time::Duration;

use registrar_media::Codec;
use registrar_sip::TransportName;
use registrar_sip::invite::CallEnd;
use registrar_user_agent::call::{CallState, Order};

use super::{calls, kamailio, request};
use crate::BOTH;
use crate::callees::{Baresip, Part, Sipp};
use crate::credentials::{CREDENTIALS, Credential};
use crate::kamailio::Kamailio;

#[tokio::test(flavor = "multi_thread")]
async fn the_far_end_holds_takes_back_asks_and_hangs_up() {
    let kamailio = kamailio();
    let steps = "<ANSWER/><recv request=\"ACK\"/><pause milliseconds=\"700\"/>\n\
        <HOLD/><recv response=\"100\" optional=\"true\"/><recv response=\"200\"/><ACK-1/>\n\
        <pause milliseconds=\"700\"/>\n\
        <UNHOLD/><recv response=\"100\" optional=\"true\"/><recv response=\"200\"/><ACK-2/>\n\
        <OPTIONS/><recv response=\"200\"/>\n\
        <REFER/><recv response=\"603\"/>\n\
        <pause milliseconds=\"700\"/><HANG-UP/><recv response=\"200\"/>\n";
    for transport in BOTH {
        let sipp = Sipp::start(Part::Steps(steps)).await;
        let mut request = request(&kamailio, &format!("+1555{}", sipp.port), transport);
        request.talk = Duration::from_secs(20);
        let (outcome, states) = calls(request, |_, _| {}).await;

        assert_eq!(
            outcome.end,
            CallEnd::HungUp { by_us: false },
            "{outcome:#?}"
        );
        assert_eq!(
            outcome.codec,
            Some(Codec::Pcma),
            "it changed when it came back"
        );
        let after = &states[states.len() - 3..];
        assert_eq!(
            after,
            [CallState::Answered, CallState::Held, CallState::Resumed]
        );
        let talked = outcome.talked.as_millis();
        let silent = talked / 20 - u128::from(outcome.sound.sent);
        assert!(
            silent >= 25,
            "nothing was sent on hold: {silent} of {talked} ms"
        );
        assert!(sipp.ended_well().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_and_a_bye_are_proved_where_kamailio_asks_for_it() {
    let rows: String = CREDENTIALS.iter().map(Credential::row).collect();
    // A nonce lives shorter than the call, so that the BYE is asked for anew.
    let kamailio = Kamailio::start(&rows, 2, true);
    let steps = "<ANSWER/><recv request=\"ACK\"/><recv request=\"INVITE\"/><ANSWER/>\n\
        <recv request=\"ACK\"/><recv request=\"BYE\"/><CONFIRM/>";
    for transport in BOTH {
        let sipp = Sipp::start(Part::Steps(steps)).await;
        let number = format!("+1666{}", sipp.port);
        let mut request = request(&kamailio, &number, transport);
        request.talk = Duration::from_secs(4);
        let (outcome, _) = calls(request, |state, orders| {
            if state == CallState::Answered {
                orders.try_send(Order::Hold(true)).unwrap();
            }
        })
        .await;

        assert_eq!(outcome.end, CallEnd::HungUp { by_us: true });
        assert!(sipp.ended_well().await, "{:#?}", outcome.message_chart);
        let byes = outcome
            .message_chart
            .iter()
            .filter(|line| line.label == "BYE");
        let proved: Vec<bool> = byes
            .map(|line| line.text.contains("Proxy-Authorization"))
            .collect();
        assert_eq!(proved, [true, true], "at once, and with the new nonce");
    }
}

/// The share of a sound's power at one pitch.
fn share(samples: &[i16], rate: u32, hertz: f64) -> f64 {
    let (mut real, mut imaginary, mut power) = (0.0, 0.0, 0.0);
    for (at, sample) in (0_u32..).zip(samples) {
        let (sine, cosine) = (TAU * hertz * f64::from(at) / f64::from(rate)).sin_cos();
        let sample = f64::from(*sample);
        real += sample * cosine;
        imaginary += sample * sine;
        power += sample * sample;
    }
    let count = f64::from(u32::try_from(samples.len()).unwrap());
    2.0 * (real * real + imaginary * imaginary) / count / power
}

#[tokio::test(flavor = "multi_thread")]
async fn baresip_hears_our_tone_and_keys_and_we_hear_its_own() {
    let kamailio = kamailio();
    let callee = &CREDENTIALS[2];
    let baresip = Baresip::start(kamailio.port, callee).await;
    let mut request = request(&kamailio, &callee.name(), TransportName::Udp);
    // baresip reports each five seconds; its first may come before ours, and one may be late.
    request.talk = Duration::from_secs(17);
    let (outcome, _) = calls(request, |state, orders| {
        if state == CallState::Answered {
            for key in ['7', '#'] {
                orders.try_send(Order::Press(key)).unwrap();
            }
        }
    })
    .await;

    assert_eq!(outcome.end, CallEnd::HungUp { by_us: true }, "{outcome:#?}");
    let pitch = outcome.hearing.other_pitch().unwrap_or_default();
    assert!((pitch / 1000.0 - 1.0).abs() < 0.01, "{outcome:?}");
    assert_eq!(outcome.sound.lost, 0);
    assert!(outcome.sound.round_trip_ms.is_some(), "{:?}", outcome.sound);
    let (samples, rate, said) = baresip.heard().await;
    // From the middle, where no key was pressed and the call is up.
    let second = rate as usize;
    let middle = &samples[samples.len() / 2..][..second / 10];
    let found = share(middle, rate, 440.0);
    assert!(found > 0.9, "{found} of what baresip heard is our tone");
    assert!(said.contains("'7'") && said.contains("'#'"), "{said}");
}
