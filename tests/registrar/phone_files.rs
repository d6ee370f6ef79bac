//! Phone configuration files, read by the programs themselves: each starts with only its file and
//! registers with the practice registrar.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use registrar_digest::Hashes;
use registrar_phones::{EXPIRY, File, Secret, Settings, file, find};
use registrar_practice::registrar::Registrar;
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;
use tempfile::TempDir;

use crate::clients::{Client, write};
use crate::peers::Told;
use crate::{REALM, against_practice, free_port, until};

/// Every mark that a user name may have, and a name with a domain.
const NAMES: [&str; 2] = ["o$neil&co=+~!*._-", "bob@somewhere.com"];

/// What the files of these programs can hold: most of what is awkward anywhere else.
const PASSWORDS: [(&str, &str); 4] = [
    ("baresip", "ab'c<d>e&f;g\\h$i%j#k l=m,\u{e4}"),
    ("kamailio", "a\"b'c<d>e&f;gh$i%j#k l=m,\u{e4}"),
    ("linphone", "a\"b'c<d>e&f;g\\h$i%j#k l=m,\u{e4}"),
    ("sipp", "ab'c<d>e&fgh$i%j#kl=m,{}`|~"),
];

fn password(phone: &str) -> SipPassword {
    let mut passwords = PASSWORDS.iter();
    let (_, password) = passwords.find(|(own, _)| *own == phone).unwrap();
    SipPassword::new(*password)
}

/// Starts a registrar that knows both names by the password of that phone.
async fn registrar(phone: &str) -> Registrar {
    let password = password(phone);
    let hash = |name: &str| Hashes::make(name, REALM, &password).hash1;
    let book = NAMES.map(|name| (name.to_owned(), hash(name)));
    against_practice::registrar_of(HashMap::from(book)).await
}

/// Returns the file of a phone that finds this registrar.
fn written(phone: &str, registrar: &Registrar, name: &str, secret: Secret<'_>) -> File {
    let settings = Settings {
        user_name: name,
        display_name: Some("Front Desk"),
        realm: REALM,
        registrar: "127.0.0.1",
        port: Some(registrar.port()),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret: Some(secret),
    };
    file(&find(phone).unwrap().dialects[0], &settings).unwrap()
}

/// Returns both ways in which a phone may be set up.
fn secrets<'a>(password: &'a SipPassword, hash: &'a Hash) -> [Secret<'a>; 2] {
    [Secret::Password(password), Secret::Hash1(hash)]
}

#[tokio::test(flavor = "multi_thread")]
async fn linphone_registers_with_its_file() {
    let registrar = registrar("linphone").await;
    let password = password("linphone");
    for name in NAMES {
        let hash = Hashes::make(name, REALM, &password).hash1;
        for secret in secrets(&password, &hash) {
            let home = tempfile::tempdir().unwrap();
            let file = written("linphone", &registrar, name, secret);
            let path = home.path().join("phone.xml");
            fs::write(&path, file.expose()).unwrap();
            let port = free_port();
            let config = format!(
                "[misc]\nconfig-uri=file://{}\n[sip]\nsip_port={port}\nsip_tcp_port={port}\n",
                path.display()
            );
            write(&home, ".local/share/linphone/.keep", "");
            write(&home, ".config/linphone/.keep", "");
            write(&home, "linphonerc", &config);
            let config = home.path().join("linphonerc").display().to_string();
            let mut phone = Client::start(home, "linphonec", &["-d", "6", "-c", &config]);

            let registered = "to [LinphoneRegistrationOk]";
            let told = phone
                .told(registered, "to [LinphoneRegistrationFailed]")
                .await;

            assert_eq!(told, Told::Registered, "{name} {secret:?}");
            // It writes its settings when it ends: the address of the file is no longer in them.
            phone.enter("quit").await;
            until(|| !fs::read_to_string(&config).unwrap().contains("phone.xml")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn baresip_registers_with_its_line() {
    let registrar = registrar("baresip").await;
    let password = password("baresip");
    for name in NAMES {
        let home = tempfile::tempdir().unwrap();
        let file = written("baresip", &registrar, name, Secret::Password(&password));
        fs::write(home.path().join("accounts"), file.expose()).unwrap();
        let config = format!(
            "module_path /usr/lib/baresip/modules\nmodule g711.so\nmodule_app account.so\n\
             module_app menu.so\nnet_interface 127.0.0.1\nsip_listen 127.0.0.1:{}\n",
            free_port()
        );
        write(&home, "config", &config);
        let folder = home.path().display().to_string();
        let mut phone = Client::start(home, "baresip", &["-f", &folder, "-t", "60"]);

        let told = phone.told("200 OK", "401 Unauthorized").await;

        assert_eq!(told, Told::Registered, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kamailio_registers_with_its_row() {
    let password = password("kamailio");
    for name in NAMES {
        let hash = Hashes::make(name, REALM, &password).hash1;
        for secret in secrets(&password, &hash) {
            let registrar = registrar("kamailio").await;
            let row = written("kamailio", &registrar, name, secret);

            let kamailio = Kamailio::start(row.expose());

            until(|| !registrar.bindings(REALM, name).is_empty()).await;
            drop(kamailio);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sipp_registers_with_its_row() {
    let registrar = registrar("sipp").await;
    let password = password("sipp");
    for name in NAMES {
        let home = tempfile::tempdir().unwrap();
        let rows = written("sipp", &registrar, name, Secret::Password(&password));
        fs::write(home.path().join("rows.csv"), rows.expose()).unwrap();
        write(&home, "register.xml", &scenario());
        let target = format!("127.0.0.1:{}", registrar.port());
        let port = free_port().to_string();
        let mut sipp = Command::new("sipp");
        sipp.current_dir(home.path())
            .args([
                "-sf",
                "register.xml",
                "-inf",
                "rows.csv",
                "-m",
                "1",
                "-nostdin",
            ])
            .args(["-i", "127.0.0.1", "-p", &port, "-timeout", "10s", &target])
            .stdout(Stdio::null());

        let ended = tokio::task::spawn_blocking(move || sipp.status()).await;

        assert!(ended.unwrap().unwrap().success(), "{name}");
    }
}

/// A Kamailio that registers as its table says. It is stopped when it is dropped.
struct Kamailio {
    child: Child,
    _home: TempDir,
}

impl Kamailio {
    fn start(row: &[u8]) -> Self {
        const TABLES: &str = "/usr/share/kamailio/db_sqlite";
        let home = tempfile::tempdir().unwrap();
        let database = home.path().join("kamailio.db");
        let rows = home.path().join("rows.sql");
        fs::write(&rows, row).unwrap();
        let standard = Path::new(TABLES).join("standard-create.sql");
        for script in [standard, Path::new(TABLES).join("uac-create.sql"), rows] {
            let mut sqlite = Command::new("sqlite3");
            let script = fs::File::open(script).unwrap();
            let ended = sqlite.arg(&database).stdin(script).status().unwrap();
            assert!(ended.success());
        }
        let address = format!("127.0.0.1:{}", free_port());
        let modules = ["tm", "sl", "rr", "pv", "db_sqlite", "uac"];
        let modules = modules
            .map(|name| format!("loadmodule \"{name}.so\"\n"))
            .concat();
        let config = format!(
            "#!KAMAILIO\nchildren=1\nlisten=udp:{address}\nauto_aliases=no\n\
             disable_tcp=yes\nmpath=\"/usr/lib/x86_64-linux-gnu/kamailio/modules/\"\n{modules}\
             modparam(\"uac\", \"reg_db_url\", \"sqlite:///{}\")\n\
             modparam(\"uac\", \"reg_contact_addr\", \"{address}\")\n\
             modparam(\"uac\", \"reg_timer_interval\", 1)\n\
             request_route {{ sl_send_reply(\"404\", \"Not Found\"); }}\n",
            database.display()
        );
        write(&home, "kamailio.cfg", &config);
        let child = Command::new("kamailio")
            .args(["-DD", "-E", "-Y"])
            .arg(home.path())
            .arg("-f")
            .arg(home.path().join("kamailio.cfg"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, _home: home }
    }
}

impl Drop for Kamailio {
    fn drop(&mut self) {
        // Asked to end, it ends its own children as well.
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}

/// Registers with the fields of the file: the user, the realm, and the answer to the challenge.
fn scenario() -> String {
    let register = |number: u32, more: &str| {
        format!(
            "<send retrans=\"500\"><![CDATA[\n\n\
             REGISTER sip:[field1] SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n\
             Max-Forwards: 70\n\
             From: <sip:[field0]@[field1]>;tag=[call_number]\n\
             To: <sip:[field0]@[field1]>\n\
             Call-ID: [call_id]\n\
             CSeq: {number} REGISTER\n\
             Contact: <sip:sipp@[local_ip]:[local_port]>\n\
             Expires: 60\n{more}\
             Content-Length: 0\n\n]]></send>\n"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"register\">\n\
         {}<recv response=\"401\" auth=\"true\"/>\n{}<recv response=\"200\"/>\n</scenario>\n",
        register(1, ""),
        register(2, "[field2]\n"),
    )
}
