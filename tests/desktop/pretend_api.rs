//! Changes a credential through the practice API behind the window's back.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::walk::Walk;

/// The practice API as another program uses it.
#[derive(Debug)]
pub(crate) struct PretendApi {
    client: reqwest::Client,
    base: String,
    token: String,
}

/// Prints what could be the secret of an address of practice: 32 hexadecimal digits with none before them,
/// in all memory that a process has at this moment.
const SECRETS: &str = "import re, sys
process, found = '/proc/' + sys.argv[1], set()
digits = re.compile(rb'(?<![0-9a-f])[0-9a-f]{32}')
with open(process + '/maps') as maps, open(process + '/mem', 'rb', 0) as memory:
    for line in maps:
        place, allowed = line.split()[:2]
        start, end = (int(number, 16) for number in place.split('-'))
        if allowed != 'rw-p' or '[v' in line or end - start > 1 << 28:
            continue
        memory.seek(start)
        try:
            found.update(digits.findall(memory.read(end - start)))
        except OSError:
            continue
for one in found:
    print(one.decode())
";

/// Signs in with the values that the sign-in step shows. Works from the realm step on, and at
/// the desk, when the exchanges show where requests go. The secrets in the addresses are shown nowhere: a
/// program that runs as the same user finds them in the app's memory.
pub(crate) async fn sign_in(walk: &Walk) -> PretendApi {
    let requests = walk.request_panel().await;
    let requests: Vec<&str> = requests
        .iter()
        .filter_map(|exchange| exchange["request"].as_str())
        .collect();
    let shown = requests.join("\n");
    let sample = registrar_practice::Practice::sample_sign_in();
    let secrets = secrets(walk);

    // Another test of this process may have chosen it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let ask_token = |address: &str| {
        client
            .post(address)
            .basic_auth(&sample.client_id, Some(&sample.client_secret))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials")
    };
    let token = found(&secrets, &address(&shown, "/oauth2/token"), ask_token).await;
    let answer = ask_token(&token).send().await.unwrap().text().await;
    let answer: Value = serde_json::from_str(&answer.unwrap()).unwrap();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    let list = |address: &str| client.get(address).bearer_auth(&token);
    let base = found(&secrets, &address(&shown, "/realms"), list).await;
    PretendApi {
        client,
        base,
        token,
    }
}

/// Returns all that could be a secret in the app's memory.
fn secrets(walk: &Walk) -> Vec<String> {
    let is_app = |id: &u32| {
        let program = fs::read_link(format!("/proc/{id}/exe"));
        program.is_ok_and(|program| program.ends_with("sip-registrar-setup"))
    };
    let processes = walk.window.session().processes();
    let app = processes.into_iter().find(is_app).unwrap();
    let ended = Command::new("python3")
        .args(["-c", SECRETS, &app.to_string()])
        .output()
        .unwrap();
    let failed = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{failed}");
    let printed = String::from_utf8(ended.stdout).unwrap();
    printed.lines().map(str::to_owned).collect()
}

/// Returns the address with the secret that opens it.
async fn found(
    secrets: &[String],
    shown: &str,
    ask: impl Fn(&str) -> reqwest::RequestBuilder,
) -> String {
    for secret in secrets {
        let address = shown.replace("••••••", secret);
        if ask(&address).send().await.unwrap().status().is_success() {
            return address;
        }
    }
    panic!("{shown} is opened by none of {}", secrets.len())
}

impl PretendApi {
    /// Replaces a credential's hashes by those of another password.
    pub(crate) async fn give_another_password(&self, realm: &str, user_name: &str) {
        let hash = "0123456789abcdef".repeat(2);
        self.give_hashes(realm, user_name, &[hash.clone(), hash])
            .await;
    }

    /// Replaces a credential's hashes.
    pub(crate) async fn give_hashes(&self, realm: &str, user_name: &str, hashes: &[String; 2]) {
        let realms = self.get(&self.base).await;
        let realm_id = number_before(&realms, &format!("<Realm>{realm}."));
        let list = format!("{}/{realm_id}/sipcredentials", self.base);
        let credentials = self.get(&format!("{list}?page=1&size=500")).await;
        let id = number_before(&credentials, &format!("<UserName>{user_name}</UserName>"));
        let body = format!(
            "<SipCredential><Hash1>{}</Hash1><Hash1b>{}</Hash1b><RealmId>{realm_id}</RealmId>\
             </SipCredential>",
            hashes[0], hashes[1]
        );
        let answer = self
            .client
            .put(format!("{list}/{id}"))
            .bearer_auth(&self.token)
            .header("Content-Type", "application/xml; charset=utf-8")
            .body(body)
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
    }

    /// Makes SIP credentials named `phone-0000` and so on in a realm.
    pub(crate) async fn make_credentials(&self, realm_id: u64, count: usize) {
        for first in (0..count).step_by(500) {
            let entries = (first..count.min(first + 500)).map(|number| {
                format!(
                    "<SipCredential><UserName>phone-{number:04}</UserName><Hash1>{0}</Hash1>\
                     <Hash1b>{0}</Hash1b></SipCredential>",
                    "0123456789abcdef".repeat(2)
                )
            });
            let entries = entries.collect::<String>();
            let answer = self
                .client
                .post(format!("{}/{realm_id}/sipcredentials", self.base))
                .bearer_auth(&self.token)
                .header("Content-Type", "application/xml; charset=utf-8")
                .body(format!("<SipCredentials>{entries}</SipCredentials>"))
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
        }
    }

    async fn get(&self, url: &str) -> String {
        let answer = self
            .client
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await
            .unwrap();
        answer.text().await.unwrap()
    }
}

/// The address of a request that was shown, by what its path ends with.
fn address(shown: &str, ending: &str) -> String {
    let mut words = shown.split_whitespace();
    let path = words
        .find(|word| word.starts_with('/') && word.ends_with(ending))
        .unwrap_or_else(|| panic!("no path ends with {ending} in {shown}"));
    let host = words.skip_while(|word| *word != "Host:").nth(1).unwrap();
    format!("http://{host}{path}")
}

/// The last `Id` that stands before a text.
fn number_before(xml: &str, text: &str) -> u64 {
    let before = xml.split(text).next().unwrap();
    let id = before.rsplit("<Id>").next().unwrap();
    id.split('<').next().unwrap().parse().unwrap()
}
