//! How jobs pause, resume and end.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use acceptance::practice_addresses::exposed;
use md5::{Digest as _, Md5};
use registrar_activity::Activity;
use registrar_app::desk::job_view;
use registrar_app::ipc::{JobStage, JobView};
use registrar_bandwidth::dashboard::Credential;
use registrar_jobs::{Job, RequestPolicy, RunGoal, RunOptions, Stage};
use registrar_practice::Faults;
use tokio_util::sync::CancellationToken;

use crate::outcome::{read_passwords, read_result};
use crate::relay::Relay;
use crate::rows::{Expected, creates};
use crate::world::{OPTIONS, World, dashboard_at, dashboard_with};

impl World {
    /// Runs a job without stopping it.
    pub(crate) async fn through(&self, job: &str) -> JobView {
        run(self, job, RunGoal::All, &CancellationToken::new(), &|_| {}).await
    }
}

/// Runs a job until it tells for the first time how far it is.
pub(crate) async fn stopped(world: &World, job: &str) -> JobView {
    let stop = CancellationToken::new();
    let told = |job: Job| {
        assert!(matches!(job.stage, Stage::Running { .. }));
        stop.cancel();
    };
    run(world, job, RunGoal::All, &stop, &told).await
}

async fn run(
    world: &World,
    job: &str,
    aim: RunGoal,
    stop: &CancellationToken,
    on_progress: &(dyn Fn(Job) + Send + Sync),
) -> JobView {
    let dashboard = world.dashboard();
    let ran = world.jobs.run(
        job,
        &dashboard,
        RunOptions { aim, ..OPTIONS },
        stop,
        on_progress,
    );
    job_view(&ran.await.unwrap())
}

#[tokio::test]
async fn a_paused_job_is_listed_and_goes_on_to_its_end() {
    let world = World::new().await;
    let rows = world.mixed(10).await;
    let job = world.begin(&rows);

    let paused = stopped(&world, &job).await;

    assert_eq!(paused.stage, JobStage::Paused);
    assert!(paused.trouble.is_none());
    assert!(paused.to_go > 0.0 && paused.made + paused.replaced + paused.refused > 0.0);
    let listed: Vec<JobView> = world.jobs.list().unwrap().iter().map(job_view).collect();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].stage, listed[0].to_go),
        (JobStage::Paused, paused.to_go)
    );
    let ended = world.through(&job).await;
    assert_eq!(ended.stage, JobStage::Finished);
    world.assert_is(&rows, &job).await;
    assert_eq!(world.view(&job).stage, JobStage::Finished);
    world.jobs.forget(&job).unwrap();
    assert!(world.jobs.list().unwrap().is_empty());
}

#[tokio::test]
async fn job_ended_early_says_what_was_not_done_and_keeps_no_secret() {
    let world = World::new().await;
    let rows = creates(&world, 200, true);
    let job = world.begin(&rows);
    let paused = stopped(&world, &job).await;
    assert_eq!(paused.stage, JobStage::Paused);

    let ended = run(
        &world,
        &job,
        RunGoal::End,
        &CancellationToken::new(),
        &|_| {},
    )
    .await;

    assert_eq!(ended.stage, JobStage::Finished);
    assert!(ended.not_done > 0.0);
    assert_eq!(ended.made + ended.not_done, 200.0);
    let there = world.listed().await.len() - 2;
    let passwords = read_passwords(&world.passwords());
    assert_eq!(passwords.len(), there, "a password for each that exists");
    let folder = world.folder.path().join("jobs").join(&job);
    assert!(!folder.join("plan").exists() && !folder.join("journal").exists());
}

#[tokio::test]
async fn how_many_one_request_takes_is_found_out_and_remembered() {
    let world = World::new().await;
    world.practice.set_faults(Faults {
        most_at_once: Some(7),
        ..Faults::default()
    });
    let rows = creates(&world, 200, false);
    let job = world.begin(&rows);
    let api = exposed(&world.practice);
    let relay = Relay::start(&api.bearer, 1, 0, Vec::new()).await;
    let dashboard = dashboard_at(&api.token, &relay.address);
    let options = RunOptions {
        policy: RequestPolicy {
            most_at_once: 100,
            ..OPTIONS.policy
        },
        ..OPTIONS
    };
    let stop = CancellationToken::new();

    let ended = world
        .jobs
        .run(&job, &dashboard, options, &stop, &|_| {})
        .await;

    assert_eq!(ended.unwrap().tally.made, 200);
    assert!(
        relay.requests() < 60,
        "200 in batches of 6, and few refusals: {}",
        relay.requests()
    );
}

#[tokio::test]
async fn changed_letter_case_is_repaired_with_a_password_or_undone() {
    let world = World::new().await;
    world.practice.set_faults(Faults {
        letter_case_changed: true,
        ..Faults::default()
    });
    let mut rows = vec![world.create("made", true), world.create("given", false)];
    for (line, row) in (2..).zip(&mut rows) {
        row.step.line = line;
    }
    let job = world.begin(&rows);

    let ended = world.through(&job).await;

    assert_eq!((ended.made, ended.refused), (1.0, 1.0));
    let names: Vec<String> = world
        .listed()
        .await
        .iter()
        .map(Credential::composite)
        .collect();
    assert!(names.contains(&"Made".to_owned()) && !names.contains(&"Given".to_owned()));
    let passwords = read_passwords(&world.passwords());
    assert_eq!(passwords.keys().collect::<Vec<_>>(), ["Made"]);
    let stored = world
        .listed()
        .await
        .into_iter()
        .find(|one| one.composite() == "Made");
    let hashes = registrar_digest::Hashes::make("Made", &world.realm, &passwords["Made"]);
    assert!(stored.unwrap().hashes.unwrap().matches(&hashes));
    let result = read_result(&world.jobs.result(&job).unwrap().1);
    assert!(
        result[&2].1.contains("exactly this spelling"),
        "{:?}",
        result[&2]
    );
    assert!(result[&3].1.contains("deleted again"), "{:?}", result[&3]);
}

#[tokio::test]
async fn nobody_else_works_on_a_job_at_the_same_time() {
    let world = World::new().await;
    let rows = creates(&world, 100, false);
    let job = world.begin(&rows);
    let dashboard = world.dashboard();
    let stop = CancellationToken::new();
    let work = || world.jobs.run(&job, &dashboard, OPTIONS, &stop, &|_| {});

    let (one, other) = tokio::join!(work(), work());

    assert_eq!(one.unwrap().tally.made, 100);
    assert!(other.is_err(), "it is refused, and asks for nothing");
    assert!(
        rows.iter()
            .all(|row| matches!(row.expected, Expected::Given(..)))
    );
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found
}

#[tokio::test]
async fn ended_job_keeps_passwords_in_their_file_and_no_hashes() {
    let world = World::new().await;
    let mut rows = vec![
        world.create("given", false),
        world.create("made", true),
        world.create("reception", true),
    ];
    for (line, row) in (2..).zip(&mut rows) {
        row.step.line = line;
    }
    let job = world.begin(&rows);
    let stop = CancellationToken::new();
    let activity = Arc::new(Activity::default());
    let addresses = exposed(&world.practice);
    let dashboard = dashboard_with(&addresses.token, &addresses.bearer, Arc::clone(&activity));

    let ran = (world.jobs).run(&job, &dashboard, OPTIONS, &stop, &|_| {});
    let view = job_view(&ran.await.unwrap());

    assert_eq!((view.made, view.refused), (2.0, 1.0));
    let made = read_passwords(&world.passwords()).remove("made").unwrap();
    let text = fs::read_to_string(world.passwords()).unwrap();
    let line = text.lines().find(|line| line.starts_with("made,")).unwrap();
    let made_text = line.split(',').nth(3).unwrap();
    assert_eq!(made.length(), made_text.len());
    let digits = |name: &str, password: &str| {
        hex::encode(Md5::digest(format!("{name}:{}:{password}", world.realm)))
    };
    let secrets = [
        made_text.to_owned(),
        digits("made", made_text),
        digits("given", "secret of given"),
        "secret of given".to_owned(),
    ];
    let exchanges = format!("{:?}", activity.exchanges());
    assert!(
        exchanges.contains("<UserName>made</UserName>"),
        "{exchanges}"
    );
    let shown = [format!("{view:?}"), exchanges].map(String::into_bytes);
    let mut places: Vec<(PathBuf, Vec<u8>)> = files(&world.folder.path().join("jobs"));
    assert_eq!(places.len(), 4, "header, names, lock and result");
    places.extend(shown.map(|bytes| (PathBuf::from("shown"), bytes)));
    for secret in &secrets {
        for (path, bytes) in &places {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "a secret is in {}", path.display());
        }
    }
}
