//! A plain HTTP client for the practice services, with or without a sign-in.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Once;
use std::time::{Duration, Instant};

use acceptance::practice_addresses::exposed;
use registrar_practice::Practice;
use reqwest::{Client, Method, RequestBuilder};

/// A practice of its own, which ends with the test.
pub(crate) struct Api {
    pub(crate) practice: Practice,
    pub(crate) client: Client,
    pub(crate) folder: tempfile::TempDir,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Returns the text of the first element of this name.
    pub(crate) fn text(&self, element: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("<{element}>"))?;
        rest.split_once(&format!("</{element}>"))
            .map(|(text, _)| text)
    }

    /// Returns the number that Bandwidth gives to an error.
    pub(crate) fn code(&self) -> Option<u32> {
        self.text("ErrorCode")?.parse().ok()
    }
}

impl Api {
    pub(crate) async fn start() -> Self {
        choose_ring();
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(folder.path()).await.unwrap();
        let client = Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            practice,
            client,
            folder,
        }
    }

    /// Signs in and returns a Bearer token.
    pub(crate) async fn token(&self, client_id: &str) -> String {
        let answer = send(
            self.client
                .post(exposed(&self.practice).token)
                .basic_auth(client_id, Some("practice-client-secret"))
                .header("content-type", "application/x-www-form-urlencoded")
                .body("grant_type=client_credentials"),
        )
        .await;
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        json["access_token"].as_str().unwrap().to_owned()
    }

    /// Begins a request as the sample API user, whose base path needs no token.
    pub(crate) fn as_user(&self, method: Method, path: &str) -> RequestBuilder {
        let user = Practice::sample_api_user().unwrap();
        let account = Practice::sample_sign_in().account_number;
        let base = exposed(&self.practice).basic;
        self.client
            .request(method, format!("{base}/accounts/{account}/{path}"))
            .basic_auth(user.user, Some(user.password))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        checked(self.as_user(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        checked(self.as_user(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, xml: &str) -> Answer {
        self.xml(Method::POST, path, xml).await
    }

    pub(crate) async fn put(&self, path: &str, xml: &str) -> Answer {
        self.xml(Method::PUT, path, xml).await
    }

    async fn xml(&self, method: Method, path: &str, xml: &str) -> Answer {
        let request = self
            .as_user(method, path)
            .header("content-type", "application/xml; charset=utf-8")
            .body(xml.to_owned());
        checked(request).await
    }
}

/// Chooses the TLS that reqwest asks for; nothing here uses it.
pub(crate) fn choose_ring() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The app's own client may have been first; either way it is ring.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
    });
}

/// Sends, and reads the answer.
pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.text().await.unwrap(),
    }
}

/// Sends, and has every body that comes back judged by xmllint.
async fn checked(request: RequestBuilder) -> Answer {
    let answer = send(request).await;
    if !answer.body.is_empty() {
        let verdict = tokio::task::spawn_blocking({
            let body = answer.body.clone();
            move || xmllint(&body)
        });
        verdict.await.unwrap();
    }
    answer
}

/// Fails where libxml2 does not take the document.
fn xmllint(document: &str) {
    let mut judge = Command::new("xmllint")
        .args(["--noout", "--nonet", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint comes with the package libxml2-utils");
    judge
        .stdin
        .take()
        .unwrap()
        .write_all(document.as_bytes())
        .unwrap();
    let end = judge.wait_with_output().unwrap();
    let words = String::from_utf8_lossy(&end.stderr);
    assert!(end.status.success(), "{words}\n{document}");
}

/// Waits until something is so, and returns when it was.
pub(crate) async fn until<F: Future<Output = bool>>(is_so: impl Fn() -> F) -> Instant {
    let patience = Instant::now() + Duration::from_secs(20);
    while !is_so().await {
        assert!(Instant::now() < patience, "it never came");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Instant::now()
}
