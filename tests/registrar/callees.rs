//! Third-party callees: SIPp with a scenario, and baresip.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::credentials::Credential;
use crate::{REALM, free_port};

/// How long a far end may take to begin and to end.
const LIMIT: Duration = Duration::from_secs(20);

/// SIPp as the called side. It is ended when it is dropped.
pub(crate) struct Sipp {
    pub(crate) port: u16,
    child: Child,
    folder: TempDir,
}

/// What SIPp does with a call.
pub(crate) enum Part<'a> {
    /// Its own built-in one: it answers and waits for BYE.
    BuiltIn,
    /// The built-in one, which sends no sound back.
    Mute,
    /// Steps in its own language; `ANSWER` and such stand for messages, see [`steps`].
    Steps(&'a str),
}

impl Sipp {
    /// Starts one that takes a single call and, unless it is mute, sends its sound back.
    pub(crate) async fn start(role: Part<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (port, media) = (free_port(), free_port());
        let mut command = Command::new("sipp");
        match role {
            Part::BuiltIn => command.args(["-sn", "uas", "-rtp_echo"]),
            Part::Mute => command.args(["-sn", "uas"]),
            Part::Steps(text) => {
                let file = folder.path().join("callee.xml");
                std::fs::write(&file, steps(text)).unwrap();
                command.arg("-rtp_echo").arg("-sf").arg(file)
            }
        };
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        command
            .args(["-m", "1", "-nostdin", "-i", "127.0.0.1"])
            .args(["-p", &port.to_string(), "-mp", &media.to_string()])
            .args(["-cp", &free_port().to_string()])
            .args(["-timeout", "30", "-timeout_error"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let begun = tokio::select! {
            () = bound(port) => true,
            _ = child.wait() => false,
        };
        let log = std::fs::read_to_string(folder.path().join("log"));
        assert!(begun, "SIPp does not start: {log:?}");
        Self {
            port,
            child,
            folder,
        }
    }

    /// Waits until it is done with its call, and returns whether all went as it should.
    pub(crate) async fn ended_well(mut self) -> bool {
        let ended = tokio::time::timeout(LIMIT, self.child.wait()).await;
        let well = ended.is_ok_and(|status| status.unwrap().success());
        if !well {
            let log = std::fs::read_to_string(self.folder.path().join("log"));
            eprintln!("SIPp: {}", log.unwrap_or_default());
        }
        well
    }
}

/// Waits until somebody holds a UDP port.
pub(crate) async fn bound(port: u16) {
    let taken = async {
        while std::net::UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(LIMIT, taken).await.unwrap();
}

/// Fills steps with whole messages.
///
/// `RING`, `EARLY` and `ANSWER` respond to the last request, `ANSWER-PCMA` with that codec;
/// `REFUSE-486` and such refuse it. `BYE` and `HOLD` ask in the call.
fn steps(text: &str) -> String {
    const SAME: &str = "[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]\n\
         [last_Record-Route:]\nContact: <sip:sipp@[local_ip]:[local_port]>\n";
    let sound = |codec: &str, way: &str| {
        format!(
            "Content-Type: application/sdp\nContent-Length: [len]\n\n\
             v=0\no=- 1 1 IN IP[local_ip_type] [local_ip]\ns=-\n\
             c=IN IP[media_ip_type] [media_ip]\nt=0 0\nm=audio [media_port] RTP/AVP {codec}\n\
             a={way}\n\n"
        )
    };
    let none = "Content-Length: 0\n\n";
    let say = |line: &str, headers: &str, body: &str, resend: &str| {
        format!("<send{resend}><![CDATA[\n\n{line}\n{headers}{body}]]></send>\n")
    };
    let respond =
        |line: &str, body: &str, resend: &str| say(&format!("SIP/2.0 {line}"), SAME, body, resend);
    // From and To of the call, the other way round.
    let ask = |method: &str, number: u32, body: &str| {
        let headers = format!(
            "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\nFrom: [$to];\
             tag=[call_number]\nTo: [$from]\nCall-ID: [call_id]\nCSeq: {number} {method}\n[routes]\n\
             Contact: <sip:sipp@[local_ip]:[local_port]>\nMax-Forwards: 70\n"
        );
        let resend = if method == "ACK" {
            ""
        } else {
            " retrans=\"500\""
        };
        say(
            &format!("{method} [next_url] SIP/2.0"),
            &headers,
            body,
            resend,
        )
    };
    let again = " retrans=\"500\"";
    let mut text = text.to_owned();
    for (name, message) in [
        ("RING", respond("180 Ringing", none, "")),
        (
            "EARLY",
            respond("183 Session Progress", &sound("0", "sendrecv"), ""),
        ),
        (
            "ANSWER-PCMA",
            respond("200 OK", &sound("8", "sendrecv"), again),
        ),
        (
            "ANSWER-G729",
            respond("200 OK", &sound("18", "sendrecv"), again),
        ),
        (
            "ANSWER",
            respond("200 OK", &sound("0 8", "sendrecv"), again),
        ),
        (
            "CONFIRM",
            respond("200 OK", none, "").replace(";tag=[call_number]", ""),
        ),
        ("REFUSE-486", respond("486 Busy Here", none, again)),
        ("REFUSE-487", respond("487 Request Terminated", none, again)),
        (
            "REFUSE-488",
            respond("488 Not Acceptable Here", none, again),
        ),
        ("REFUSE-603", respond("603 Decline", none, again)),
        ("HANG-UP", ask("BYE", 9, none)),
        ("HOLD", ask("INVITE", 1, &sound("0", "inactive"))),
        ("UNHOLD", ask("INVITE", 2, &sound("8", "sendrecv"))),
        ("ACK-1", ask("ACK", 1, none)),
        ("ACK-2", ask("ACK", 2, none)),
        ("OPTIONS", ask("OPTIONS", 3, none)),
        ("REFER", ask("REFER", 4, none)),
    ] {
        text = text.replace(&format!("<{name}/>"), &message);
    }
    // SIPp refuses a scenario that notes what it never uses.
    let noted = if text.contains("[$to]") {
        "<action>\n\
         <ereg regexp=\".*\" search_in=\"hdr\" header=\"From:\" assign_to=\"from\"/>\n\
         <ereg regexp=\".*\" search_in=\"hdr\" header=\"To:\" assign_to=\"to\"/>\n\
         </action>"
    } else {
        ""
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"callee\">\n\
         <recv request=\"INVITE\" rrs=\"true\">{noted}</recv>\n{text}</scenario>\n"
    )
}

/// baresip, registered at the registrar. It answers by itself, plays 1,000 Hz, and writes down what
/// it hears. It is ended when it is dropped.
pub(crate) struct Baresip {
    child: Child,
    folder: TempDir,
    said: tokio::task::JoinHandle<String>,
}

impl Baresip {
    /// Starts it and waits until it is registered.
    pub(crate) async fn start(registrar: u16, credential: &Credential) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (name, password) = (credential.name(), credential.password);
        let user = name.replace('@', "%40");
        let account = format!(
            "<sip:{user}@{REALM};transport=udp>;auth_user={name};auth_pass=\"{password}\";\
             outbound=\"sip:127.0.0.1:{registrar};transport=udp\";regint=60;answermode=auto;\
             audio_codecs=PCMU/8000/1\n"
        );
        let media = free_port();
        let config = format!(
            "module_path /usr/lib/baresip/modules\nmodule g711.so\nmodule ausine.so\n\
             module aubridge.so\nmodule sndfile.so\nmodule_app account.so\nmodule_app menu.so\n\
             audio_source ausine,1000\naudio_player aubridge,heard\naudio_alert aubridge,alert\n\
             ausrc_srate 48000\nausrc_channels 2\nnet_interface 127.0.0.1\n\
             sip_listen 127.0.0.1:{}\nrtp_ports {media}-{}\nsnd_path {}\n",
            free_port(),
            media + 3,
            folder.path().display(),
        );
        std::fs::write(folder.path().join("accounts"), account).unwrap();
        std::fs::write(folder.path().join("config"), config).unwrap();
        let mut child = Command::new("stdbuf")
            .args(["-oL", "-eL", "baresip", "-f"])
            .arg(folder.path())
            .args(["-t", "40"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = String::new();
        let registered = async {
            while let Some(line) = lines.next_line().await.unwrap() {
                said.push_str(&line);
                said.push('\n');
                if line.contains("200 OK") {
                    return true;
                }
            }
            false
        };
        let registered = tokio::time::timeout(LIMIT, registered).await;
        assert_eq!(registered, Ok(true), "baresip:\n{said}");
        let said = tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                said.push_str(&line);
                said.push('\n');
            }
            said
        });
        Self {
            child,
            folder,
            said,
        }
    }

    /// Ends it. Returns what it heard as samples, their rate, and what it said.
    pub(crate) async fn heard(mut self) -> (Vec<i16>, u32, String) {
        self.child.kill().await.unwrap();
        let said = self.said.await.unwrap();
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let names = files.map(|file| file.unwrap().path());
        let file = names
            .into_iter()
            .find(|name| name.to_string_lossy().ends_with("dec.wav"));
        let file = file.unwrap_or_else(|| panic!("no recording:\n{said}"));
        let (samples, rate) = wav(&file);
        (samples, rate, said)
    }
}

/// Reads a WAV file of 16 bits and one channel.
fn wav(file: &Path) -> (Vec<i16>, u32) {
    let bytes = std::fs::read(file).unwrap();
    let data = bytes.windows(4).position(|four| four == b"data").unwrap() + 8;
    let rate = u32::from_le_bytes(bytes[24..28].try_into().unwrap());
    assert_eq!(bytes[22..24], [1, 0], "one channel");
    let samples = bytes[data..].chunks_exact(2);
    let samples = samples.map(|two| i16::from_le_bytes([two[0], two[1]]));
    (samples.collect(), rate)
}
