//! Runs the practice services alone on loopback, for clients that are not this app, until it is
//! interrupted.
//!
//! ```text
//! cargo run -q -p registrar-app --example practice -- [--port-base N]
//! ```
//!
//! It prints one JSON object in one line when all of them listen:
//!
//! | field | what it says |
//! |---|---|
//! | `registrar` | the registrar's address, UDP and TCP |
//! | `realm`, `user`, `password` | the SIP credential that is there from the beginning |
//! | `token`, `bearer`, `basic` | Bandwidth's token endpoint, and the dashboard API for each sign-in |
//! | `account`, `client_id`, `client_secret`, `api_user`, `api_password` | how to sign in there |
//! | `twilio`, `voice` | what stands for `https://api.twilio.com` and the Voice API |
//!
//! The addresses of HTTP hold a secret that is new at each start: nobody else on this computer is
//! answered. With `--port-base N` the registrar is at port N, the others at the four ports behind it.
//!
//! Exit status 0: interrupted. 2: the arguments can't be used, or a port is taken; one line on standard
//! error says why.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "what it is for")]

#[allow(dead_code, reason = "not every example reads a secret or asks")]
mod command_line;

use std::process::ExitCode;

use command_line::{Arguments, End};
use registrar_practice::Practice;
use serde_json::{Value, json};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => End::Unusable(why).tell(),
    }
}

async fn run() -> Result<(), String> {
    let arguments = Arguments::read(&["port-base"])?;
    let base = arguments.get("port-base").map(|text| {
        let port = text.parse().ok().filter(|port| (1..=65_531).contains(port));
        port.ok_or("--port-base is a number from 1 to 65531.".to_owned())
    });
    let folder = tempfile::tempdir().map_err(|error| format!("There is no folder: {error}."))?;
    let practice = match base.transpose()? {
        Some(base) => Practice::start_at(folder.path(), base).await,
        None => Practice::start(folder.path()).await,
    };
    let practice = practice.map_err(|error| format!("Practice doesn't start: {error}."))?;
    println!("{}", addresses(&practice));
    interrupted().await;
    Ok(())
}

fn addresses(practice: &Practice) -> Value {
    let sample = practice.sample_check();
    let sample = sample.map(|sample| (sample.realm, sample.user_name, sample.password));
    let (realm, user, password) = sample.unwrap_or_default();
    let client = Practice::sample_sign_in();
    let api_user = Practice::sample_api_user();
    let at = practice.addresses();
    json!({
        "registrar": practice.registrar().address(),
        "realm": realm,
        "user": user,
        "password": password,
        "token": at.token.expose(),
        "bearer": at.bearer.expose(),
        "basic": at.basic.expose(),
        "twilio": at.twilio.expose(),
        "voice": at.voice.expose(),
        "account": client.account_number,
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "api_user": api_user.map(|user| user.user),
        "api_password": api_user.map(|user| user.password),
    })
}

/// Waits for Ctrl+C, or for the signal that ends a program.
async fn interrupted() {
    let control_c = tokio::signal::ctrl_c();
    tokio::select! {
        _ = control_c => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    if let Ok(mut terminated) = signal(SignalKind::terminate()) {
        terminated.recv().await;
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending::<()>().await;
}
