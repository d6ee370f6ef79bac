//! Storage failures: each is reported in words, and nothing is lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use acceptance::practice_journey::{Machine, journey_session, sign_in};
use registrar_app::ipc::{Screen, StepId};
use registrar_app::services::Services;
use registrar_app::workspace::Workspace;
use registrar_explain::Notice;

pub(crate) fn notices(screen: Screen) -> Vec<Notice> {
    let Screen::Home { notices, .. } = screen else {
        panic!("not at Home: {screen:?}")
    };
    notices
}

pub(crate) fn said(notices: &[Notice], part: &str) -> usize {
    let all = notices.iter().map(|notice| {
        let next = notice.next.clone().unwrap_or_default();
        format!("{} {next}", notice.sentence)
    });
    all.filter(|text| text.contains(part)).count()
}

#[tokio::test]
async fn impossible_data_folder_is_reported_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "mine").unwrap();
    let app = Workspace::new(in_the_way.join("data"), Services::real());

    let home = notices(app.home());

    assert!(
        said(&home, "couldn’t read or save the app’s folder") > 0,
        "{home:?}"
    );
    let refused = app.start(false).await.unwrap_err();
    let words = refused.failure();
    assert!(words.next.contains("try again"), "{words:?}");
    assert_eq!(fs::read_to_string(&in_the_way).unwrap(), "mine");
}

#[tokio::test]
async fn data_folder_that_fails_midway_does_not_stop_the_journey() {
    let machine = Machine::new();
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = journey_session(&app);
    let practice = machine.folder().join("practice");
    let aside = machine.folder().join("aside");
    fs::rename(&practice, &aside).unwrap();
    fs::write(&practice, "a file is in the way").unwrap();

    let screen = open.continue_to_sign_in().unwrap();

    let Screen::SignIn { head, .. } = screen else {
        panic!("it went on: {screen:?}")
    };
    assert_eq!(
        said(&head.notices, "couldn’t read or save"),
        1,
        "{:?}",
        head.notices
    );
    fs::remove_file(&practice).unwrap();
    fs::rename(&aside, &practice).unwrap();
    let now = sign_in(&open).await;
    assert_eq!(
        acceptance::practice_journey::step(&now),
        Some(StepId::Realm)
    );
    app.leave();
    let again = machine.start();
    let Screen::Home { continues, .. } = again.home() else {
        panic!("not at Home")
    };
    assert_eq!(continues.len(), 1, "it is kept again");
}

#[tokio::test]
async fn damaged_files_are_set_aside_said_and_never_overwritten() {
    let machine = Machine::new();
    for name in ["accounts.json", "journeys.json", "left-behind.json"] {
        fs::write(machine.folder().join(name), format!("damaged {name}")).unwrap();
    }
    let app = machine.start();

    let home = notices(app.home());

    assert_eq!(said(&home, "accounts.json.damaged-1"), 1, "{home:?}");
    assert_eq!(said(&home, "journeys.json.damaged-1"), 1, "{home:?}");
    assert_eq!(said(&home, "left-behind.json.damaged-1"), 1, "{home:?}");
    app.start(false).await.unwrap();
    journey_session(&app).continue_to_sign_in().unwrap();
    for name in ["accounts.json", "journeys.json", "left-behind.json"] {
        let aside = machine.folder().join(format!("{name}.damaged-1"));
        assert_eq!(
            fs::read_to_string(aside).unwrap(),
            format!("damaged {name}")
        );
    }
}

/// All files under a folder with what is in them.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.insert(path.clone(), Vec::new());
            found.extend(contents(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

#[tokio::test]
async fn a_folder_in_which_a_newer_version_is_at_home_is_only_read() {
    let machine = Machine::new();
    let newer = r#"{"version":900,"data":{"of":"tomorrow"}}"#;
    for (name, content) in [
        ("journeys.json", newer),
        ("accounts.json", "damaged by somebody"),
        (
            "left-behind.json",
            r#"{"version":1,"data":[{"contact":"a","ends_at":1}]}"#,
        ),
        ("activity/0000000001.jsonl", "{}\n"),
        (
            "jobs/of-an-account/0123456789abcdef0123456789abcdef/plan",
            "half",
        ),
        (".unfinished-of-the-newer-one", "half"),
    ] {
        let path = machine.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let before = contents(machine.folder());
    let app = machine.start();

    let home = notices(app.home());
    app.start(false).await.unwrap();
    let screen = journey_session(&app).continue_to_sign_in().unwrap();
    app.open_activity().await.unwrap();
    notices(app.leave());
    let left = app.settle(Duration::from_secs(1)).await;

    assert_eq!(said(&home, "read-only"), 1, "{home:?}");
    let Screen::SignIn { head, .. } = screen else {
        panic!("it goes on: {screen:?}")
    };
    let said = said(&head.notices, "Use the newer version");
    assert_eq!(said, 1, "{:?}", head.notices);
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(contents(machine.folder()), before);
}

#[tokio::test]
async fn files_of_a_newer_version_are_said_and_stay_as_they_are() {
    let machine = Machine::new();
    let newer = r#"{"version":900,"data":{"of":"tomorrow"}}"#;
    let path = |name: &str| machine.folder().join(name);
    let names = ["accounts.json", "journeys.json", "left-behind.json"];
    for name in names {
        fs::write(path(name), newer).unwrap();
    }
    let app = machine.start();

    let home = notices(app.home());
    for name in names {
        let sentence = format!("A newer version of this app wrote {name}.");
        assert_eq!(said(&home, &sentence), 1, "{home:?}");
    }
    app.start(false).await.unwrap();
    let screen = journey_session(&app).continue_to_sign_in().unwrap();

    let Screen::SignIn { head, .. } = screen else {
        panic!("it goes on: {screen:?}")
    };
    assert!(
        said(&head.notices, "newer version") > 0,
        "{:?}",
        head.notices
    );
    for name in names {
        assert_eq!(fs::read_to_string(path(name)).unwrap(), newer);
    }
}

#[tokio::test]
async fn a_journey_of_any_time_is_listed_and_taken_up() {
    let machine = Machine::new();
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = journey_session(&app);
    open.continue_to_sign_in().unwrap();
    sign_in(&open).await;
    app.leave();
    drop(app);
    let path = machine.folder().join("practice/journeys.json");
    let kept = fs::read_to_string(&path).unwrap();
    let (before, behind) = kept.split_once("\"stopped_at\":").unwrap();
    let end = behind.find([',', '}']).unwrap();

    for time in ["0", "4102444800000", "18446744073709551615"] {
        fs::write(
            &path,
            format!("{before}\"stopped_at\":{time}{}", &behind[end..]),
        )
        .unwrap();
        let app = machine.start();
        let Screen::Home { continues, .. } = app.home() else {
            panic!("not at Home")
        };
        assert_eq!(continues.len(), 1, "{time}");
        app.continue_journey(&continues[0].account, true)
            .await
            .unwrap();
        assert!(Path::new(&path).exists());
    }
}
