//! Runs one job, in a process that the test can kill.
//!
//! `JOBS JOB TOKEN API` prints `begun`, works until the job is complete, and prints `ended`, or
//! else what is blocking it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the test that starts it reads what it prints"
)]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use registrar_activity::Activity;
use registrar_app::Error;
use registrar_app::desk::job_view;
use registrar_app::ipc::JobStage;
use registrar_bandwidth::dashboard::{AccountNumber, Dashboard, Environment, SignIn};
use registrar_explain as explain;
use registrar_jobs::{Jobs, RequestPolicy, RunGoal, RunOptions};
use registrar_practice::Practice;
use registrar_secret::SignInSecret;
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [jobs, job, token, api] = arguments.as_slice() else {
        panic!("usage: JOBS JOB TOKEN API");
    };
    let sample = Practice::sample_sign_in();
    let dashboard = Dashboard::new(
        Environment::own(token, api, api).unwrap(),
        AccountNumber::parse(&sample.account_number).unwrap(),
        SignIn::ApiClient {
            client_id: sample.client_id,
            secret: SignInSecret::new(sample.client_secret),
        },
        Arc::new(Activity::default()),
    )
    .unwrap();
    let options = RunOptions {
        policy: RequestPolicy {
            most_at_once: 10,
            first_pause: Duration::from_millis(1),
            ..RequestPolicy::default()
        },
        aim: RunGoal::All,
        wording: explain::import::RESULT,
    };
    println!("begun");
    let ended = Jobs::at(PathBuf::from(jobs))
        .run(job, &dashboard, options, &CancellationToken::new(), &|_| {})
        .await
        .map(|job| job_view(&job))
        .map_err(Error::from);
    let trouble = match &ended {
        Ok(view) => view.trouble.clone(),
        Err(error) => Some(error.failure()),
    };
    if let Some(trouble) = trouble {
        let causes = trouble.causes.join(" ");
        println!("{} {causes} {}", trouble.sentence, trouble.next);
        return;
    }
    assert_eq!(ended.unwrap().stage, JobStage::Finished);
    println!("ended");
}
