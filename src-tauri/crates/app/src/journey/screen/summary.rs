//! The last page: what was set up, what was checked, and what is left.

use registrar_activity::Tone;
use registrar_explain::{Notice, SummaryRow};
use registrar_sip::TransportName;

use super::super::session::state::State;
use super::super::step::{Outcome, Registration, Subject};
use crate::ipc::Summary;
use crate::phones::EMERGENCY;

/// Returns the last page.
pub(super) fn summary(
    state: &State,
    subject: &Subject,
    registration: &Registration,
    call: Option<&Outcome>,
) -> Summary {
    let mut rows = about(state, subject);
    let mut add = |name: &str, value: String| rows.push(row(name, value));
    add("Realm", subject.realm.name.clone());
    add("User name", subject.credential.composite());
    if let Some(registrar) = &registration.registrar {
        add("Registrar", registrar.clone());
    } else if let Some(port) =
        (state.registrar.as_ref()).and_then(|found| found.port(TransportName::Udp))
    {
        add("Registrar", format!("{}:{port} UDP", subject.realm.name));
    }
    add("Password", "Not included. Share it separately.".to_owned());

    let checks = vec![
        outcome(
            registration.check.as_ref(),
            "The registration wasn’t checked.",
        ),
        registration.phone.as_ref().map_or_else(
            || open("No registered phone was seen."),
            |phone| Notice {
                tone: Tone::Good,
                sentence: phone.clone(),
                next: None,
            },
        ),
        outcome(call, "No test call was made."),
    ];
    Summary {
        rows,
        checks,
        left_open: vec![EMERGENCY.to_owned()],
        password_known: state.password.is_some(),
    }
}

/// Returns the account and the voice application.
pub(in crate::journey) fn about(state: &State, subject: &Subject) -> Vec<SummaryRow> {
    let account = state.account().map(|account| {
        let number = account.number.to_string();
        let named = account.name.contains(&number);
        let value = if named {
            account.name.clone()
        } else {
            format!("{} ({number})", account.name)
        };
        row("Account", value)
    });
    let application = subject.credential.application_id.as_deref();
    let application = application.map(|id| row("Voice application", id.to_owned()));
    account.into_iter().chain(application).collect()
}

fn row(name: &str, value: String) -> SummaryRow {
    SummaryRow {
        name: name.to_owned(),
        value,
    }
}

fn outcome(outcome: Option<&Outcome>, missing: &str) -> Notice {
    outcome.map_or_else(
        || open(missing),
        |outcome| Notice {
            tone: if outcome.good { Tone::Good } else { Tone::Bad },
            sentence: outcome.sentence.clone(),
            next: None,
        },
    )
}

fn open(sentence: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: sentence.to_owned(),
        next: None,
    }
}
