//! Checks one SIP credential at a registrar, and prints what came of it as one JSON object.
//!
//! ```text
//! printf 'password:…' | cargo run -q -p registrar-app --example check -- \
//!     --realm R --user U [--domain D] [--address HOST:PORT] [--transport udp|tcp|tls] \
//!     [--kind query|full] [--ca FILE] [--answer-realm R]
//! ```
//!
//! The secret is on standard input: `password:…`, `hash1:…` or `hash1b:…`. Without an address, DNS is
//! asked for the realm. `--ca` trusts the certificates of a PEM file as well. `--answer-realm` lets a
//! password be answered for another realm. The default is a query over UDP, which registers nothing.
//!
//! | field | what it says |
//! |---|---|
//! | `verdict` | the variant's name in `sip::verdict::Verdict` |
//! | `sentence`, `causes`, `next` | the verdict in words |
//! | `bindings` | what the registrar lists: `address`, `expires` in seconds, `ours` |
//! | `targets` | the addresses that were tried, with their transport and how that ended |
//! | `own` | this computer's own registration: `taken_back`, `still_listed`; both `null` after a query |
//! | `nat` | `no`, `yes`, `unknown`: whether addresses are translated on the way |
//! | `alg` | `no`, `suspected`, `unknown`: whether something on the way rewrites messages |
//! | `messages` | `direction` (`sent`, `received`), `first_line`, `ms` since the check began |
//!
//! Exit status 0: answered, whatever the verdict. 2: arguments or standard input can't be used; one line
//! on standard error says why. 3: a person would have to be asked, and the same object says of what.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "what it is for")]

mod command_line;

use std::process::ExitCode;

use command_line::{Arguments, End};
use registrar_app::Error;
use registrar_app::standalone_check::realm_problem;
use registrar_bandwidth::dashboard::{Domain, UserName};
use registrar_bandwidth::discovery::{self, Found};
use registrar_digest::composite;
use registrar_explain::{self as explain, registration};
use registrar_http::trust::Trust;
use registrar_sip::CheckKind;
use registrar_sip::path::Nat;
use registrar_sip::verdict::Unregistered;
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Checks, Limits};
use registrar_user_agent::resolve::SystemDns;
use serde_json::{Value, json};

const ARGUMENTS: [&str; 8] = [
    "address",
    "answer-realm",
    "ca",
    "domain",
    "kind",
    "realm",
    "transport",
    "user",
];

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
    let in_words = |problem| explain::name::sentence(problem).to_owned();
    let user = UserName::parse(arguments.needed("user")?).map_err(in_words)?;
    let domain = Domain::parse_optional(arguments.get("domain").unwrap_or_default());
    let domain = domain.map_err(in_words)?;
    let transport = command_line::transport(&arguments)?;
    let kind = match arguments.get("kind").unwrap_or("query") {
        "query" => CheckKind::Query,
        "full" => CheckKind::Full,
        _ => return Err("--kind is query or full.".to_owned()),
    };
    let proof = command_line::proof()?;
    let found = match arguments.get("address") {
        Some(address) => discovery::typed(&SystemDns, address)
            .await
            .map_err(|error| command_line::one_line(&Error::from(error).failure()))?,
        None => discovery::find(&SystemDns, None, realm).await,
    };
    let transport = found.transport.unwrap_or(transport);
    let request = CheckRequest {
        realm: realm.to_owned(),
        composite: composite(user.as_str(), domain.as_ref().map(Domain::as_str)),
        proof,
        kind,
        transport,
        targets: found.targets(transport).to_vec(),
        target_name: found.host.clone(),
        trust: trust(arguments.get("ca"))?,
    };
    let checks = Checks::default();
    if let Some(realm) = arguments.get("answer-realm") {
        checks.consents().allow(&request.target_name, realm);
    }
    let outcome = checks.check(&request, Limits::default(), &|_| {}).await;
    Ok(end(&request, outcome, &found))
}

fn trust(file: Option<&str>) -> Result<Trust, String> {
    let Some(file) = file else {
        return Ok(Trust::default());
    };
    let pem = std::fs::read(file).map_err(|error| format!("--ca can't be read: {error}."))?;
    let trust = Trust::default().and_pem(&pem);
    trust.map_err(|_| "--ca has no certificate in PEM.".to_owned())
}

fn end(request: &CheckRequest, outcome: CheckOutcome, found: &Found) -> End {
    let variant = command_line::variant(&outcome.verdict);
    let own = match &outcome.unregistered {
        None => (None, None),
        Some(Unregistered::Done) => (Some(true), Some(false)),
        Some(Unregistered::StillListed) => (Some(false), Some(true)),
        Some(Unregistered::NoAnswer | Unregistered::Refused { .. } | Unregistered::Underway) => {
            (Some(false), None)
        }
    };
    let heard = outcome.message_chart.iter().any(|line| !line.sent);
    let (nat, alg) = match &outcome.path {
        Some(path) if heard => (
            match path.nat() {
                Nat::No => "no",
                Nat::Translated(_) => "yes",
                Nat::Unknown => "unknown",
            },
            if path.rewritten().is_empty() {
                "no"
            } else {
                "suspected"
            },
        ),
        Some(_) | None => ("unknown", "unknown"),
    };
    let report = registration::report(request, outcome);
    // Where DNS itself failed, that is what there is to say.
    let dns = found.failure.filter(|_| request.targets.is_empty());
    let (sentence, causes, next) = match dns {
        Some(_) => {
            let failure = Error::from(found.no_address()).failure();
            (failure.sentence, failure.causes, Some(failure.next))
        }
        None => (
            report.verdict.sentence,
            report.verdict.causes,
            report.verdict.next,
        ),
    };
    let targets = report.targets.iter().map(|target| {
        json!({ "address": target.address, "transport": target.transport, "outcome": target.outcome })
    });
    let messages = command_line::messages(&report.message_chart);
    let answer = json!({
        "verdict": variant,
        "sentence": sentence,
        "causes": causes,
        "next": next,
        "bindings": report.bindings,
        "targets": targets.collect::<Vec<Value>>(),
        "own": { "taken_back": own.0, "still_listed": own.1 },
        "nat": nat,
        "alg": alg,
        "messages": messages,
    });
    match report.question {
        Some(_) => End::Asks(answer),
        None => End::Answered(answer),
    }
}
