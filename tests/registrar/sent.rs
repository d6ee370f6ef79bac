//! The hashes as the app sends them: each credential is created by a journey in practice, and the
//! request that arrived there is parsed.

use acceptance::practice_journey::{Machine, make_credential, with_realm};
use registrar_practice::Practice;
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::REALM;
use crate::credentials::CREDENTIALS;

/// Lines of Kamailio's credentials file.
pub(crate) async fn rows() -> &'static str {
    static ROWS: OnceCell<String> = OnceCell::const_new();
    ROWS.get_or_init(made).await
}

async fn made() -> String {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "acme").await;
    for credential in CREDENTIALS {
        let domain = credential.domain.unwrap_or_default();
        make_credential(&open, credential.user, domain, credential.password).await;
        open.go_back().unwrap();
    }
    drop((open, app));
    // What was changed is folded into the whole when practice begins again.
    let folder = machine.folder().join("practice");
    let _again = Practice::start(&folder).await.unwrap();
    let state = std::fs::read(folder.join("state.json")).unwrap();
    let mut rows = String::new();
    add_rows(&serde_json::from_slice(&state).unwrap(), &mut rows);
    assert_eq!(
        rows.lines().count(),
        CREDENTIALS.len(),
        "all of {REALM} arrived"
    );
    rows
}

/// Adds a line for each object that is one of our credentials.
fn add_rows(value: &Value, rows: &mut String) {
    let ours = CREDENTIALS
        .iter()
        .find(|ours| value["user_name"] == ours.user);
    if let Some(credential) = ours {
        let text = |name: &str| value[name].as_str().unwrap();
        let fields = [
            credential.user,
            credential.domain.unwrap_or("-"),
            text("hash1"),
            text("hash1b"),
        ];
        rows.push_str(&fields.join("\t"));
        rows.push('\n');
    } else if let Some(list) = value.as_array() {
        for inner in list {
            add_rows(inner, rows);
        }
    } else if let Some(object) = value.as_object() {
        for inner in object.values() {
            add_rows(inner, rows);
        }
    }
}
