//! The command-line examples: their output and exit status.

use std::process::Stdio;

use acceptance::paths::workspace;
use registrar_practice::{ANSWERS, BUSY, Practice, SampleCheck};
use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
#[cfg(unix)]
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn a_check_tells_what_came_of_it() {
    let (_folder, _practice, sample) = practice().await;
    let password = sample.password.clone().unwrap();
    let wrong = format!("{password}x");
    for (kind, secret, verdict) in [
        ("query", &password, "Accepted"),
        ("full", &password, "Accepted"),
        ("query", &wrong, "CredentialRefused"),
    ] {
        let ended = check(&sample, &["--kind", kind], &format!("password:{secret}\n")).await;

        assert_eq!(ended.status, Some(0), "{ended:?}");
        let answer: Value = serde_json::from_str(&ended.output).unwrap();
        assert_eq!(answer["verdict"], verdict, "{answer}");
        assert!(answer["sentence"].as_str().unwrap().ends_with('.'));
        let messages = answer["messages"].as_array().unwrap();
        assert_eq!(messages[0]["direction"], "sent");
        let first_line = messages[0]["first_line"].as_str().unwrap();
        assert!(first_line.starts_with("REGISTER sip:"), "{first_line}");
        assert_eq!(
            (&answer["nat"], &answer["alg"]),
            (&"no".into(), &"no".into())
        );
        let taken_back = if kind == "full" {
            true.into()
        } else {
            Value::Null
        };
        assert_eq!(answer["own"]["taken_back"], taken_back);
        assert_eq!(answer["targets"][0]["address"], sample.address.as_str());
        assert!(!ended.output.contains(&password), "{}", ended.output);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_realm_asks_a_person_and_may_be_allowed() {
    let (_folder, _practice, mut sample) = practice().await;
    let asked = std::mem::replace(&mut sample.realm, "other.example".to_owned());
    let secret = format!("password:{}", sample.password.clone().unwrap());

    let refused = check(&sample, &[], &secret).await;
    let allowed = check(&sample, &["--answer-realm", &asked], &secret).await;

    assert_eq!(refused.status, Some(3), "{refused:?}");
    assert!(refused.output.contains("RealmNotAnswered"), "{refused:?}");
    assert_eq!(allowed.status, Some(0), "{allowed:?}");
    assert!(
        allowed.output.contains("AcceptedForOtherRealm"),
        "{allowed:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_said_in_one_line() {
    let (_folder, _practice, sample) = practice().await;
    let long = format!("password:{}", "x".repeat(1024 * 1024));
    for (more, secret) in [
        (&[][..], ""),
        (&[], "canary-7f3a"),
        (&[], "token:canary-7f3a"),
        (&[], "password:"),
        (&[], "password:canary-7f3a "),
        (&[], "hash1:canary-7f3a"),
        (&[], long.as_str()),
        (&["--user", "twice"], "password:canary-7f3a"),
        (&["--kind", "both"], "password:canary-7f3a"),
        (&["--canary-7f3a", "1"], "password:canary-7f3a"),
        (&["--transport"], "password:canary-7f3a"),
        (&["--ca", "missing.pem"], "password:canary-7f3a"),
    ] {
        let ended = check(&sample, more, secret).await;

        assert_eq!(ended.status, Some(2), "{more:?} {ended:?}");
        assert_eq!(ended.output, "", "{more:?}");
        assert_eq!(ended.error.lines().count(), 1, "{more:?} {}", ended.error);
        assert!(!ended.error.contains("canary"), "{more:?} {}", ended.error);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_tells_what_came_back() {
    let (_folder, _practice, sample) = practice().await;
    let password = sample.password.clone().unwrap();
    let wrong = format!("{password}x");
    for (to, secret, verdict, status) in [
        (ANSWERS, &password, "HungUp", 200.into()),
        (BUSY, &password, "Refused", 486.into()),
        (ANSWERS, &wrong, "CredentialRefused", Value::Null),
    ] {
        let mut arguments = vec!["--realm", &sample.realm, "--user", &sample.user_name];
        arguments.extend(["--address", &sample.address, "--to", to, "--seconds", "1"]);

        let ended = run("dial", &arguments, &format!("password:{secret}")).await;

        assert_eq!(ended.status, Some(0), "{ended:?}");
        let answer: Value = serde_json::from_str(&ended.output).unwrap();
        assert_eq!(answer["verdict"], verdict, "{answer}");
        if status != Value::Null {
            assert_eq!(answer["status"], status, "{answer}");
        }
        assert!(answer["sentence"].as_str().unwrap().ends_with('.'));
        assert_eq!(answer["answered"], verdict == "HungUp");
        if verdict == "HungUp" {
            assert_eq!(answer["heard"], true, "{answer}");
            assert!(answer["received"].as_u64().unwrap() > 20, "{answer}");
        }
        assert!(!ended.output.contains(&password), "{}", ended.output);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_tells_each_row_and_the_totals() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    let text = "User name,Realm,Password\nanna,,canary-7f3a\nbad name,,canary-7f3a\n\n\
                carl,other,canary-7f3a\nanna,,canary-7f3a\n";
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();

    let ended = run("plan", &[file, "--realm", "office.example"], "").await;

    assert_eq!(ended.status, Some(0), "{ended:?}");
    let lines = ended.output.lines();
    let lines: Vec<Value> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told = |line: &Value| (line["line"].clone(), line["what"].clone());
    assert_eq!(told(&lines[0]), (2.into(), "create".into()), "{lines:?}");
    assert_eq!(told(&lines[1]), (3.into(), "refused".into()), "{lines:?}");
    assert_eq!(told(&lines[2]), (5.into(), "refused".into()), "{lines:?}");
    assert_eq!(lines[0]["userName"], "anna");
    assert_eq!(lines[0]["reason"], Value::Null);
    assert!(lines[1]["reason"].as_str().unwrap().ends_with('.'));
    let totals = &lines.last().unwrap()["totals"];
    let counted = ["create", "change", "same", "refused"].map(|what| totals[what].as_u64());
    let all: u64 = counted.into_iter().flatten().sum();
    assert_eq!((lines.len(), all), (5, 4), "{totals}");
    assert!(!ended.output.contains("canary"), "{}", ended.output);

    for arguments in [
        &["--realm", "office.example"][..],
        &[file],
        &[file, file, "--realm", "office.example"],
        &["missing.csv", "--realm", "office.example"],
    ] {
        let ended = run("plan", arguments, "").await;

        assert_eq!(ended.status, Some(2), "{arguments:?} {ended:?}");
        assert_eq!(
            (ended.output.as_str(), ended.error.lines().count()),
            ("", 1)
        );
    }
}

#[tokio::test]
async fn every_table_of_sentences_is_printed() {
    let ended = run("sentences", &[], "").await;

    assert_eq!((ended.status, ended.error.as_str()), (Some(0), ""));
    let mut folders = vec![workspace().join("src-tauri/crates/explain/src")];
    let mut tables = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                let table = std::fs::read_to_string(&path).unwrap();
                assert!(ended.output.contains(table.trim_end()), "{path:?}");
                tables += 1;
            }
        }
    }
    assert!(tables > 10, "{tables}");
    assert_eq!(run("sentences", &["all"], "").await.status, Some(2));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn practice_alone_prints_where_it_is_and_answers_there() {
    let mut child = example("practice", &[]).spawn().unwrap();
    let output = child.stdout.take().unwrap();
    let printed = BufReader::new(output).lines().next_line().await.unwrap();
    let at: Value = serde_json::from_str(&printed.unwrap()).unwrap();
    let text = |name: &str| at[name].as_str().unwrap().to_owned();
    let sample = SampleCheck {
        realm: text("realm"),
        user_name: text("user"),
        address: text("registrar"),
        ..practice().await.2
    };

    let secret = format!("password:{}", text("password"));
    let ended = check(&sample, &[], &secret).await;

    assert!(ended.output.contains("\"Accepted\""), "{ended:?}");
    for service in ["token", "bearer", "basic", "twilio", "voice"] {
        assert!(text(service).starts_with("http://127.0.0.1:"), "{at}");
    }
    let id = child.id().unwrap().to_string();
    let told = Command::new("kill").args(["-TERM", &id]).status().await;
    assert!(told.unwrap().success());
    assert!(child.wait().await.unwrap().success());
}

async fn practice() -> (tempfile::TempDir, Practice, SampleCheck) {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(folder.path()).await.unwrap();
    let sample = practice.sample_check().unwrap();
    (folder, practice, sample)
}

#[derive(Debug)]
struct Ended {
    status: Option<i32>,
    output: String,
    error: String,
}

/// Runs the check of a sample, with more arguments and this standard input.
async fn check(sample: &SampleCheck, more: &[&str], input: &str) -> Ended {
    let mut arguments = vec!["--realm", &sample.realm, "--user", &sample.user_name];
    arguments.extend(["--address", &sample.address]);
    arguments.extend(more);
    run("check", &arguments, input).await
}

/// Runs an example to its end.
async fn run(name: &str, arguments: &[&str], input: &str) -> Ended {
    let mut child = example(name, arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // One that doesn't read all of it closes it.
    let _closed = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let ended = child.wait_with_output().await.unwrap();
    Ended {
        status: ended.status.code(),
        output: String::from_utf8(ended.stdout).unwrap(),
        error: String::from_utf8(ended.stderr).unwrap(),
    }
}

/// Prepares an example that was built beside these tests.
fn example(name: &str, arguments: &[&str]) -> Command {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().unwrap().parent().unwrap();
    let built = folder.join("examples").join(name);
    let mut command = Command::new(built.with_extension(std::env::consts::EXE_EXTENSION));
    command
        .args(arguments)
        .env_clear()
        .kill_on_drop(true)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}
