//! Tests how responses reach the window, using Tauri's mock runtime.

use registrar_app::services::Services;
use registrar_app::workspace::Workspace;
use serde_json::{Value, json};
use tauri::Manager as _;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, mock_builder};
use tauri::webview::InvokeRequest;

use crate::state::App;

#[test]
fn home_is_a_screen_with_its_name() {
    let home = Shell::new().invoke("open_home", json!({})).unwrap();

    assert_eq!(home["screen"], "home");
    assert_eq!(home["continues"], json!([]));
}

#[test]
fn a_refused_form_names_its_fields_and_no_secret() {
    let shell = Shell::new();
    shell
        .invoke("start_journey", json!({ "req": { "practice": false } }))
        .unwrap();
    shell.invoke("continue_to_sign_in", json!({})).unwrap();
    let draft = json!({
        "name": "", "accountNumber": "x", "method": "api_client", "user": "u",
        "environment": "production", "tokenAddress": "", "bearerAddress": "", "basicAddress": "",
        "remember": false,
    });
    let req = json!({ "operation": 1, "draft": draft, "secret": "canary-7f3a" });

    let failure = shell.invoke("sign_in", json!({ "req": req })).unwrap_err();

    assert_eq!(failure["kind"], "invalid");
    assert_eq!(failure["problems"][0]["field"], "accountNumber");
    assert!(!failure["next"].as_str().unwrap().is_empty());
    assert!(
        !failure.to_string().contains("canary-7f3a"),
        "the secret never comes back"
    );
}

#[test]
fn a_request_with_another_field_fails_loudly() {
    let shell = Shell::new();

    let refused = shell.invoke("start_journey", json!({ "req": { "practise": true } }));

    assert!(refused.unwrap_err().to_string().contains("practise"));
}

#[test]
fn a_command_that_panics_fails_and_the_next_is_answered() {
    let shell = Shell::of(panicking::app());

    for _ in 0..2 {
        let failure = shell.invoke("open_home", json!({})).unwrap_err();

        assert_eq!(failure["kind"], "broken");
        assert!(!failure["next"].as_str().unwrap().is_empty());
        assert!(!failure.to_string().contains("canary"), "{failure}");
    }
    let next = shell.invoke("start_journey", json!({ "req": { "practice": false } }));
    assert_eq!(next.unwrap()["screen"], "prepare");
}

/// An app without a window, and a webview that may call it.
struct Shell {
    _folder: tempfile::TempDir,
    _app: tauri::App<MockRuntime>,
    webview: tauri::WebviewWindow<MockRuntime>,
}

impl Shell {
    fn new() -> Self {
        let app = crate::commands(mock_builder())
            .build(tauri::generate_context!(test = true))
            .unwrap();
        Self::of(app)
    }

    fn of(app: tauri::App<MockRuntime>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        app.manage(crate::deep_links::DeepLinks::default());
        app.manage(crate::updates::Found::default());
        app.manage(App::new(Workspace::new(
            folder.path().to_owned(),
            Services::real(),
        )));
        let webview = tauri::WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default())
            .build()
            .unwrap();
        Self {
            _folder: folder,
            _app: app,
            webview,
        }
    }

    fn invoke(&self, command: &str, body: Value) -> Result<Value, Value> {
        let url = if cfg!(windows) {
            "http://tauri.localhost"
        } else {
            "tauri://localhost"
        };
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: url.parse().unwrap(),
            body: InvokeBody::Json(body),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        tauri::test::get_ipc_response(&self.webview, request)
            .map(|body| body.deserialize::<Value>().unwrap())
    }
}

mod panicking {
    use registrar_app::ipc::Screen;
    use registrar_command::command;
    use registrar_explain::Failure;
    use tauri::test::{MockRuntime, mock_builder};

    use crate::commands::home::start_journey;

    /// Replaces the real command of this name.
    #[command]
    async fn open_home() -> Result<Screen, Failure> {
        tokio::task::yield_now().await;
        panic!("canary-7f3a")
    }

    pub(super) fn app() -> tauri::App<MockRuntime> {
        mock_builder()
            .invoke_handler(crate::dispatch::handler(vec![
                (open_home::NAME, open_home::run),
                (start_journey::NAME, start_journey::run),
            ]))
            .build(tauri::generate_context!(test = true))
            .unwrap()
    }
}
