//! Sentences for each end of a request.

use super::{done, meaning};
use crate::table::Table;
use registrar_activity::{ActivityKind, Diagnosis, End, Head, Service, Silence, Tone};
use registrar_names::every;

#[test]
fn the_table_has_every_end_of_a_request() {
    let answers = [
        (Tone::Good, &[200, 201, 202, 204, 299, 300, 399][..]),
        (Tone::Plain, &[200, 204, 302, 404, 410, 418]),
        (Tone::Wait, &[200, 302, 400]),
        (Tone::Bad, &[200, 302, 400, 404, 410, 500]),
    ];
    let answers = answers.map(|(tone, statuses)| {
        let statuses = statuses.iter();
        statuses.map(|status| (*status, tone)).collect::<Vec<_>>()
    });
    Table::new("Sentences about the end of a request")
        .with("An answer", answers.concat(), |(status, tone)| {
            done(*status, *tone).to_owned()
        })
        .with("An end", ends(), |end| {
            let meaning = meaning(&head(end.clone()));
            let causes = meaning.causes.iter().map(|cause| format!("<br>- {cause}"));
            let next = meaning.next.iter().map(|next| format!("<br>→ {next}"));
            meaning.sentence.clone() + &causes.chain(next).collect::<String>()
        })
        .assert_is(include_str!("sentences.md"));
}

fn ends() -> Vec<End> {
    let service = Service::Dashboard;
    every!(End {
        End::BrokenOff => [End::BrokenOff],
        End::Done { .. } => [End::Done { status: 200 }],
        End::NotSent => [End::NotSent],
        End::Refused { .. } => [(Some(23026), None), (None, Some(Diagnosis::RoleMissing)), (None, None)]
            .map(|(code, diagnosis)| End::Refused { service, status: 403, code, diagnosis }),
        End::Silent { .. } => [End::Silent { service, silence: Silence::TimedOut }],
        End::Unread { .. } => [End::Unread { service, status: Some(200) }],
        End::Untrusted { .. } => [None, Some("Proxy Authority".to_owned())]
            .map(|issuer| End::Untrusted { service, issuer }),
        End::Verdict { .. } => [None, Some("Try again.".to_owned())].map(|next| End::Verdict {
            status: None,
            sentence: "Nobody answers.".to_owned(),
            next,
        }),
    })
}

fn head(end: End) -> Head {
    Head {
        at: 0,
        took: 0,
        account: None,
        practice: false,
        kind: ActivityKind::Request,
        method: "GET".to_owned(),
        address: String::new(),
        title: String::new(),
        tone: Tone::Good,
        end,
    }
}
