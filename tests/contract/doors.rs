//! The examples that are doors for other programs: what they print, and how they end.

use std::process::Stdio;

use registrar_core::practice::{Practice, SampleCheck};
use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
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
    let tests = std::env::current_exe().unwrap();
    let built = tests
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples/check");
    let mut child = Command::new(built.with_extension(std::env::consts::EXE_EXTENSION))
        .args(["--realm", &sample.realm, "--user", &sample.user_name])
        .args(["--address", &sample.address])
        .args(more)
        .env_clear()
        .kill_on_drop(true)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
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
