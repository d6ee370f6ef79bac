//! Two third-party clients: SIPp and baresip.

use std::net::Ipv4Addr;
use std::process::Stdio;
use std::time::Duration;

use registrar_sip::TransportName;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::credentials::Credential;
use crate::{REALM, free_port, word};

/// How long a client may take.
const LIMIT: Duration = Duration::from_secs(20);

/// What a client was told in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Registered,
    Unauthorized,
}

/// Registers with SIPp; `told` is how it must end. The Contact stays for 60 seconds.
pub(crate) async fn sipp(
    port: u16,
    credential: &Credential,
    password: &str,
    transport: TransportName,
    told: Told,
) {
    let last = match told {
        Told::Registered => r#"<recv response="200"/>"#,
        Told::Unauthorized => r#"<recv response="401"/>"#,
    };
    let user = credential.name().replace('@', "%40");
    let register = |number: u32, more: &str| {
        format!(
            "<send retrans=\"500\"><![CDATA[\n\n\
             REGISTER sip:{REALM} SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n\
             Max-Forwards: 70\n\
             From: <sip:{user}@{REALM}>;tag=[call_number]\n\
             To: <sip:{user}@{REALM}>\n\
             Call-ID: [call_id]\n\
             CSeq: {number} REGISTER\n\
             Contact: <sip:sipp@[local_ip]:[local_port]>\n\
             Expires: 60\n{more}\
             Content-Length: 0\n\n]]></send>\n"
        )
    };
    let scenario = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"register\">\n\
         {}<recv response=\"401\" auth=\"true\"/>\n{}{last}\n</scenario>\n",
        register(1, ""),
        register(2, "[authentication]\n"),
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("register.xml");
    std::fs::write(&file, scenario).unwrap();
    run_sipp(port, credential, password, transport, &file).await;
}

/// Calls with SIPp, which answers 407 and then follows `ending`: what it must receive, in SIPp's own
/// words, and `ACK-AN-ANSWER`, `ACK-A-REFUSAL` and `HANG-UP` for what it sends.
pub(crate) async fn sipp_calls(
    port: u16,
    credential: &Credential,
    transport: TransportName,
    number: &str,
    ending: &str,
) {
    let invite = |cseq: u32, more: &str| {
        format!(
            "<send retrans=\"500\"><![CDATA[\n\n\
             INVITE sip:{number}@{REALM} SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n\
             Max-Forwards: 70\n\
             From: <sip:caller@{REALM}>;tag=[call_number]\n\
             To: <sip:{number}@{REALM}>\n\
             Call-ID: [call_id]\n\
             CSeq: {cseq} INVITE\n\
             Contact: <sip:sipp@[local_ip]:[local_port]>\n{more}\
             Content-Type: application/sdp\n\
             Content-Length: [len]\n\n\
             v=0\no=- 1 1 IN IP[local_ip_type] [local_ip]\ns=-\n\
             c=IN IP[media_ip_type] [media_ip]\nt=0 0\n\
             m=audio [media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000\n\n]]></send>\n"
        )
    };
    let in_call = |method: &str, cseq: u32, branch: &str| {
        format!(
            "<send><![CDATA[\n\n\
             {method} sip:{number}@{REALM} SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch{branch}]\n\
             Max-Forwards: 70\n\
             From: <sip:caller@{REALM}>;tag=[call_number]\n\
             To: <sip:{number}@{REALM}>[peer_tag_param]\n\
             Call-ID: [call_id]\n\
             CSeq: {cseq} {method}\n\
             Content-Length: 0\n\n]]></send>\n"
        )
    };
    let ending = ending
        .replace("ACK-A-REFUSAL", &in_call("{}", 2, "-1"))
        .replace("ACK-AN-ANSWER", &in_call("{}", 2, ""))
        .replace("{}", "ACK")
        .replace("HANG-UP", &in_call("BYE", 3, ""));
    let scenario = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"call\">\n\
         {}<recv response=\"407\" auth=\"true\"/>\n{}{}{ending}</scenario>\n",
        invite(1, ""),
        in_call("ACK", 1, "-1"),
        invite(2, "[authentication]\n"),
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("call.xml");
    std::fs::write(&file, scenario).unwrap();
    run_sipp(port, credential, credential.password, transport, &file).await;
}

async fn run_sipp(
    port: u16,
    credential: &Credential,
    password: &str,
    transport: TransportName,
    scenario: &std::path::Path,
) {
    let mut command = Command::new("sipp");
    command
        .arg(format!("{}:{port}", Ipv4Addr::LOCALHOST))
        .arg("-sf")
        .arg(scenario)
        .args(["-m", "1", "-nostdin", "-timeout", "10", "-timeout_error"])
        .args(["-i", "127.0.0.1", "-p", &free_port().to_string()])
        .args(["-cp", &free_port().to_string()])
        .args(["-mp", &free_port().to_string()])
        .args([
            "-t",
            if transport == TransportName::Udp {
                "u1"
            } else {
                "t1"
            },
        ])
        .args(["-au", &credential.name(), "-ap", password])
        .current_dir(scenario.parent().unwrap())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = tokio::time::timeout(LIMIT, command.output()).await;
    let output = output.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "SIPp, {credential:?}, {transport:?}: {:?}\n{said}",
        output.status
    );
}

/// Registers with baresip and returns what it was told.
pub(crate) async fn baresip(
    port: u16,
    credential: &Credential,
    password: &str,
    transport: TransportName,
) -> Told {
    let (_folder, mut child) = start_baresip(port, credential, password, transport);
    let mut errors = child.stderr.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let read = async {
        let mut said = String::new();
        while let Some(line) = lines.next_line().await.unwrap() {
            if line.contains("200 OK") {
                return Told::Registered;
            }
            if line.contains("401 Unauthorized") {
                return Told::Unauthorized;
            }
            said.push_str(&line);
            said.push('\n');
        }
        let mut also = String::new();
        errors.read_to_string(&mut also).await.unwrap();
        panic!("baresip, {credential:?}, {transport:?}:\n{said}{also}");
    };
    let told = tokio::time::timeout(LIMIT, read).await.unwrap();
    child.kill().await.unwrap();
    told
}

/// A baresip that is registered and stays, until this is dropped.
pub(crate) struct Phone {
    child: Child,
    _folder: TempDir,
}

impl Phone {
    pub(crate) async fn register(port: u16, credential: &Credential) -> Self {
        let (udp, password) = (TransportName::Udp, credential.password);
        let (folder, mut child) = start_baresip(port, credential, password, udp);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let read = async {
            while let Some(line) = lines.next_line().await.unwrap() {
                if line.contains("200 OK") {
                    // Reads on, so that baresip never meets a full pipe.
                    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                    return;
                }
            }
            panic!("baresip does not register");
        };
        tokio::time::timeout(LIMIT, read).await.unwrap();
        Self {
            child,
            _folder: folder,
        }
    }

    /// Ends it as a power cut does: it stays registered.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

fn start_baresip(
    port: u16,
    credential: &Credential,
    password: &str,
    transport: TransportName,
) -> (TempDir, Child) {
    let folder = tempfile::tempdir().unwrap();
    let name = credential.name();
    let user = name.replace('@', "%40");
    let word = word(transport);
    let account = format!(
        "<sip:{user}@{REALM};transport={word}>;auth_user={name};auth_pass=\"{password}\";\
         outbound=\"sip:127.0.0.1:{port};transport={word}\";regint=600\n"
    );
    let config = "module_path /usr/lib/baresip/modules\nmodule g711.so\nmodule_app account.so\n\
                  module_app menu.so\nnet_interface 127.0.0.1\n";
    let listen = format!("sip_listen 127.0.0.1:{}\n", free_port());
    std::fs::write(folder.path().join("accounts"), account).unwrap();
    std::fs::write(folder.path().join("config"), format!("{config}{listen}")).unwrap();
    // Its lines shall come as they are printed.
    let child = Command::new("stdbuf")
        .args(["-oL", "-eL", "baresip", "-f"])
        .arg(folder.path())
        .args(["-t", "60"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    (folder, child)
}
