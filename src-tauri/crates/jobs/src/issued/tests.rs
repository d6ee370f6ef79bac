use super::super::outcome::Outcome;
use super::super::scripted::*;
use super::super::{JobWork, Plan, Step};
use super::*;

/// A job that ended with these outcomes.
struct Ended {
    jobs: Jobs,
    name: String,
    folder: tempfile::TempDir,
}

impl Ended {
    fn with(rows: &[(Step, Outcome)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let jobs = Jobs::at(folder.path().join("jobs"));
        let mut writer = jobs.plan().unwrap();
        for (step, _) in rows {
            writer.push(step).unwrap();
        }
        let mut plan: Plan = writer.seal().unwrap();
        let passwords = folder.path().join("passwords.csv");
        let title = "people.csv";
        let name = jobs.start(&mut plan, JobWork::Import, title, Some(passwords));
        let name = name.unwrap();
        let mut outcomes = Outcomes::none(rows.len() as u64);
        for (row, (_, outcome)) in (0..).zip(rows) {
            outcomes.end(row, outcome);
        }
        let own = jobs.folder_of(&name).unwrap();
        write(&own, &plan.steps, &outcomes).unwrap();
        let mut header = jobs.header(&own).unwrap().unwrap();
        header.end = Some(super::super::header::End {
            at_ms: 7,
            tally: super::super::Tally::default(),
            set_aside: None,
        });
        header.write(&own).unwrap();
        drop(plan);
        Self { jobs, name, folder }
    }

    fn holding(self, name: &str, password: &SipPassword) -> Self {
        let path = self.folder.path().join("passwords.csv");
        let mut file = passwords::PasswordsFile::open(&path, &|_| false).unwrap();
        let line = passwords::Line {
            user_name: name,
            domain: None,
            realm: "office.abc123.auth.example",
            password,
            application: None,
        };
        file.append(&passwords::text(&[line])).unwrap();
        self
    }

    fn issued(&self, with_passwords: bool) -> Result<Vec<Issued>, Error> {
        self.jobs.issued(&self.name, with_passwords)?.next_ones()
    }
}

fn names(issued: &[Issued]) -> Vec<&str> {
    issued.iter().map(|one| one.composite.as_str()).collect()
}

#[test]
fn only_rows_with_a_new_password_are_listed_as_stored() {
    let amy = kept("amy");
    let renamed = Reason::Renamed {
        name: "Zoe".to_owned(),
    };
    let ended = Ended::with(&[
        (new_with_password("bob"), Outcome::of(Kind::Made)),
        (new("joe"), Outcome::refused(Reason::Twice)),
        (new("zoe"), Outcome::with(Kind::MadeRenamed, renamed)),
        (
            replaced(&amy, hashes("amy", &password())),
            Outcome::of(Kind::Replaced),
        ),
        (moved(&amy), Outcome::of(Kind::Moved)),
        (new("eve"), Outcome::of(Kind::NotDone)),
    ]);

    let issued = ended.issued(false).unwrap();

    assert_eq!(names(&issued), ["bob", "Zoe", "amy"]);
    assert!(issued.iter().all(|one| one.password.is_none()));
}

#[test]
fn generated_passwords_come_from_the_persons_file() {
    let made = SipPassword::make();
    let ended = Ended::with(&[
        (new_with_password("bob"), Outcome::of(Kind::Made)),
        (new("eve"), Outcome::of(Kind::Made)),
    ])
    .holding("BOB", &made);
    assert_eq!(ended.jobs.has_issued(&ended.name), (true, true));

    let issued = ended.issued(true).unwrap();

    assert!(issued[0].password.as_ref().unwrap().matches(&made));
    assert!(issued[1].password.is_none(), "its file had it, not ours");
    let own = ended.jobs.folder_of(&ended.name).unwrap();
    let listed = std::fs::read(own.join(ISSUED)).unwrap();
    assert!(!String::from_utf8_lossy(&listed).contains(made.expose()));

    std::fs::remove_file(ended.folder.path().join("passwords.csv")).unwrap();
    assert_eq!(ended.jobs.has_issued(&ended.name), (true, false));
    assert!(matches!(ended.issued(true), Err(Error::Storage(_))));
    assert_eq!(ended.issued(false).unwrap().len(), 2);
}

#[test]
fn a_list_that_is_cut_or_missing_is_not_taken_for_a_whole_one() {
    let rows = ["bob", "amy", "joe"].map(|name| (new_with_password(name), Outcome::of(Kind::Made)));
    let ended = Ended::with(&rows);
    let path = ended.jobs.folder_of(&ended.name).unwrap().join(ISSUED);
    let whole = std::fs::read(&path).unwrap();

    std::fs::write(&path, &whole[..whole.len() - 3]).unwrap();
    assert!(ended.issued(false).is_err());

    std::fs::remove_file(&path).unwrap();
    assert!(!ended.jobs.has_issued(&ended.name).0);
    assert!(matches!(ended.issued(false), Err(Error::OutOfStep)));
}

#[test]
fn many_rows_are_read_part_by_part() {
    let rows: Vec<_> = (0..READ_TOGETHER + 3)
        .map(|place| {
            (
                new_with_password(&format!("p{place}")),
                Outcome::of(Kind::Made),
            )
        })
        .collect();
    let ended = Ended::with(&rows);
    let mut read = ended.jobs.issued(&ended.name, false).unwrap();

    let sizes = [(); 3].map(|()| read.next_ones().unwrap().len());

    assert_eq!(sizes, [READ_TOGETHER, 3, 0]);
}
