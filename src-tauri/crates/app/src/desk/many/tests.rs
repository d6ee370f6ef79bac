//! Bulk work on SIP credentials at the desk, run as jobs against the practice services.

use registrar_digest::Hashes;
use registrar_jobs::RunGoal;
use registrar_practice::{Faults, Practice};

use super::super::credential_tests::{id_of, is_accepted, password, practice_of, put, stored};
use super::super::fixture::{load, practice, shown};
use super::*;
use crate::ipc::{JobStage, JobView, SelectRows};

async fn run(desk: &Desk, name: &str) -> JobView {
    let job = desk.take_up(name).unwrap().unwrap();
    desk.work_on(job, RunGoal::All).await.unwrap()
}

fn select_all(desk: &Desk) {
    let _ = desk.rows(&shown(""));
    desk.select(SelectRows::All);
}

#[tokio::test]
async fn new_passwords_for_many_are_in_their_file_and_register() {
    let (folder, desk) = practice().await;
    load(&desk).await;
    select_all(&desk);
    let file = folder.path().join("passwords.csv");
    let asked = StartJob::NewPasswords;

    let unchosen = desk.start_job(&asked, None);
    assert!(matches!(unchosen, Err(Error::Invalid { .. })), "no place");
    let name = desk.start_job(&asked, Some(file.clone())).unwrap();
    let ended = run(&desk, &name).await;

    assert_eq!((ended.stage, ended.replaced), (JobStage::Finished, 2.0));
    let written = std::fs::read_to_string(&file).unwrap();
    let mut found = 0;
    for row in desk.rows(&shown("")).rows {
        let there = stored(&desk, row.id).await;
        let line = written
            .lines()
            .find(|line| line.starts_with(&format!("{},", row.user_name)));
        let typed = line.unwrap().split(',').nth(3).unwrap();
        let made = Hashes::make(&there.composite(), &there.realm, &password(typed));
        assert!(there.hashes.unwrap().are(&made), "{}", row.user_name);
        found += 1;
    }
    assert_eq!(found, 2);
    load(&desk).await;
    assert!(is_accepted(&desk, id_of(&desk, "anna")).await);
}

#[tokio::test]
async fn many_are_deleted_once_their_number_was_typed() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let asked = |count: &str| StartJob::Delete {
        count: count.to_owned(),
    };
    let none = desk.start_job(&asked("0"), None);
    assert!(matches!(none, Err(Error::OutOfStep)), "none is selected");
    select_all(&desk);

    for wrong in ["", "1", "22", "two"] {
        let refused = desk.start_job(&asked(wrong), None);
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{wrong}");
    }
    let name = desk.start_job(&asked(" 2 "), None).unwrap();
    let ended = run(&desk, &name).await;

    assert_eq!(ended.stage, JobStage::Finished);
    assert_eq!(format!("{}", ended.deleted), "2");
    assert_eq!(format!("{}", load(&desk).await.loaded), "0");
}

#[tokio::test]
async fn a_move_that_the_api_does_not_make_is_made_by_making_it_anew() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let before = stored(&desk, id_of(&desk, "anna")).await;
    practice_of(&desk).set_faults(Faults {
        application_kept: true,
        ..Faults::default()
    });
    let asked = |application: &str| StartJob::Move {
        id: id_of(&desk, "anna"),
        application: application.to_owned(),
    };

    let nowhere = desk.start_job(&asked(""), None);
    assert!(matches!(nowhere, Err(Error::Invalid { .. })));
    let application = Practice::sample_application();
    let name = desk.start_job(&asked(application), None).unwrap();
    let ended = run(&desk, &name).await;

    assert_eq!((ended.stage, ended.moved), (JobStage::Finished, 1.0));
    load(&desk).await;
    let after = stored(&desk, id_of(&desk, "anna")).await;
    assert_eq!(after.application_id.as_deref(), Some(application));
    assert_ne!(after.id, before.id, "it is another one");
    assert!(after.hashes.unwrap().same_as(&before.hashes.unwrap()));
    assert!(is_accepted(&desk, id_of(&desk, "anna")).await);
}

#[tokio::test]
async fn second_job_needs_a_fresh_list_and_refuses_no_row() {
    let (folder, desk) = practice().await;
    load(&desk).await;
    select_all(&desk);
    let asked = StartJob::NewPasswords;
    let file = |name: &str| Some(folder.path().join(name));
    let name = desk.start_job(&asked, file("one.csv")).unwrap();
    let ended = run(&desk, &name).await;
    assert_eq!(format!("{}", ended.replaced), "2");

    let too_early = desk.start_job(&asked, file("two.csv"));

    assert!(matches!(too_early, Err(Error::Outdated)), "{too_early:?}");
    let problems = desk.state().problems;
    assert!(problems[0].sentence.contains("after this list was loaded"));
    assert!(load(&desk).await.problems.is_empty());
    let name = desk.start_job(&asked, file("two.csv")).unwrap();
    let ended = run(&desk, &name).await;
    assert_eq!(format!("{} {}", ended.replaced, ended.refused), "2 0");
}

#[tokio::test]
async fn job_refuses_rows_changed_by_someone_else_since_loading() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    select_all(&desk);
    let anna = id_of(&desk, "anna");
    let there = stored(&desk, anna).await;
    let others = Hashes::make(&there.composite(), &there.realm, &password("others"));
    put(&desk, anna, &others.clone().into()).await;
    let asked = StartJob::Delete {
        count: "2".to_owned(),
    };

    let name = desk.start_job(&asked, None).unwrap();
    let ended = run(&desk, &name).await;

    assert_eq!(format!("{} {}", ended.deleted, ended.refused), "1 1");
    assert!(stored(&desk, anna).await.hashes.unwrap().are(&others));
    let (_, result) = desk.job_result(&name).unwrap();
    let result = String::from_utf8(result).unwrap();
    assert!(result.contains("Someone else changed it"), "{result}");
    assert!(result.contains("password has been changed"), "{result}");
}
