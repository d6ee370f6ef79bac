//! A second Kamailio, which registers as the row in its table says.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use registrar_phones::File;
use tempfile::TempDir;

use super::registers_everywhere;
use crate::clients::write;
use crate::free_port;

#[tokio::test(flavor = "multi_thread")]
async fn kamailio_registers_with_its_row() {
    registers_everywhere("kamailio", async |row, _| Uac::start(row)).await;
}

/// A Kamailio with the module uac. It is stopped when it is dropped.
struct Uac {
    child: Child,
    _home: TempDir,
}

impl Uac {
    fn start(row: &File) -> Self {
        const TABLES: &str = "/usr/share/kamailio/db_sqlite";
        let home = tempfile::tempdir().unwrap();
        let database = home.path().join("kamailio.db");
        let rows = home.path().join("rows.sql");
        fs::write(&rows, row.expose()).unwrap();
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
            "#!KAMAILIO\nchildren=1\nlisten=udp:{address}\nlisten=tcp:{address}\n\
             auto_aliases=no\nmpath=\"/usr/lib/x86_64-linux-gnu/kamailio/modules/\"\n{modules}\
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

impl Drop for Uac {
    fn drop(&mut self) {
        // Asked to end, it ends its own children as well.
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}
