//! Obstacles to a job, and how it reports them.

use std::fs;

use registrar_app::Error;
use registrar_app::ipc::JobStage;
use registrar_explain::FailureKind;
use registrar_jobs::{JobWork, Jobs};
use registrar_practice::Faults;

use crate::ends::stopped;
use crate::outcome::read_passwords;
use crate::rows::creates;
use crate::world::World;

#[tokio::test]
async fn missing_password_file_pauses_the_job_until_it_is_moved() {
    let world = World::new().await;
    let rows = creates(&world, 200, true);
    let job = world.begin(&rows);
    stopped(&world, &job).await;
    let moved_away = world.folder.path().join("taken.csv");
    fs::rename(world.passwords(), &moved_away).unwrap();

    let paused = world.through(&job).await;

    assert_eq!(paused.stage, JobStage::Paused);
    let trouble = paused.trouble.unwrap();
    assert_eq!(trouble.kind, FailureKind::Storage);
    assert!(
        trouble.sentence.contains("passwords file"),
        "{}",
        trouble.sentence
    );
    assert!(
        trouble.next.contains("choose another folder"),
        "{}",
        trouble.next
    );
    world.jobs.move_passwords(&job, &world.passwords()).unwrap();
    let ended = world.through(&job).await;
    assert_eq!(ended.made, 200.0);
    let mut passwords = read_passwords(&moved_away);
    passwords.extend(read_passwords(&world.passwords()));
    for one in world.listed().await {
        if let Some(password) = passwords.get(&one.composite()) {
            let hashes = registrar_digest::Hashes::make(&one.composite(), &world.realm, password);
            assert!(one.hashes.unwrap().matches(&hashes));
        }
    }
    assert_eq!(passwords.len(), 200);
}

#[tokio::test]
async fn a_place_that_has_a_file_is_refused_before_the_job_begins() {
    let world = World::new().await;
    fs::write(world.passwords(), "somebody's own").unwrap();
    let mut plan = world.jobs.plan().unwrap();
    plan.push(&world.create("bob", true).step).unwrap();
    let mut plan = plan.seal().unwrap();

    let work = JobWork::Import;
    let refused = world
        .jobs
        .start(&mut plan, work, "x", Some(world.passwords()));

    let failure = Error::from(refused.unwrap_err()).failure();
    assert_eq!(failure.problems[0].field, "passwords");
    assert_eq!(
        fs::read_to_string(world.passwords()).unwrap(),
        "somebody's own"
    );
    assert!(world.jobs.list().unwrap().is_empty());
    fs::remove_file(world.passwords()).unwrap();
    let begun = world
        .jobs
        .start(&mut plan, work, "x", Some(world.passwords()));
    let ended = world.through(&begun.unwrap()).await;
    assert_eq!(ended.made, 1.0, "the plan of it is not in its way");
    drop(plan);
}

#[tokio::test]
async fn a_refused_sign_in_pauses_the_job_and_asks_for_it() {
    let world = World::new().await;
    let rows = creates(&world, 50, false);
    let job = world.begin(&rows);
    world.practice.set_faults(Faults {
        secret_refused: true,
        ..Faults::default()
    });

    let paused = world.through(&job).await;

    assert_eq!(paused.stage, JobStage::Paused);
    assert_eq!(paused.trouble.unwrap().kind, FailureKind::SignIn);
    world.practice.set_faults(Faults::default());
    assert_eq!(world.through(&job).await.made, 50.0);
}

#[tokio::test]
async fn a_damaged_plan_is_set_aside_and_said() {
    let world = World::new().await;
    let rows = creates(&world, 100, true);
    let job = world.begin(&rows);
    stopped(&world, &job).await;
    let folder = world.folder.path().join("jobs").join(&job);
    let mut plan = fs::read(folder.join("plan")).unwrap();
    let middle = plan.len() / 2;
    plan[middle] ^= 1;
    fs::write(folder.join("plan"), &plan).unwrap();

    let ended = world.through(&job).await;

    assert_eq!(ended.stage, JobStage::SetAside);
    assert!(
        ended.sentence.contains("plan.damaged"),
        "{}",
        ended.sentence
    );
    assert_eq!(
        fs::read(folder.join("plan.damaged")).unwrap(),
        plan,
        "unchanged"
    );
}

#[tokio::test]
async fn unwritable_journal_pauses_the_job_with_a_sentence() {
    let world = World::new().await;
    let rows = creates(&world, 20, false);
    let job = world.begin(&rows);
    let journal = world.folder.path().join("jobs").join(&job).join("journal");
    fs::create_dir(&journal).unwrap();

    let paused = world.through(&job).await;

    assert_eq!(paused.stage, JobStage::Paused);
    assert_eq!(paused.trouble.unwrap().kind, FailureKind::Storage);
    fs::remove_dir(&journal).unwrap();
    assert_eq!(world.through(&job).await.made, 20.0);
}

#[tokio::test]
async fn job_without_its_journal_learns_from_the_account() {
    let world = World::new().await;
    let rows = world.mixed(10).await;
    let job = world.begin(&rows);
    stopped(&world, &job).await;
    fs::remove_file(world.folder.path().join("jobs").join(&job).join("journal")).unwrap();

    let ended = world.through(&job).await;

    assert_eq!(ended.stage, JobStage::Finished);
    world.assert_is(&rows, &job).await;
}

#[tokio::test]
async fn unwritable_folder_refuses_the_plan_before_sending() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "mine").unwrap();
    let jobs = Jobs::at(in_the_way.join("jobs"));

    let refused = jobs.plan().unwrap_err();

    let words = Error::from(refused).failure();
    assert!(
        words.sentence.contains("couldn’t read or save"),
        "{words:?}"
    );
    assert!(!words.causes.is_empty() && !words.next.is_empty());
    assert_eq!(fs::read_to_string(&in_the_way).unwrap(), "mine");
}
