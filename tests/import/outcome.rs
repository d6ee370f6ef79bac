//! A job's results compared with the plan: the account, the password file and the result file.

use std::collections::HashMap;
use std::path::Path;

use registrar_bandwidth::dashboard::Credential;
use registrar_digest::{Hashes, composite};
use registrar_secret::SipPassword;

use crate::rows::{Expected, Row};
use crate::world::World;

/// The passwords file by composite user name. A name in it twice is a failure.
pub(crate) fn read_passwords(path: &Path) -> HashMap<String, SipPassword> {
    let mut found = HashMap::new();
    for record in csv::Reader::from_path(path).unwrap().records() {
        let record = record.unwrap();
        let name = composite(&record[0], Some(&record[1]));
        let before = found.insert(name.clone(), SipPassword::new(&record[3]));
        assert!(before.is_none(), "{name} has two passwords");
    }
    found
}

/// The words of the result file by line.
pub(crate) fn read_result(bytes: &[u8]) -> HashMap<u64, (String, String)> {
    csv::Reader::from_reader(bytes)
        .records()
        .map(|record| {
            let record = record.unwrap();
            let line = record[0].parse().unwrap();
            (line, (record[4].to_owned(), record[5].to_owned()))
        })
        .collect()
}

impl World {
    /// Fails unless the account, the passwords file and the result file are exactly as the plan says.
    /// Returns the names and passwords that were made.
    pub(crate) async fn assert_is(&self, rows: &[Row], job: &str) -> HashMap<String, SipPassword> {
        let mut account: HashMap<String, Credential> = HashMap::new();
        for one in self.listed().await {
            let name = one.composite();
            assert!(
                account.insert(name.clone(), one).is_none(),
                "{name} is there twice"
            );
        }
        let passwords = read_passwords(&self.passwords());
        let (_, result) = self.jobs.result(job).unwrap();
        let result = read_result(&result);
        assert_eq!(result.len(), rows.len(), "a line for each row");

        let mut made = 0;
        for row in rows {
            let name = row.step.composite();
            let (outcome, reason) = &result[&row.step.line];
            assert_eq!(outcome, row.outcome, "{name}: {reason}");
            let there = account.get(&name);
            match &row.expected {
                Expected::Given(hashes, application) => {
                    let there = there.unwrap_or_else(|| panic!("{name} is lost"));
                    assert!(there.hashes.as_ref().unwrap().matches(hashes), "{name}");
                    assert_eq!(there.application_id.as_deref(), *application, "{name}");
                }
                Expected::Made => {
                    made += 1;
                    let there = there.unwrap_or_else(|| panic!("{name} is lost"));
                    let password = passwords.get(&name);
                    let password = password.unwrap_or_else(|| panic!("{name} has no password"));
                    let hashes = Hashes::make(&name, &self.realm, password);
                    assert!(there.hashes.as_ref().unwrap().matches(&hashes), "{name}");
                }
                Expected::Gone => assert!(there.is_none(), "{name} is still there"),
                Expected::Refused => {
                    assert!(!reason.is_empty() || row.outcome != "refused", "{name}");
                }
            }
        }
        assert_eq!(
            passwords.len(),
            made,
            "no password of a row that was refused"
        );
        let mut wanted: Vec<String> = rows
            .iter()
            .filter(|row| matches!(row.expected, Expected::Given(..) | Expected::Made))
            .map(|row| row.step.composite())
            .collect();
        wanted
            .extend((0..rows.len() / 20).flat_map(|n| [format!("right{n}"), format!("taken{n}")]));
        wanted.extend(["reception".to_owned(), "anna@phones.example".to_owned()]);
        let mut there: Vec<String> = account.into_keys().collect();
        wanted.sort();
        there.sort();
        assert_eq!(there, wanted, "nothing more and nothing less");
        self.assert_no_secret_left(rows, &passwords, job);
        passwords
    }

    fn assert_no_secret_left(
        &self,
        rows: &[Row],
        passwords: &HashMap<String, SipPassword>,
        job: &str,
    ) {
        let folder = self.folder.path().join("jobs").join(job);
        let left = std::fs::read_dir(&folder).unwrap();
        let mut left: Vec<String> = left
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["issued", "job.json", "lock", "result.csv"]);

        let issued = std::fs::read(folder.join("issued")).unwrap();
        let issued = String::from_utf8_lossy(&issued);
        for password in passwords.values() {
            assert!(!issued.contains(password.expose()), "a password stays");
        }
        for row in rows {
            if let Expected::Given(hashes, _) = &row.expected {
                assert!(!issued.contains(hashes.hash1.expose()), "a hash stays");
            }
        }
    }
}
