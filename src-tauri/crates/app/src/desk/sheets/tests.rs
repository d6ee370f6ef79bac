use registrar_jobs::RunGoal;
use registrar_storage::testing::is_closed_to_others;

use super::*;
use crate::desk::fixture::{load, practice};

/// Imports rows without passwords, and returns the job's name.
async fn imported(desk: &Desk, folder: &std::path::Path, rows: usize) -> String {
    load(desk).await;
    let file = folder.join("people.csv");
    let names: Vec<String> = (0..rows).map(|place| format!("phone-{place:04}")).collect();
    let names = names.join("\n");
    std::fs::write(&file, format!("User name\n{names}")).unwrap();
    desk.choose_import(file);
    let stop = CancellationToken::new();
    desk.read_import(&stop, &|_| {}).await.unwrap();
    desk.choose_passwords(folder.join("passwords.csv")).unwrap();
    let name = desk.start_import().await.unwrap();
    let job = desk.take_up(&name).unwrap().unwrap();
    let ended = desk.work_on(job, RunGoal::All).await.unwrap();
    assert!((ended.made - float(rows as u64)).abs() < 0.5);
    name
}

fn order(job: &str, folder: &std::path::Path, passwords: bool) -> SheetsOrder {
    SheetsOrder {
        job: job.to_owned(),
        choice: PhoneChoice::Listed {
            phone: "yealink".to_owned(),
            dialect: "current".to_owned(),
        },
        passwords,
        to: folder.join("sheets.html"),
    }
}

/// Returns the passwords in the person's file.
fn passwords(folder: &std::path::Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("passwords.csv")).unwrap();
    let lines = text.lines().skip(1);
    lines
        .map(|line| line.split(',').nth(3).unwrap().to_owned())
        .collect()
}

/// Returns the password in the box of each page.
fn boxes(html: &str) -> Vec<String> {
    let pages = html.split("<main class=\"page\">").skip(1);
    pages
        .map(|page| {
            let box_of = page
                .split_once("class=\"tiles\">")
                .map_or("", |(_, rest)| rest);
            let tiles = box_of.split_once("</p>").map_or("", |(tiles, _)| tiles);
            tiles
                .split("</b>")
                .filter_map(|tile| tile.rsplit_once('>'))
                .map(|(_, letter)| letter)
                .collect()
        })
        .collect()
}

#[tokio::test]
async fn each_created_phone_has_a_page_with_its_own_password() {
    let (folder, desk) = practice().await;
    let job = imported(&desk, folder.path(), 50).await;
    let offered = desk.job_sheets(&job).unwrap();
    assert!(offered.passwords && (offered.pages - 50.0).abs() < 0.5);
    assert_eq!(
        desk.job_sheets_name(&job).unwrap(),
        "setup-sheets-people.html"
    );
    let stop = CancellationToken::new();

    let order = order(&job, folder.path(), true);
    let to = order.to.clone();
    let pages = desk.write_job_sheets(order, &stop, &|_| {}).await.unwrap();

    assert!((pages - 50.0).abs() < 0.5);
    let html = std::fs::read_to_string(&to).unwrap();
    let (mut boxes, mut known) = (boxes(&html), passwords(folder.path()));
    boxes.sort();
    known.sort();
    assert_eq!(boxes, known);
    assert!(is_closed_to_others(&to));
    for part in [
        "Set up phone-0000",
        "Set up phone-0049",
        "Register Name",
        "Practice account",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[tokio::test]
async fn sheets_have_no_password_unless_asked() {
    let (folder, desk) = practice().await;
    let job = imported(&desk, folder.path(), 2).await;
    let stop = CancellationToken::new();

    let order = order(&job, folder.path(), false);
    let to = order.to.clone();
    desk.write_job_sheets(order, &stop, &|_| {}).await.unwrap();

    let html = std::fs::read_to_string(&to).unwrap();
    assert_eq!(
        html.matches("Not included. Share it separately.").count(),
        2
    );
    assert_eq!(boxes(&html), ["", ""]);
}

#[tokio::test]
async fn sheets_that_are_stopped_or_lack_passwords_leave_no_file() {
    let (folder, desk) = practice().await;
    let job = imported(&desk, folder.path(), 2).await;
    let stopped = CancellationToken::new();
    stopped.cancel();

    let one = order(&job, folder.path(), true);
    let ended = desk.write_job_sheets(one, &stopped, &|_| {}).await;
    assert!(matches!(ended, Err(Error::Cancelled)), "{ended:?}");

    std::fs::remove_file(folder.path().join("passwords.csv")).unwrap();
    assert!(!desk.job_sheets(&job).unwrap().passwords);
    let one = order(&job, folder.path(), true);
    let stop = CancellationToken::new();
    let refused = desk
        .write_job_sheets(one, &stop, &|_| {})
        .await
        .unwrap_err();
    let told = refused.failure();
    assert!(told.sentence.contains("the passwords file"), "{told:?}");
    assert!(!folder.path().join("sheets.html").exists());
}
