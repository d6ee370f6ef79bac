//! What remains in the app's memory after a journey is finished and its account removed.

use std::fs;
use std::process::Command;
use std::sync::{Arc, Mutex};

use acceptance::app_window::AppWindow;
use acceptance::http_message;
use acceptance::practice_addresses::exposed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use registrar_practice::Practice;
use tokio::io::{AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::walk::{PASSWORD, Walk};
use crate::written::hashes;

const CLIENT: &str = "canary-client";
const SECRET: &str = "canary-secret-4b1e";
const REALM: &str = "office.1a2b3c.auth.bandwidth.com";
const USER: &str = "front-desk";

/// Stands before the pretend token endpoint and lets a client with [`SECRET`] in; notes the tokens.
struct Door {
    address: String,
    tokens: Arc<Mutex<Vec<String>>>,
    _serving: JoinSet<()>,
}

impl Door {
    async fn to(token: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inside = url::Url::parse(token).unwrap();
        let upstream = format!("127.0.0.1:{}", inside.port().unwrap());
        let address = format!("http://{}{}", listener.local_addr().unwrap(), inside.path());
        let tokens: Arc<Mutex<Vec<String>>> = Arc::default();
        let mut serving = JoinSet::new();
        let noting = Arc::clone(&tokens);
        serving.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut client = BufReader::new(stream);
                while let Ok(Some(request)) = http_message::read(&mut client).await {
                    let mut onward = BufReader::new(TcpStream::connect(&upstream).await.unwrap());
                    let request = http_message::to_host(&let_in(&request), &upstream);
                    onward.write_all(&request).await.unwrap();
                    let answer = http_message::read(&mut onward).await.unwrap().unwrap();
                    noting.lock().unwrap().push(token_in(&answer));
                    if client.write_all(&answer).await.is_err() {
                        break;
                    }
                }
            }
        });
        Self {
            address,
            tokens,
            _serving: serving,
        }
    }
}

/// The `Basic` value of a client.
fn basic(client: &str, secret: &str) -> String {
    STANDARD.encode(format!("{client}:{secret}"))
}

/// The same request of the client that practice knows.
fn let_in(request: &[u8]) -> Vec<u8> {
    let sample = Practice::sample_sign_in();
    let known = basic(&sample.client_id, &sample.client_secret);
    let text = String::from_utf8(request.to_vec()).unwrap();
    let typed = basic(CLIENT, SECRET);
    assert!(text.contains(&typed), "the client signs in as it was typed");
    text.replace(&typed, &known).into_bytes()
}

fn token_in(answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(answer);
    let after = text.split("\"access_token\"").nth(1).unwrap();
    after.split('"').nth(1).unwrap().to_owned()
}

async fn sign_in(walk: &Walk, door: &Door, practice: &Practice) {
    let sample = Practice::sample_sign_in();
    let addresses = exposed(practice);
    walk.press("start-journey").await;
    walk.window.wait_for_screen("prepare").await;
    walk.press("continue-to-sign-in").await;
    walk.window.wait_for_screen("sign_in").await;
    walk.fill("accountNumber", &sample.account_number).await;
    walk.fill("user", CLIENT).await;
    walk.fill("secret", SECRET).await;
    let own = "(() => { const select = document.querySelector('#environment'); \
               select.value = 'own'; select.dispatchEvent(new Event('change', { bubbles: true })); \
               return select.value })()";
    assert_eq!(walk.window.evaluate(own).await, "own");
    walk.fill("tokenAddress", &door.address).await;
    walk.fill("bearerAddress", &addresses.bearer).await;
    walk.fill("basicAddress", &addresses.basic).await;
    walk.press("sign-in").await;
    walk.window.wait_for_screen("realm").await;
}

/// From a realm that is there over a registration to the end, and the account forgotten.
async fn finish_and_forget(walk: &Walk, registrar: &str) {
    walk.press("choose-realm").await;
    walk.window.wait_for_screen("credential").await;
    walk.make_credential(USER, "").await;
    walk.open_details().await;
    let opened = "document.querySelector('[data-part=options]').open = true";
    assert_eq!(walk.window.evaluate(opened).await, true);
    walk.fill("address", registrar).await;
    walk.check().await;
    let tone = "document.querySelector('.verdict').dataset.tone";
    assert_eq!(walk.window.evaluate(tone).await, "good");
    walk.to_call().await;
    walk.press("continue-to-finish").await;
    walk.window.wait_for_screen("finish").await;
    walk.press("finish-journey").await;
    walk.window.wait_for_screen("home").await;
    walk.press("accounts").await;
    walk.window.wait_for_screen("accounts").await;
    walk.press("remove-account").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.press("confirm-yes").await;
    walk.window
        .wait_for("document.body.innerText.includes('was removed from this computer')")
        .await;
}

/// Counts texts, given in hexadecimal digits, in all memory that a process has at this moment, as a
/// debugger would dump it. What was only reserved is left out: the web view reserves gigabytes.
///
/// A text is counted apart where `WebKit` received it: in the JSON of a call from the page, with the
/// frame that called right behind it. `WebKit` allocates and frees that message; the app gets a copy.
const COUNT: &str = "import sys
process, texts = '/proc/' + sys.argv[1], [bytes.fromhex(text) for text in sys.argv[2:]]
PAGE, PRESENT, seen = 4096, 3 << 62, 0
found, received = [0] * len(texts), [0] * len(texts)
def is_received(piece, place):
    json, end, behind = piece[place:place + 1024].partition(b'}}\\0')
    return end and b'\\0' not in json and b'tauri://localhost\\0' in behind[:128]
with open(process + '/maps') as maps, open(process + '/pagemap', 'rb') as pages, \
        open(process + '/mem', 'rb', 0) as memory:
    for line in maps:
        place, allowed = line.split()[:2]
        start, end = (int(number, 16) for number in place.split('-'))
        if 'r' not in allowed or '[v' in line:
            continue
        pages.seek(start // PAGE * 8)
        known = memoryview(pages.read((end - start) // PAGE * 8)).cast('Q')
        page = 0
        while page < len(known):
            first = page
            while page < len(known) and known[page] & PRESENT:
                page += 1
            if page > first:
                memory.seek(start + first * PAGE)
                piece = memory.read((page - first) * PAGE)
                seen += len(piece)
                for number, text in enumerate(texts):
                    place = piece.find(text)
                    while place >= 0:
                        (received if is_received(piece, place) else found)[number] += 1
                        place = piece.find(text, place + len(text))
            page += 1
print(seen)
for number in range(len(texts)):
    print(found[number], received[number])
";

/// What was counted of one text, as UTF-8 and as UTF-16 together.
#[derive(Debug, Default)]
struct Count {
    found: usize,
    received: usize,
}

/// Returns how many bytes a process has, and how often each text is in them.
fn counts(id: u32, texts: &[String]) -> (usize, Vec<Count>) {
    let wide =
        |text: &String| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let forms = texts
        .iter()
        .flat_map(|text| [hex::encode(text), hex::encode(wide(text))]);
    let ended = Command::new("python3")
        .args(["-c", COUNT, &id.to_string()])
        .args(forms)
        .output()
        .unwrap();
    let failed = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{failed}");
    let printed = String::from_utf8(ended.stdout).unwrap();
    let mut numbers = printed.split_whitespace().map(|n| n.parse().unwrap());
    let size = numbers.next().unwrap();
    let numbers: Vec<usize> = numbers.collect();
    let counts = numbers.chunks(4).map(|forms| Count {
        found: forms[0] + forms[2],
        received: forms[1] + forms[3],
    });
    (size, counts.collect())
}

#[tokio::test]
async fn removed_account_leaves_no_secret_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(&folder.path().join("practice"))
        .await
        .unwrap();
    let door = Door::to(&exposed(&practice).token).await;
    let mut walk = Walk::begin(AppWindow::open().await, "memory").await;
    walk.name = None;
    sign_in(&walk, &door, &practice).await;
    finish_and_forget(&walk, &practice.sample_check().unwrap().address).await;

    let [hash1, hash1b] = hashes(USER, REALM, PASSWORD);
    let tokens = door.tokens.lock().unwrap().clone();
    assert!(!tokens.is_empty());
    let mut canaries = vec![
        ("password", PASSWORD.to_owned()),
        ("Hash1", hash1),
        ("Hash1b", hash1b),
        ("client secret", SECRET.to_owned()),
        ("Basic", basic(CLIENT, SECRET)),
    ];
    canaries.extend(tokens.into_iter().map(|token| ("token", token)));
    // It is found where it must be, so what is not found is not there.
    canaries.push(("what is no secret", USER.to_owned()));
    let texts: Vec<String> = canaries.iter().map(|(_, text)| text.clone()).collect();
    let mut looked_at = Vec::new();
    for id in walk.window.session().processes() {
        let program = fs::read_link(format!("/proc/{id}/exe")).unwrap();
        let name = program.file_name().unwrap().to_string_lossy().into_owned();
        let (size, counts) = match name.as_str() {
            "sip-registrar-setup" | "WebKitNetworkProcess" | "WebKitWebProcess" => {
                counts(id, &texts)
            }
            _ => continue,
        };
        let counted: Vec<_> = canaries.iter().map(|(what, _)| *what).zip(counts).collect();
        eprintln!("{name}: {} MiB, {counted:?}", size >> 20);
        for (what, Count { found, received }) in counted {
            // WebKit keeps what was typed into a field, and the message that carried it to the app; what
            // the app made of it was never there.
            let typed = ["password", "client secret"].contains(&what);
            let kept = what == "what is no secret" || name == "WebKitWebProcess" && typed;
            assert!(found == 0 || kept, "{what} is {found} times in {name}");
            assert!(
                received == 0 || kept || typed,
                "{what} came from the page of {name}"
            );
            assert!(found > 0 || what != "what is no secret" || name == "WebKitNetworkProcess");
        }
        looked_at.push(name);
    }
    looked_at.sort();
    assert_eq!(
        looked_at,
        [
            "WebKitNetworkProcess",
            "WebKitWebProcess",
            "sip-registrar-setup"
        ]
    );
}
