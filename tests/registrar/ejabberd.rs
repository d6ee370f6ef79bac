//! ejabberd as a SIP registrar: it answers 404 to a query when nobody is registered.

use registrar_secret::SipPassword;
use registrar_sip::CheckKind;
use registrar_sip::answer::Proof;
use registrar_sip::verdict::{Unregistered, Verdict};

use crate::clients::{Client, write};
use crate::credentials::{CREDENTIALS, Credential};
use crate::{BOTH, REALM, app_checks, free_port};

/// Debian's place for Erlang's libraries of ejabberd.
const LIBRARIES: &str = "/usr/lib/x86_64-linux-gnu";

#[tokio::test(flavor = "multi_thread")]
async fn the_check_agrees_with_ejabberd() {
    let (port, credential) = (free_port(), &CREDENTIALS[0]);
    let _ejabberd = start(port, credential).await;
    let name = credential.name();
    for transport in BOTH {
        let [password, ..] = credential.proofs();
        for kind in [CheckKind::Query, CheckKind::Full] {
            let right = app_checks(port, &name, password.clone(), kind, transport).await;

            let verdict = &right.verdict;
            assert!(verdict.proved(), "{kind:?} {transport:?}: {verdict:?}");
            let full = kind == CheckKind::Full;
            assert_eq!(right.unregistered, full.then_some(Unregistered::Done));
        }
        let wrong = Proof::Password(SipPassword::new("wrong"));
        let wrong = app_checks(port, &name, wrong, CheckKind::Query, transport).await;
        let verdict = &wrong.verdict;
        assert!(
            matches!(verdict, Verdict::CredentialRefused { .. }),
            "{verdict:?}"
        );
    }
}

/// Starts it with one user, without Erlang's network of nodes.
async fn start(port: u16, credential: &Credential) -> Client {
    let home = tempfile::tempdir().unwrap();
    let listen = |transport: &str| {
        format!(
            "  - port: {port}\n    ip: \"127.0.0.1\"\n    transport: {transport}\n    \
             module: ejabberd_sip\n"
        )
    };
    let config = format!(
        "hosts: [\"{REALM}\"]\nlisten:\n{}{}modules:\n  mod_sip: {{}}\n",
        listen("udp"),
        listen("tcp")
    );
    write(&home, "ejabberd.yml", &config);
    let path = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    let environment = [
        format!("EJABBERD_CONFIG_PATH={}", path("ejabberd.yml")),
        format!("EJABBERD_LOG_PATH={}", path("ejabberd.log")),
        format!("ERL_LIBS={LIBRARIES}"),
    ];
    let register = format!(
        "ok = ejabberd_auth:try_register(<<\"{}\">>, <<\"{REALM}\">>, <<\"{}\">>), \
         io:format(\"user is there~n\")",
        credential.user, credential.password
    );
    let database = format!("\"{}\"", path("database"));
    let mut arguments: Vec<&str> = environment.iter().map(String::as_str).collect();
    arguments.extend(["erl", "-noinput", "-mnesia", "dir", &database]);
    arguments.extend(["-s", "ejabberd", "-eval", &register]);
    let mut ejabberd = Client::start(home, "env", &arguments);
    ejabberd.says(&["user is there"]).await;
    ejabberd
}
