//! A pretend account with 100,000 SIP credentials, limited to what a desk requests: a token, one
//! realm, and the paginated list.

use std::fmt::Write as _;

use acceptance::private_session::PrivateSession;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How many SIP credentials it has.
pub(crate) const CREDENTIALS: usize = 100_000;
/// How many a page holds.
const PAGE: usize = 1_000;
const REALM: &str = "office.1a2b3c.auth.bandwidth.com";

/// Serves the account until it is dropped.
#[derive(Debug)]
pub(crate) struct BigAccount {
    address: String,
    serving: JoinHandle<()>,
}

impl BigAccount {
    /// Listens on a loopback port that the system picks.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    // A client that goes away ends its own connection and no other.
                    let _ = serve(stream).await;
                });
            }
        });
        Self { address, serving }
    }

    /// Puts the account into the app's list, without its secret.
    pub(crate) fn put_into_the_list_of(&self, session: &PrivateSession) {
        let address = &self.address;
        let accounts = json!({ "version": 1, "data": [{
            "id": "big", "name": "Big account", "number": "5500123", "method": "api_client",
            "user": "client-1", "environment": "own", "remember": false, "twilio": null,
            "ownAddresses": {
                "token": format!("{address}/token"), "bearer": address, "basic": address,
            },
        }]});
        let folder = session.folder().join("data/dev.sipregistrar.setup");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("accounts.json"), accounts.to_string()).unwrap();
    }
}

impl Drop for BigAccount {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Answers one request after the other.
async fn serve(stream: TcpStream) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = String::new();
        if stream.read_line(&mut request).await? == 0 {
            return Ok(());
        }
        let mut length = 0;
        loop {
            let mut header = String::new();
            stream.read_line(&mut header).await?;
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        let path = request.split(' ').nth(1).unwrap_or_default();
        let (kind, answer) = answer_to(path);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/{kind}\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(answer.as_bytes()).await?;
        stream.flush().await?;
    }
}

fn answer_to(path: &str) -> (&'static str, String) {
    if path.starts_with("/token") {
        let token = json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 3600 });
        return ("json", token.to_string());
    }
    if !path.contains("/sipcredentials") {
        let realm = format!(
            "<RealmsResponse><Realms><Realm><Id>22</Id><Realm>{REALM}</Realm><Default>true</Default>\
             <SipCredentialCount>{CREDENTIALS}</SipCredentialCount><Status>ACTIVE</Status></Realm>\
             </Realms></RealmsResponse>"
        );
        return ("xml", realm);
    }
    let first = path.split_once("page=").map_or(1, |(_, page)| {
        let digits = page.split('&').next().unwrap_or_default();
        digits.parse().unwrap_or(1)
    });
    ("xml", page(first))
}

/// The page that begins with the credential of this number; the first is 1.
fn page(first: usize) -> String {
    let next = first + PAGE;
    let mut page = "<SipCredentialsResponse><Links>".to_owned();
    if next <= CREDENTIALS {
        let _ = write!(
            page,
            "<next>Link=&lt;http://x.example/?size={PAGE}&amp;page={next}&gt;;rel=\"next\";</next>"
        );
    }
    page += "</Links><SipCredentials>";
    for number in first..next.min(CREDENTIALS + 1) {
        let _ = write!(
            page,
            "<SipCredential><Id>{number}</Id><RealmId>22</RealmId><UserName>phone-{number:06}\
             </UserName><Hash1>{hash}</Hash1><Hash1b>{hash}</Hash1b><Realm>{REALM}</Realm>\
             <HttpVoiceV2AppId>93de2206-9669-4e07-948d-{number:012}</HttpVoiceV2AppId>\
             </SipCredential>",
            hash = "0123456789abcdef".repeat(2)
        );
    }
    page + "</SipCredentials></SipCredentialsResponse>"
}
