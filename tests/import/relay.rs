//! A proxy between a job and the API that disrupts requests and responses by a seed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use acceptance::http_message;
use acceptance::shuffle::Shuffle;
use tokio::io::{AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use url::Url;

/// What happens to one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fault {
    /// The connection ends before the request arrives.
    RequestLost,
    /// It was carried out, and the connection ends before the answer.
    AnswerLost,
    /// It was carried out, and half of the answer comes.
    AnswerHalf,
    /// Status 500, and nothing happened.
    ServerError,
    /// It was carried out, and a gateway answers 502 with a page for people.
    GatewayPage,
    /// It was carried out, and a page for people comes with status 200.
    WrongType,
    /// A page for people comes with status 200, as from a network that wants a sign-in. Nothing
    /// happened.
    Portal,
    /// Slow down, without a date. Nothing happened.
    SlowDown,
    /// Slow down until a date that a clock that jumped puts years away. Nothing happened.
    ClockJumped,
    /// It was carried out, and everything that the answer lists is in it twice.
    ListedTwice,
    /// It was carried out, and an answer that goes on elsewhere says that it goes on at its first
    /// page, again and again.
    PageRepeats,
}

const FAULTS: [Fault; 11] = [
    Fault::RequestLost,
    Fault::AnswerLost,
    Fault::AnswerHalf,
    Fault::ServerError,
    Fault::GatewayPage,
    Fault::WrongType,
    Fault::Portal,
    Fault::SlowDown,
    Fault::ClockJumped,
    Fault::ListedTwice,
    Fault::PageRepeats,
];

#[derive(Default)]
struct Seen {
    faults: Vec<Fault>,
    requests: usize,
    /// Each file, and how long it was when the last request came.
    files: Vec<(PathBuf, u64)>,
}

/// The way to an API, with faults on it.
pub(crate) struct Relay {
    pub(crate) address: String,
    seen: Arc<Mutex<Seen>>,
    _serving: JoinSet<()>,
}

impl Relay {
    /// Spoils about one in `one_in` exchanges; none where that is 0. The files' lengths are noted
    /// whenever a request comes.
    pub(crate) async fn start(api: &str, number: u64, one_in: u64, files: Vec<PathBuf>) -> Self {
        let url = Url::parse(api).unwrap();
        let upstream = format!("127.0.0.1:{}", url.port().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}{}", listener.local_addr().unwrap(), url.path());
        let seen = Arc::new(Mutex::new(Seen {
            files: files.into_iter().map(|path| (path, 0)).collect(),
            ..Seen::default()
        }));
        let dice = Arc::new(Mutex::new(Shuffle(number)));
        let mut serving = JoinSet::new();
        let noting = Arc::clone(&seen);
        serving.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (upstream, seen, dice) =
                    (upstream.clone(), Arc::clone(&noting), Arc::clone(&dice));
                connections.spawn(async move {
                    let _ended = connection(stream, &upstream, &seen, &dice, one_in).await;
                });
            }
        });
        Self {
            address,
            seen,
            _serving: serving,
        }
    }

    pub(crate) fn faults(&self) -> Vec<Fault> {
        self.seen.lock().unwrap().faults.clone()
    }

    pub(crate) fn requests(&self) -> usize {
        self.seen.lock().unwrap().requests
    }

    /// How long each file was when a request came last: nothing before that may be lost.
    pub(crate) fn lengths(&self) -> Vec<(PathBuf, u64)> {
        self.seen.lock().unwrap().files.clone()
    }
}

async fn connection(
    mut stream: TcpStream,
    upstream: &str,
    seen: &Mutex<Seen>,
    dice: &Mutex<Shuffle>,
    one_in: u64,
) -> std::io::Result<()> {
    let mut onward = BufReader::new(TcpStream::connect(upstream).await?);
    let mut client = BufReader::new(&mut stream);
    loop {
        let Some(request) = http_message::read(&mut client).await? else {
            return Ok(());
        };
        let request = http_message::to_host(&request, upstream);
        let fault = {
            let mut dice = dice.lock().unwrap();
            let spoiled = one_in > 0 && dice.below(one_in) == 0;
            let which = usize::try_from(dice.below(FAULTS.len() as u64)).unwrap();
            spoiled.then_some(FAULTS[which])
        };
        {
            let mut seen = seen.lock().unwrap();
            seen.requests += 1;
            seen.faults.extend(fault);
            for (path, length) in &mut seen.files {
                let now = std::fs::metadata(path).map_or(0, |about| about.len());
                *length = now.max(*length);
            }
        }
        let carried_out = !matches!(
            fault,
            Some(
                Fault::RequestLost
                    | Fault::ServerError
                    | Fault::Portal
                    | Fault::SlowDown
                    | Fault::ClockJumped
            )
        );
        let answer = if carried_out {
            onward.write_all(&request).await?;
            http_message::read(&mut onward).await?.unwrap_or_default()
        } else {
            Vec::new()
        };
        let page = "<!DOCTYPE html><html><body>Bad gateway<br></body></html>";
        let spoiled = match fault {
            None => answer,
            Some(Fault::RequestLost | Fault::AnswerLost) => return Ok(()),
            Some(Fault::AnswerHalf) => {
                client.write_all(&answer[..answer.len() / 2]).await?;
                return Ok(());
            }
            Some(Fault::ServerError) => made("500 Internal Server Error", "", ""),
            Some(Fault::GatewayPage) => {
                made("502 Bad Gateway", "Content-Type: text/html\r\n", page)
            }
            Some(Fault::WrongType | Fault::Portal) => {
                made("200 OK", "Content-Type: text/html\r\n", page)
            }
            Some(Fault::ListedTwice) => with_body(&answer, listed_twice),
            Some(Fault::PageRepeats) => with_body(&answer, page_repeats),
            Some(Fault::SlowDown) => made("429 Too Many Requests", "", ""),
            Some(Fault::ClockJumped) => made(
                "429 Too Many Requests",
                "X-RateLimit-Reset: 4102444800\r\n",
                "",
            ),
        };
        client.write_all(&spoiled).await?;
    }
}

/// The answer with another body.
fn with_body(answer: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return answer.to_vec();
    };
    let body = change(body);
    let length = |line: &&str| !line.to_ascii_lowercase().starts_with("content-length:");
    let head: Vec<&str> = head.split("\r\n").filter(length).collect();
    let length = body.len();
    format!(
        "{}\r\nContent-Length: {length}\r\n\r\n{body}",
        head.join("\r\n")
    )
    .into_bytes()
}

fn listed_twice(body: &str) -> String {
    let end = "</SipCredential>";
    let mut doubled = String::new();
    for part in body.split_inclusive(end) {
        doubled.push_str(part);
        if let Some(item) = part.find("<SipCredential>")
            && part.ends_with(end)
        {
            doubled.push_str(&part[item..]);
        }
    }
    doubled
}

fn page_repeats(body: &str) -> String {
    let Some((before, next)) = body.split_once("<next>") else {
        return body.to_owned();
    };
    let Some((link, behind)) = next.split_once("</next>") else {
        return body.to_owned();
    };
    let (start, rest) = link.split_once("page=").unwrap_or((link, ""));
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    format!("{before}<next>{start}page=1{rest}</next>{behind}")
}

fn made(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}").into_bytes()
}
