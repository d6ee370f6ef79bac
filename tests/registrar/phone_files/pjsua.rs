//! The options of pjsua. Debian doesn't have the program: a script on its library reads the file as the
//! program does.

use std::fs;

use super::registers_everywhere;
use crate::clients::Client;
use crate::free_port;
use crate::peers::Told;
use crate::pjsua2::python;

const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/registrar/phone_files/pjsua.py"
);

#[tokio::test(flavor = "multi_thread")]
async fn pjsua_registers_with_its_options() {
    registers_everywhere("pjsua", async |file, _| {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("options.txt");
        fs::write(&path, file.expose()).unwrap();
        let (path, port) = (path.display().to_string(), free_port().to_string());
        let options = ["--local-port", &port, "--bound-addr", "127.0.0.1"];
        let arguments = [&[SCRIPT, "--config-file", &path][..], &options].concat();
        let mut phone = Client::start(home, python(), &arguments);
        let told = phone.told("registration 200", "registration 401").await;
        assert_eq!(told, Told::Registered);
        phone
    })
    .await;
}
