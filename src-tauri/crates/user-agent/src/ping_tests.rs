use parking_lot::Mutex;

use registrar_sip::path::Nat;
use registrar_sip::tokens::Counted;

use super::super::scripted::{Act, Scripted, status};
use super::*;

const LOCAL: &str = "192.0.2.1:5070";

fn request(times: u8) -> PingRequest {
    PingRequest {
        times,
        ..PingRequest::new(
            "r.example",
            TransportName::Udp,
            "192.0.2.9:5060".parse().unwrap(),
        )
    }
}

fn answer(question: &Message, status: u16) -> Message {
    let mut answer = Message::response(status, "Words");
    for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
        answer.push(name, question.header(name).unwrap());
    }
    answer
}

#[test]
fn any_final_answer_counts_and_a_lost_one_does_not_end_it() {
    let mut tokens = Counted::default();
    let mut ping = Ping::new(request(4), LOCAL.parse().unwrap(), &mut tokens);
    let mut now = Instant::now();
    let mut branches = Vec::new();

    for (status, after) in [(200, 10), (405, 30), (481, 20)] {
        let question = ping.poll_transmit(now).unwrap();
        branches.push(question.via().unwrap().branch().unwrap().to_owned());
        now += Duration::from_millis(after);
        ping.handle_input(&answer(&question, 100), &mut tokens, now);
        ping.handle_input(&answer(&question, status), &mut tokens, now);
        // It comes once more, and the next question is not answered by it.
        ping.handle_input(&answer(&question, status), &mut tokens, now);
    }
    ping.poll_transmit(now).unwrap();
    ping.handle_timeout(&mut tokens, now);
    assert_eq!(ping.outcome(), None);
    assert_eq!(ping.poll_timeout(), Some(now + GIVE_UP));
    ping.handle_timeout(&mut tokens, now + GIVE_UP);

    let outcome = ping.outcome().unwrap();
    let times: Vec<Option<u128>> = (outcome.times.iter())
        .map(|time| time.map(|time| time.as_millis()))
        .collect();
    assert_eq!(times, [Some(10), Some(30), Some(20), None]);
    assert_eq!(
        outcome.spread().unwrap().map(|time| time.as_millis()),
        [10, 20, 30]
    );
    assert_eq!((outcome.lost(), outcome.status), (1, Some(481)));
    branches.dedup();
    assert_eq!(
        branches.len(),
        3,
        "each question is a transaction of its own"
    );
}

#[test]
fn the_median_of_an_even_number_lies_between_the_middle_two() {
    let millis = |time| Some(Duration::from_millis(time));
    let outcome = |times: Vec<Option<Duration>>| PingOutcome {
        times,
        status: None,
        path: None,
        failure: None,
    };

    let even = outcome(vec![millis(40), None, millis(10), millis(20), millis(30)]);

    assert_eq!(even.spread().unwrap()[1], Duration::from_millis(25));
    assert_eq!(outcome(vec![millis(7)]).spread().unwrap()[1].as_millis(), 7);
    assert_eq!(outcome(vec![None]).spread(), None);
    assert_eq!(outcome(Vec::new()).spread(), None);
}

#[tokio::test]
async fn a_registrar_is_pinged_over_udp_and_tcp() {
    for transport in [TransportName::Udp, TransportName::Tcp] {
        let registrar = Scripted::start(transport, &[status(200), status(405)]).await;
        let told = Mutex::new(Vec::new());
        let request = PingRequest::new("r.example", transport, registrar.address);

        let outcome = ping(&request, &|time| told.lock().push(time)).await;

        assert_eq!(outcome.lost(), 0, "{outcome:?}");
        assert_eq!(*told.lock(), outcome.times);
        let heard = registrar.heard();
        assert_eq!(heard.len(), 5);
        assert!(heard.iter().all(|message| message.method() == "OPTIONS"));
        assert_eq!(heard[0].uri(), "sip:r.example");
        assert_eq!(outcome.path.unwrap().nat(), Nat::No);
    }
}

#[tokio::test]
async fn silence_is_lost_and_a_closed_port_ends_it_at_once() {
    let silent = Scripted::start(TransportName::Udp, &[status(200), Act::Silent]).await;
    let mut request = PingRequest::new("r.example", TransportName::Udp, silent.address);
    request.give_up = Duration::from_millis(50);
    request.times = 3;

    let outcome = ping(&request, &|_| {}).await;

    assert_eq!((outcome.times.len(), outcome.lost()), (3, 2));
    for transport in [TransportName::Udp, TransportName::Tcp] {
        // Nobody listens at this port, and no test is given it.
        let closed = PingRequest::new("r.example", transport, "127.0.0.1:1".parse().unwrap());
        let began = Instant::now();

        let outcome = ping(&closed, &|_| {}).await;

        assert_eq!(outcome.failure, Some(Failure::NobodyListens));
        assert_eq!(outcome.times, [None; 5]);
        assert!(began.elapsed() < GIVE_UP);
    }
}
