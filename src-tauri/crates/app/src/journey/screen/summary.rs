//! The last page: what was set up, what was checked, and what is left.

use registrar_activity::Tone;
use registrar_explain::{Notice, SummaryRow};
use registrar_sip::TransportName;

use super::super::session::state::State;
use super::super::step::{Outcome, Registration, Subject};
use crate::ipc::Summary;

/// Returns the last page.
pub(super) fn summary(
    state: &State,
    subject: &Subject,
    registration: &Registration,
    call: Option<&Outcome>,
) -> Summary {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| {
        rows.push(SummaryRow {
            name: name.to_owned(),
            value,
        });
    };
    if let Some(account) = state.account() {
        let number = account.number.to_string();
        if account.name.contains(&number) {
            row("Account", account.name.clone());
        } else {
            row("Account", format!("{} ({number})", account.name));
        }
    }
    row("Realm", subject.realm.name.clone());
    row("User name", subject.credential.composite());
    if let Some(application) = &subject.credential.application_id {
        row("Voice application", application.clone());
    }
    if let Some(registrar) = &registration.registrar {
        row("Registrar", registrar.clone());
    } else if let Some(port) =
        (state.registrar.as_ref()).and_then(|found| found.port(TransportName::Udp))
    {
        row("Registrar", format!("{}:{port} UDP", subject.realm.name));
    }
    row("Password", "Not included. Share it separately.".to_owned());

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
        left_open: vec![
            "Emergency calling wasn’t set up or tested here. Don’t rely on this phone for \
             emergency calls until that’s done."
                .to_owned(),
        ],
        password_known: state.password.is_some(),
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
