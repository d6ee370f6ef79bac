//! An import of 100,000 SIP credentials against a practice API that takes 100 ms per response,
//! compared with the theoretical limit: batches times response time divided by connections.

use std::sync::Arc;
use std::time::{Duration, Instant};

use acceptance::practice_addresses::exposed;
use registrar_activity::Activity;
use registrar_bandwidth::dashboard::{AccountNumber, Dashboard, Environment, RealmId, SignIn};
use registrar_explain as explain;
use registrar_jobs::{
    Action, JobWork, Jobs, RequestPolicy, RunGoal, RunOptions, Secret, Stage, Step,
};
use registrar_practice::{Faults, Practice, WireFault};
use registrar_secret::SignInSecret;
use tokio_util::sync::CancellationToken;

use super::row::Row;

const ROWS: usize = 100_000;
const ANSWER_TIME: Duration = Duration::from_millis(100);
const ROUNDS: usize = 5;
/// The number of practice's realm.
const REALM: RealmId = RealmId(22);

pub(crate) async fn measure() -> Row {
    let (mut ours, mut limits) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let policy = RequestPolicy::default();
        let batches = ROWS.div_ceil(policy.most_at_once);
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let (batches, connections) = (batches as f64, policy.connections as f64);
        limits.push(batches * ANSWER_TIME.as_secs_f64() / connections);
        ours.push(import(policy).await.as_secs_f64());
    }
    Row {
        what: "an import of 100,000 against the practice API with 100 ms answers",
        against: "the limit: batches × answer time ÷ connections",
        unit: "s",
        ours,
        peers: limits,
        budget: 1.2,
    }
}

/// Imports into a fresh account, with passwords that the job makes, and returns how long it took.
async fn import(policy: RequestPolicy) -> Duration {
    let options = RunOptions {
        policy,
        aim: RunGoal::All,
        wording: explain::import::RESULT,
    };
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(&folder.path().join("practice"))
        .await
        .unwrap();
    let realm = practice.sample_check().unwrap().realm;
    let jobs = Jobs::at(folder.path().join("jobs"));
    let mut plan = jobs.plan().unwrap();
    for line in 1..=ROWS as u64 {
        let action = Action::Create {
            realm: REALM,
            application: None,
            secret: Secret::ToMake,
        };
        let step = Step {
            line,
            user_name: format!("phone{line}"),
            domain: None,
            realm: realm.clone(),
            action,
        };
        plan.push(&step).unwrap();
    }
    let mut plan = plan.seal().unwrap();
    let place = Some(folder.path().join("passwords.csv"));
    let job = jobs
        .start(&mut plan, JobWork::Import, "bench", place)
        .unwrap();
    let addresses = exposed(&practice);
    let environment =
        Environment::own(&addresses.token, &addresses.bearer, &addresses.basic).unwrap();
    let sample = Practice::sample_sign_in();
    let dashboard = Dashboard::new(
        environment,
        AccountNumber::parse(&sample.account_number).unwrap(),
        SignIn::ApiClient {
            client_id: sample.client_id,
            secret: SignInSecret::new(sample.client_secret),
        },
        Arc::new(Activity::default()),
    )
    .unwrap();
    practice.set_faults(Faults {
        dashboard: WireFault {
            slow: ANSWER_TIME,
            spoiled: None,
        },
        ..Faults::default()
    });

    let began = Instant::now();
    let stop = CancellationToken::new();
    let ended = jobs
        .run(&job, &dashboard, options, &stop, &|_| {})
        .await
        .unwrap();
    let took = began.elapsed();

    let finished = matches!(ended.stage, Stage::Finished { .. });
    assert!(finished, "{:?}", ended.stage);
    assert_eq!(ended.tally.made, ROWS as u64);
    took
}
