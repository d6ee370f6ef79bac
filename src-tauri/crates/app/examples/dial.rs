//! Places one call through a registrar, sends a tone, measures what comes back, and prints what came of
//! it as one JSON object.
//!
//! ```text
//! printf 'password:…' | cargo run -q -p registrar-app --example dial -- \
//!     --realm R --user U --to TARGET --address HOST:PORT --seconds N [--transport udp|tcp|tls]
//! ```
//!
//! The secret is on standard input: `password:…`, `hash1:…` or `hash1b:…`. `--user` is the composite
//! user name, `--to` a number, an extension or a SIP address, `--seconds` how long it talks before it
//! hangs up, 1 to 600.
//!
//! | field | what it says |
//! |---|---|
//! | `verdict` | the variant's name in `sip::invite::CallEnd` |
//! | `sentence`, `causes`, `next` | the verdict in words |
//! | `answered`, `rang`, `status` | how far it came, and the last final SIP status |
//! | `until_answer_ms`, `talked_ms` | how long it rang, and how long it talked |
//! | `sent`, `received`, `lost` | packets of sound |
//! | `jitter_ms`, `round_trip_ms`, `level_db`, `pitch_hz` | what was measured; `null` where nothing was |
//! | `heard` | a sound came back |
//! | `messages` | `direction` (`sent`, `received`), `first_line`, `ms` since the call began |
//!
//! Exit status 0: answered, whatever the verdict. 2: arguments or standard input can't be used; one line
//! on standard error says why. 3: a person would have to be asked, and the same object says of what.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "what it is for")]

mod command_line;

use std::process::ExitCode;
use std::time::Duration;

use command_line::{Arguments, End};
use registrar_app::Error;
use registrar_app::standalone_check::realm_problem;
use registrar_bandwidth::discovery;
use registrar_explain::{CallSound, call as words};
use registrar_media::{Source, Tone};
use registrar_sip::answer::NameForm;
use registrar_sip::uri::Uri;
use registrar_user_agent::call::{self, Callee, DialOutcome, DialRequest};
use registrar_user_agent::resolve::SystemDns;
use registrar_user_agent::tls::Peer;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

const ARGUMENTS: [&str; 6] = ["address", "realm", "seconds", "to", "transport", "user"];
/// How long it may ring.
const RING: Duration = Duration::from_secs(45);
/// The longest call, in seconds.
const MOST_SECONDS: u64 = 600;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    run().await.unwrap_or_else(End::Unusable).tell()
}

async fn run() -> Result<End, String> {
    let arguments = Arguments::read(&ARGUMENTS)?;
    let realm = arguments.needed("realm")?;
    if let Some(problem) = realm_problem(realm) {
        return Err(problem.to_owned());
    }
    let user = arguments.needed("user")?;
    let callee = Callee::parse(arguments.needed("to")?)?;
    let seconds = arguments.needed("seconds")?.parse().ok();
    let seconds = seconds.filter(|seconds| (1..=MOST_SECONDS).contains(seconds));
    let seconds = seconds.ok_or(format!("--seconds is a number from 1 to {MOST_SECONDS}."))?;
    let transport = command_line::transport(&arguments)?;
    let address = arguments.needed("address")?;
    let proof = command_line::proof()?;
    let found = discovery::typed(&SystemDns, address).await;
    let found = found.map_err(|error| command_line::one_line(&Error::from(error).failure()))?;
    let transport = found.transport.unwrap_or(transport);
    let Some(target) = found.targets(transport).first() else {
        return Err(command_line::one_line(
            &Error::from(found.no_address()).failure(),
        ));
    };
    let target = target.address;
    let label = transport.as_str();
    let asked = words::Asked {
        callee: callee.user().to_owned(),
        user_name: user.to_owned(),
        realm: realm.to_owned(),
        host: found.host.clone(),
        place: format!("{} ({label} port {})", found.host, target.port()),
        target: format!("{label} {target}"),
        with_password: proof.is_password(),
        sound: CallSound::Tone,
        ring: RING,
    };
    let request = DialRequest {
        peer: Peer::new(&found.host),
        target,
        request_uri: callee.uri(realm),
        from: Uri::new(Some(user), realm).to_string(),
        user_name: user.to_owned(),
        form: NameForm::Composite,
        proof,
        realm: realm.to_owned(),
        other_realms: Vec::new(),
        transport,
        ring_timeout: RING,
        talk: Duration::from_secs(seconds),
        hangup: CancellationToken::new(),
        sound: Source::Tone(Tone::default()),
        speakers: false,
    };
    let (_keys, orders) = mpsc::channel(1);
    let outcome = call::dial(request, orders, &|_| {}).await;
    Ok(end(&asked, outcome))
}

fn end(asked: &words::Asked, outcome: DialOutcome) -> End {
    let verdict = command_line::variant(&outcome.end);
    let (answered, rang, status) = (outcome.answered, outcome.rang, outcome.status);
    let (until_answer, talked) = (outcome.until_answer, outcome.talked);
    let (sent, received, lost) = (
        outcome.sound.sent,
        outcome.sound.received,
        outcome.sound.lost,
    );
    let measured = (received > 0).then_some(outcome.sound.jitter_ms);
    let (round_trip, level, pitch) = (
        outcome.sound.round_trip_ms,
        outcome.sound.level_db,
        outcome.sound.pitch_hz,
    );
    let report = words::report(asked, Vec::new(), outcome);
    let messages: Vec<Value> = command_line::messages(&report.message_chart);
    let answer = json!({
        "verdict": verdict,
        "sentence": report.verdict.sentence,
        "causes": report.verdict.causes,
        "next": report.verdict.next,
        "answered": answered,
        "rang": rang,
        "status": status,
        "until_answer_ms": until_answer.as_millis(),
        "talked_ms": talked.as_millis(),
        "sent": sent,
        "received": received,
        "lost": lost,
        "jitter_ms": measured,
        "round_trip_ms": round_trip,
        "level_db": level,
        "pitch_hz": pitch,
        "heard": report.heard,
        "messages": messages,
    });
    match report.question {
        Some(_) => End::Asks(answer),
        None => End::Answered(answer),
    }
}
