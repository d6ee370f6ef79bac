//! A CSV file of people, as read by an import.

use registrar_bandwidth::dashboard::{Realm, RealmId, RealmStatus};
use registrar_import::csv::{Batch, Fault, Layout, Text};
use registrar_import::{Proof, Realms, Rules, Wanted};
use registrar_secret::SipPassword;
use registrar_spreadsheet::{UTF_8_MARK, write_row};

use crate::memory::bounded;

/// Most rows that are looked at together. Small, so that short input meets the end of a batch.
const TOGETHER: usize = 3;

/// Reads `bytes` as a file with rows for two realms.
///
/// # Panics
///
/// Panics where lines do not follow each other, where a row that can be used holds what may not be
/// sent, where it means something else once it is written anew, or where too much memory is held.
pub fn run(bytes: &[u8]) {
    let realms = realms();
    let first = bounded(|| used(bytes, &realms));
    let mut written = UTF_8_MARK.as_bytes().to_vec();
    let heading = ["user name", "domain", "realm", "application id"];
    write_row(&heading, &mut written);
    for row in &first {
        write_row(&row.each_ref().map(String::as_str), &mut written);
    }
    let text = String::from_utf8_lossy(&written);
    assert_eq!(used(&written, &realms), first, "{text}");
}

/// Returns user name, domain, realm and voice application of each row that can be used.
fn used(bytes: &[u8], realms: &Realms) -> Vec<[String; 4]> {
    let found = Text::begin(bytes)
        .map_err(Fault::from)
        .and_then(Layout::find);
    let Ok((layout, mut records)) = found else {
        return Vec::new();
    };
    let rules = Rules {
        layout: &layout,
        realms,
    };
    let mut last = layout.line;
    let mut used = Vec::new();
    let mut batch = Batch::default();
    while records.read(&mut batch, TOGETHER).is_ok() && !batch.is_empty() {
        for row in batch.rows() {
            assert!(
                last <= row.first_line && row.first_line <= row.last_line,
                "line {} after line {last}",
                row.first_line
            );
            last = row.last_line;
            if let Ok(wanted) = rules.check(&row) {
                hold(&wanted);
                used.push([
                    wanted.user_name.to_owned(),
                    wanted.domain.unwrap_or_default().to_owned(),
                    wanted.realm.name.clone(),
                    wanted
                        .application
                        .map(|id| id.to_string())
                        .unwrap_or_default(),
                ]);
            }
        }
    }
    used
}

/// What must be so of every row that can be used.
fn hold(wanted: &Wanted<'_>) {
    let name = wanted.user_name;
    let odd =
        |letter: char| !letter.is_ascii() || letter.is_control() || [':', '@'].contains(&letter);
    assert!(!name.is_empty() && !name.contains(odd), "{name:?}");
    if let Proof::Password(password) | Proof::PasswordAndHashes(password, _) = wanted.proof {
        assert!(SipPassword::check(password) == Ok(password));
    }
    if let Some(domain) = wanted.domain {
        assert!(!domain.is_empty() && !domain.contains(odd), "{domain:?}");
    }
}

fn realms() -> Realms {
    let realm = |id, name: &str, default| Realm {
        id: RealmId(id),
        name: name.to_owned(),
        description: String::new(),
        default,
        credential_count: 0,
        status: RealmStatus::Active,
    };
    Realms::new(&[
        realm(1, "acme.1a2b3c.auth.bandwidth.com", true),
        realm(2, "branch.1a2b3c.auth.bandwidth.com", false),
    ])
}
