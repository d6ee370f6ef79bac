//! Phone configuration files, read by the programs themselves: each starts with only its file and
//! registers with practice and with Kamailio.

mod kamailio;
mod pjsua;

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::slice;

use registrar_digest::{Hashes, with_realm};
use registrar_phones::{EXPIRY, File, Refusal, Secret, Settings, file, find};
use registrar_practice::registrar::Registrar;
use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use tokio::process::Command;

use crate::clients::{Client, write};
use crate::kamailio::Kamailio;
use crate::peers::Told;
use crate::{REALM, against_practice, free_port, until};

/// Every mark that a user name may have, and a name with a domain.
const NAMES: [&str; 2] = ["o$neil&co=+~!*._-", "bob@somewhere.com"];

/// Longer user names are too long for Kamailio's registrar, escaped as they are in a URI.
const KAMAILIO_USER: usize = 62;

/// What the files of these programs can hold: most of what is awkward anywhere else.
const PASSWORDS: [(&str, &str); 5] = [
    ("baresip", "ab'c<d>e&f;g\\h$i%j#k l=m,\u{e4}"),
    ("kamailio", "a\"b'c<d>e&f;gh$i%j#k l=m,\u{e4}"),
    ("linphone", "a\"b'c<d>e&f;g\\h$i%j#k l=m,\u{e4}"),
    ("pjsua", "ab'c<d>e&f;g\\h$i%j #k l=m,\u{e4}"),
    ("sipp", "ab'c<d>e&fgh$i%j#kl=m,{}`|~"),
];

/// What proves who registers.
#[derive(Clone, Copy, Debug)]
enum By {
    Password,
    Hash1,
    Hash1b,
}

/// What goes into a phone.
#[derive(Debug)]
struct Setup {
    phone: &'static str,
    name: String,
    password: SipPassword,
    by: By,
    transport: TransportName,
}

impl Setup {
    fn hashes(&self) -> Hashes {
        Hashes::make(&self.name, REALM, &self.password)
    }

    /// Writes the phone's file, which finds a registrar on this port.
    fn file(&self, port: u16) -> Result<File, Refusal> {
        let hashes = self.hashes();
        let settings = Settings {
            user_name: &self.name,
            display_name: Some("Front Desk"),
            realm: REALM,
            registrar: "127.0.0.1",
            port: Some(port),
            transport: self.transport,
            expiry: EXPIRY,
            secret: Some(match self.by {
                By::Password => Secret::Password(&self.password),
                By::Hash1 => Secret::Hash1(&hashes.hash1),
                By::Hash1b => Secret::Hash1b(&hashes.hash1b),
            }),
        };
        file(&find(self.phone).unwrap().dialects[0], &settings)
    }

    /// Returns a line of Kamailio's credentials file.
    fn row(&self) -> String {
        let (user, domain) = self.name.split_once('@').unwrap_or((&self.name, "-"));
        let Hashes { hash1, hash1b } = self.hashes();
        format!(
            "{user}\t{domain}\t{}\t{}\n",
            hash1.expose(),
            hash1b.expose()
        )
    }
}

/// Returns every way to set up a phone: each name by password, and by hash where the phone takes
/// one; and the longest name and password.
fn setups(phone: &'static str) -> Vec<Setup> {
    let (_, awkward) = PASSWORDS
        .into_iter()
        .find(|(own, _)| *own == phone)
        .unwrap();
    let ways = if find(phone).unwrap().dialects[0].takes_hash() {
        &[By::Password, By::Hash1, By::Hash1b][..]
    } else {
        &[By::Password]
    };
    let each = NAMES.iter().flat_map(|name| {
        ways.iter().map(|by| Setup {
            phone,
            name: (*name).to_owned(),
            password: SipPassword::new(awkward),
            by: *by,
            transport: TransportName::Udp,
        })
    });
    let over_tcp = Setup {
        phone,
        name: NAMES[1].to_owned(),
        password: SipPassword::new(awkward),
        by: By::Password,
        transport: TransportName::Tcp,
    };
    // What speaks UDP alone is told so outside of its file.
    let over_tcp = Some(over_tcp).filter(|_| !["pjsua", "sipp"].contains(&phone));
    each.chain([longest(phone, awkward)])
        .chain(over_tcp)
        .collect()
}

/// Returns the longest name and the longest password that the phone's file takes.
fn longest(phone: &'static str, awkward: &str) -> Setup {
    let of = |domain: usize, letters: usize| {
        let password: String = awkward.chars().cycle().take(letters).collect();
        Setup {
            phone,
            name: format!("{}@{}", "n".repeat(32), "d".repeat(domain)),
            password: SipPassword::new(password),
            by: By::Password,
            transport: TransportName::Udp,
        }
    };
    let is_taken = |domain: usize, letters: usize| of(domain, letters).file(u16::MAX).is_ok();
    let domain = (1..=32).rev().find(|domain| is_taken(*domain, 1)).unwrap();
    let letters = (1..=SipPassword::LONGEST).rev();
    of(
        domain,
        letters
            .into_iter()
            .find(|letters| is_taken(domain, *letters))
            .unwrap(),
    )
}

/// Two registrars that know all names.
struct Registrars {
    practice: Registrar,
    kamailio: Kamailio,
}

impl Registrars {
    async fn that_know(setups: &[Setup]) -> Self {
        let book = setups.iter().flat_map(|setup| {
            let hashes = setup.hashes();
            let with_realm = with_realm(&setup.name, REALM);
            [
                (setup.name.clone(), hashes.hash1),
                (with_realm, hashes.hash1b),
            ]
        });
        let rows: String = setups.iter().map(Setup::row).collect();
        Self {
            practice: against_practice::registrar_of(book.collect()).await,
            kamailio: Kamailio::start(&rows, 300, true),
        }
    }

    /// Returns whether a phone of that name came to practice by TCP: from another port than the one that
    /// it listens to.
    fn has_come_by_tcp(&self, name: &str) -> bool {
        let bindings = self.practice.bindings(REALM, name);
        bindings.iter().any(|binding| {
            let port = format!(":{}", binding.source.port());
            !binding.contact.contains(&port) || binding.contact.contains("transport=tcp")
        })
    }

    /// Returns how many bindings both hold of a name.
    fn bindings(&self, name: &str) -> usize {
        self.practice.bindings(REALM, name).len() + self.kamailio.bindings().len()
    }
}

/// Sets a phone up in each way for each registrar. `start` starts it with its file and returns once it
/// says that it is registered.
async fn registers_everywhere<P>(phone: &'static str, start: impl AsyncFn(&File, u16) -> P) {
    let setups = setups(phone);
    let registrars = Registrars::that_know(&setups).await;
    for (port, most) in [
        (registrars.practice.port(), usize::MAX),
        (registrars.kamailio.port, KAMAILIO_USER),
    ] {
        for setup in setups.iter().filter(|setup| setup.name.len() < most) {
            let file = setup.file(port).unwrap();
            let before = registrars.bindings(&setup.name);
            eprintln!("{setup:?} at {port}");

            let phone = start(&file, port).await;

            until(|| registrars.bindings(&setup.name) > before).await;
            drop(phone);
            let by_tcp = registrars.has_come_by_tcp(&setup.name);
            let over_tcp = setup.transport == TransportName::Tcp;
            assert!(by_tcp == over_tcp || port != registrars.practice.port());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn linphone_registers_with_its_file() {
    registers_everywhere("linphone", async |file, _| {
        let (mut phone, _) = linphone(file);
        let registered = "to [LinphoneRegistrationOk]";
        let refused = "to [LinphoneRegistrationFailed]";
        assert_eq!(phone.told(registered, refused).await, Told::Registered);
        phone
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn linphone_forgets_where_its_file_was() {
    let setup = longest("linphone", "a");
    let registrar = Registrars::that_know(slice::from_ref(&setup))
        .await
        .practice;
    let (mut phone, config) = linphone(&setup.file(registrar.port()).unwrap());
    phone.says(&["to [LinphoneRegistrationOk]"]).await;

    // It writes its settings when it ends.
    phone.enter("quit").await;

    until(|| !fs::read_to_string(&config).unwrap().contains("phone.xml")).await;
}

/// Starts Linphone with the address of its file, which stands in its settings until it was read.
fn linphone(file: &File) -> (Client, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("phone.xml");
    fs::write(&path, file.expose()).unwrap();
    let port = free_port();
    let settings = format!(
        "[misc]\nconfig-uri=file://{}\n[sip]\nsip_port={port}\nsip_tcp_port={port}\n",
        path.display()
    );
    write(&home, ".local/share/linphone/.keep", "");
    write(&home, ".config/linphone/.keep", "");
    write(&home, "linphonerc", &settings);
    let config = home.path().join("linphonerc");
    let arguments = ["-d", "6", "-c", &config.display().to_string()];
    (Client::start(home, "linphonec", &arguments), config)
}

#[tokio::test(flavor = "multi_thread")]
async fn baresip_registers_with_its_line() {
    registers_everywhere("baresip", async |file, _| {
        let home = tempfile::tempdir().unwrap();
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
        assert_eq!(told, Told::Registered);
        phone
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sipp_registers_with_its_row() {
    registers_everywhere("sipp", async |file, registrar| {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("rows.csv"), file.expose()).unwrap();
        write(&home, "register.xml", &scenario());
        let port = free_port().to_string();
        let ended = Command::new("sipp")
            .current_dir(home.path())
            .args(["-sf", "register.xml", "-inf", "rows.csv"])
            .args(["-m", "1", "-nostdin", "-timeout", "10s"])
            .args(["-i", "127.0.0.1", "-p", &port])
            .arg(format!("127.0.0.1:{registrar}"))
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .status();
        assert!(ended.await.unwrap().success());
    })
    .await;
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
