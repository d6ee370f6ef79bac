//! Sentences for each failure.

use std::io::{Error as IoError, ErrorKind};
use std::time::Duration;

use super::table::{Table, failure as whole, notice as noted, words};
use super::{
    Failure, FieldProblem, Notice, RecoveryOption, action, broken, difference, dns, keychain, name,
    new_realm, not_forgotten, not_kept, not_remembered, phone_hints, registered_from, request,
    storage,
};
use crate::dashboard_codes::KNOWN;
use registrar_activity::{Diagnosis, Service, Silence};
use registrar_bandwidth::dashboard::Difference;
use registrar_bandwidth::discovery::{Found, Origin, Ways};
use registrar_bandwidth::new_realm::Stage;
use registrar_http as http;
use registrar_http::Refusal;
use registrar_keychain::Failure as KeychainFailure;
use registrar_names::{NameProblem, RealmName, every};
use registrar_sip::BindingView;
use registrar_storage::store::newer_wrote;
use registrar_user_agent::resolve::{Failure as DnsFailure, Target};

#[test]
fn the_table_has_every_failure() {
    let diagnosed = diagnoses().into_iter().flat_map(|diagnosis| {
        [Service::Token, Service::Dashboard].map(|service| (service, diagnosis))
    });
    let seconds = [None, Some(0), Some(1), Some(59), Some(118), Some(119)];
    let in_keychain = keychain_failures();
    let mut table = Table::new("Sentences about a failure");
    table.chapter("What was asked of the app and not done", actions());
    table.chapter("Above a step, where no form is wrong", {
        let failure = Failure::from(action::clipboard());
        [("clipboard", noted(&failure.into()))]
    });
    table
        .with("Forms", forms(), |problems| {
            whole(&action::invalid(problems.clone()))
        })
        .with("Fields, by their number", [0, 1, 2, 1_000_000], |count| {
            words(&action::invalid_words(*count))
        })
        .with("Above a step that goes on", forms(), |problems| {
            noted(&action::invalid(problems.clone()).into())
        })
        .with("Files", io_errors(), |error| {
            words(&storage::words(
                "the settings",
                error,
                RecoveryOption::TryAgain,
            ))
        })
        .with("Requests", requests(), |error| {
            whole(&request::failure(error))
        })
        .with("Refusals by their status", statuses(), |refusal| {
            whole(&request::failure(&http::Error::Refused(refusal.clone())))
        })
        .with("Refusals by their number", codes(), |code| {
            whole(&refused(400, |refusal| refusal.code = Some(*code)))
        })
        .with(
            "What other answers told",
            diagnosed,
            |(service, diagnosis)| {
                whole(&refused(403, |refusal| {
                    refusal.service = *service;
                    refusal.diagnosis = Some(*diagnosis);
                }))
            },
        )
        .with("Pauses in seconds", seconds, |seconds| {
            whole(&refused(429, |refusal| {
                refusal.retry_after = seconds.map(Duration::from_secs);
            }))
        })
        .with("What DNS answered", dns_failures(), |failure| {
            words(&dns::words(*failure))
        })
        .with(
            "What DNS answered, below a name",
            dns_failures(),
            |failure| dns::sentence(*failure).to_owned(),
        )
        .with("The keychain", &in_keychain, |failure| {
            words(&keychain::words(**failure))
        })
        .with(
            "A secret that is not in the keychain",
            &in_keychain,
            |failure| noted(&not_remembered(**failure)),
        )
        .with("A secret that is still there", &in_keychain, |failure| {
            not_forgotten(**failure)
        })
        .with(
            "Secrets, by what was done and whether they are kept",
            [(true, true), (true, false), (false, true), (false, false)],
            |(done, remember)| {
                let done = if *done {
                    Ok(())
                } else {
                    Err(KeychainFailure::Locked)
                };
                let notice: Option<Notice> = not_kept(done, *remember);
                notice.as_ref().map_or_else(String::new, noted)
            },
        )
        .with("Phones", bindings(), registered_from)
        .with(
            "Why a phone does not register",
            [None, Some(5006)],
            |port| phone_hints(&found(*port)).join("<br>"),
        )
        .assert_is(include_str!("sentences.md"));
}

/// Each action that wasn't performed.
fn actions() -> Vec<(&'static str, String)> {
    let differences = [
        Difference::Hashes,
        Difference::Application {
            before: None,
            now: Some("5ba6761d-36bd-4307-8f7b-a6f806c35abf".to_owned()),
        },
    ];
    let differences = differences.each_ref().map(difference::sentence);
    let done = || new_realm::stopped("r.example", Stage::SettingUp);
    let unknown = new_realm::lost(&RealmName::parse("desk1").unwrap());
    let told = [
        ("a part broke", broken::words(None)),
        (
            "a part broke on the way",
            broken::words(Some("Nothing was checked.")),
        ),
        ("canceled", action::canceled()),
        ("changed meanwhile", action::changed(&differences)),
        ("clipboard", action::clipboard()),
        ("kept otherwise", action::kept_otherwise(&differences)),
        ("lost", action::lost(unknown)),
        ("no check", action::no_check()),
        ("no port", action::no_port()),
        ("out of step", action::out_of_step()),
        ("outdated", action::outdated()),
        ("printing", action::printing()),
        ("stopped", action::stopped(done())),
    ];
    told.iter()
        .map(|(what, told)| (*what, words(told)))
        .collect()
}

/// Forms with one field and with several that need another value.
fn forms() -> [Vec<FieldProblem>; 3] {
    [1, 2, 3].map(|count| {
        let all = [
            ("user_name", name::sentence(NameProblem::UserNameMissing)),
            ("realm", name::sentence(NameProblem::RealmNameMissing)),
            ("domain", name::sentence(NameProblem::DomainTooLong)),
        ];
        let problems = all.iter().take(count);
        let problem = |(field, sentence): &(&str, &str)| FieldProblem::new(field, sentence);
        problems.map(problem).collect()
    })
}

/// Each failure of a request, in every form with its own words, except refusals.
fn requests() -> Vec<http::Error> {
    use http::Error;
    every!(Error {
        Error::Insecure => [Error::Insecure],
        Error::Malformed { .. } => services()
            .map(|service| Error::Malformed { service, what: "text that isn’t JSON" }),
        Error::Refused(_) => [],
        Error::TooLarge { .. } => services().map(|service| Error::TooLarge { service, limit: 9 }),
        Error::Unreachable { .. } => silences(),
        Error::Untrusted { .. } => services()
            .map(|service| [None, Some("Proxy Authority".to_owned())]
                .map(|issuer| Error::Untrusted { service, issuer }))
            .into_iter()
            .flatten(),
    })
}

fn services() -> [Service; 6] {
    use Service::{Dashboard, Dns, Registrar, Token, Twilio, Voice};
    [Dashboard, Dns, Registrar, Token, Twilio, Voice]
}

fn silences() -> Vec<http::Error> {
    let silences = every!(Silence {
        Silence::CutOff => [Silence::CutOff],
        Silence::NameUnknown => [Silence::NameUnknown],
        Silence::Proxy => [Silence::Proxy],
        Silence::Refused => [Silence::Refused],
        Silence::TimedOut => [Silence::TimedOut],
    });
    let all = silences.into_iter();
    all.flat_map(|silence| services().map(|service| http::Error::Unreachable { service, silence }))
        .collect()
}

/// The system's disk errors, in every form with its own words.
fn io_errors() -> [IoError; 8] {
    use ErrorKind::{
        FileTooLarge, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        Unsupported,
    };
    [
        NotFound.into(),
        PermissionDenied.into(),
        ReadOnlyFilesystem.into(),
        StorageFull.into(),
        FileTooLarge.into(),
        QuotaExceeded.into(),
        Unsupported.into(),
        newer_wrote(),
    ]
}

fn dns_failures() -> Vec<DnsFailure> {
    let remembered = [None, Some(Duration::from_mins(5))];
    every!(DnsFailure {
        DnsFailure::BadName => [DnsFailure::BadName],
        DnsFailure::NotFound { .. } => remembered
            .map(|remembered| DnsFailure::NotFound { remembered }),
        DnsFailure::NoAnswer => [DnsFailure::NoAnswer],
        DnsFailure::NoServers => [DnsFailure::NoServers],
        DnsFailure::Refused => [DnsFailure::Refused],
    })
}

fn keychain_failures() -> Vec<KeychainFailure> {
    use KeychainFailure as Failure;
    every!(Failure {
        Failure::AccountRemoved => [Failure::AccountRemoved],
        Failure::Broken => [Failure::Broken],
        Failure::Locked => [Failure::Locked],
        Failure::Missing => [Failure::Missing],
        Failure::Refused => [Failure::Refused],
        Failure::Slow => [Failure::Slow],
    })
}

fn diagnoses() -> Vec<Diagnosis> {
    every!(Diagnosis {
        Diagnosis::AccountUnknown => [Diagnosis::AccountUnknown],
        Diagnosis::NotEnabled => [Diagnosis::NotEnabled],
        Diagnosis::RealmFailed => [Diagnosis::RealmFailed],
        Diagnosis::RealmGone => [Diagnosis::RealmGone],
        Diagnosis::RealmSlow => [Diagnosis::RealmSlow],
        Diagnosis::RoleMissing => [Diagnosis::RoleMissing],
        Diagnosis::RoleOrAccount => [Diagnosis::RoleOrAccount],
        Diagnosis::SignInWrong => [Diagnosis::SignInWrong],
    })
}

fn statuses() -> Vec<Refusal> {
    let statuses = [200, 400, 401, 403, 404, 405, 409, 418, 429, 499, 500, 503];
    let services = [Service::Dashboard, Service::Token].into_iter();
    services
        .flat_map(|service| statuses.map(|status| Refusal::new(service, status)))
        .collect()
}

fn codes() -> impl Iterator<Item = u32> {
    KNOWN
        .iter()
        .copied()
        .flatten()
        .map(|known| known.code)
        .chain([99_999])
}

/// Returns the failure of a dashboard refusal with a description.
fn refused(status: u16, change: impl FnOnce(&mut Refusal)) -> Failure {
    let mut refusal = Refusal::new(Service::Dashboard, status);
    refusal.description = Some("Own words".to_owned());
    change(&mut refusal);
    request::failure(&http::Error::Refused(refusal))
}

fn bindings() -> Vec<BindingView> {
    let seconds = [0, 1, 119, 120, 179, 180, 3600];
    let binding = |address: &str, expires| BindingView {
        address: address.to_owned(),
        name: None,
        expires,
        ours: false,
    };
    let of_times = seconds.map(|expires| binding("sip:bob@192.0.2.9:5060", expires));
    let odd = binding("no address", 60);
    of_times.into_iter().chain([odd]).collect()
}

fn found(port: Option<u16>) -> Found {
    let target = port.map(|port| Target::typed(([192, 0, 2, 1], port).into()));
    Found {
        host: "r.example".to_owned(),
        own: Vec::new(),
        ways: Ways {
            udp: target.into_iter().collect(),
            ..Ways::default()
        },
        transport: None,
        failure: None,
        origin: Origin::Typed,
        trouble: None,
        dns: Vec::new(),
    }
}
