//! Uses the system's keychain as the app does, in a process that a test can stop and restart.
//!
//! `save ACCOUNT SECRET`, `load ACCOUNT EXPECTED` and `forget ACCOUNT` each print one line. If
//! preceded by `twice`, the command is repeated after a line was read from stdin.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the test that starts it reads what it prints"
)]

use std::io::stdin;
use std::sync::Arc;
use std::time::Duration;

use registrar_keychain::{Failure, System, Vault};
use registrar_secret::SignInSecret;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let vault = Vault::with_patience(Arc::new(System), Duration::from_secs(20));

    if let ["twice", arguments @ ..] = &arguments[..] {
        report(ask(&vault, arguments).await);
        stdin().read_line(&mut String::new()).unwrap();
        report(ask(&vault, arguments).await);
    } else {
        report(ask(&vault, &arguments).await);
    }
}

async fn ask(vault: &Vault, arguments: &[&str]) -> Result<&'static str, Failure> {
    match arguments {
        ["save", account, secret] => vault
            .save(account, &SignInSecret::new(*secret))
            .await
            .map(|()| "saved"),
        ["load", account, expected] => {
            let expected = SignInSecret::new(*expected);
            let loaded = vault.load::<SignInSecret>(account).await?;
            Ok(match loaded {
                None => "nothing",
                Some(secret) if secret.matches(&expected) => "the same",
                Some(_) => "another",
            })
        }
        ["forget", account] => vault
            .forget::<SignInSecret>(account)
            .await
            .map(|()| "forgotten"),
        _ => panic!("usage: [twice] save ACCOUNT SECRET | load ACCOUNT EXPECTED | forget ACCOUNT"),
    }
}

fn report(ended: Result<&str, Failure>) {
    match ended {
        Ok(word) => println!("{word}"),
        Err(failure) => println!("{failure:?}"),
    }
}
