//! From a CSV file to hashed XML bodies: parsed, validated, hashed and serialized as in an import,
//! but without the plan, the journal and the network.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use md5::{Digest as _, Md5};
use registrar_bandwidth::dashboard::{
    Domain, NewCredential, Realm, RealmId, RealmStatus, Scope, UserName, create_body,
};
use registrar_digest::{HashMaker, Hashes};
use registrar_import::csv::{Batch, Layout, Records, Text, Watched};
use registrar_import::{Proof, Realms, Rules, Wanted};

use super::REALM;
use super::row::Row;

/// Rows of the file.
const ROWS: usize = 1_000_000;
/// SIP credentials in one body.
const TOGETHER: usize = 100;
/// The number of the realm, which the bodies go to.
const REALM_ID: RealmId = RealmId(22);
/// Rounds, in each of which everybody has a turn.
const ROUNDS: usize = 5;
/// The argument with which this program makes the bodies once and tells its memory.
const ONCE: &str = "--bodies-of=";
/// Most memory, in MiB.
const MOST_MEMORY: f64 = 64.0;

/// All rows. Each round has the hashes alone, one thread, two threads and Python in turn.
pub(crate) fn measure() -> Vec<Row> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    write_file(&path);
    let (mut alone, mut one, mut two, mut python) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        alone.push(hashes_alone().as_secs_f64());
        let (time, length) = bodies(&path, 1);
        one.push(time.as_secs_f64());
        let (time, also) = bodies(&path, 2);
        two.push(time.as_secs_f64());
        assert_eq!(also, length, "two threads write the same");
        let (time, also) = by_python(&path);
        python.push(time);
        assert_eq!(also, length, "Python writes the same");
    }
    let memory = (0..ROUNDS).map(|_| memory(&path)).collect();
    vec![
        Row {
            what: "CSV to hashed XML bodies, 1,000,000 rows, one thread",
            against: "the same hashes by md-5 alone",
            unit: "s",
            ours: one.clone(),
            peers: alone,
            budget: 2.5,
        },
        Row {
            what: "the same, the largest resident memory of the whole process",
            against: "64 MiB",
            unit: "MiB",
            ours: memory,
            peers: vec![MOST_MEMORY; ROUNDS],
            budget: 1.0,
        },
        Row {
            what: "the same, two threads",
            against: "one thread",
            unit: "s",
            ours: two,
            peers: one.clone(),
            budget: 0.6,
        },
        Row {
            what: "the same, one thread",
            against: "a Python script (csv, hashlib, xml.sax.saxutils.escape)",
            unit: "s",
            ours: one,
            peers: python,
            budget: 0.25,
        },
    ]
}

/// Makes the bodies once where this process was started for that, and tells its memory.
pub(crate) fn once(arguments: &[String]) -> bool {
    let Some(path) = arguments.iter().find_map(|one| one.strip_prefix(ONCE)) else {
        return false;
    };
    bodies(Path::new(path), 1);
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    println!("{}", line.unwrap().split_whitespace().nth(1).unwrap());
    true
}

/// The largest resident memory of a process that does nothing else, in MiB.
fn memory(path: &Path) -> f64 {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg(format!("{ONCE}{}", path.display()))
        .output()
        .unwrap();
    let kilobytes: f64 = String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .unwrap();
    kilobytes / 1024.0
}

fn user(row: usize) -> String {
    format!("{}", 5_550_000 + row)
}

fn password(row: usize) -> String {
    format!("Pw{row:07}kTzqRmWdXvBnJ")
}

fn write_file(path: &Path) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    writeln!(file, "User name,Realm,Password").unwrap();
    for row in 0..ROWS {
        writeln!(file, "{},{REALM},{}", user(row), password(row)).unwrap();
    }
    file.flush().unwrap();
}

/// Hashes the same texts, which lie ready.
fn hashes_alone() -> Duration {
    const PART: usize = 10_000;
    let mut spent = Duration::ZERO;
    let mut digits = 0_u8;
    for part in 0..ROWS / PART {
        let texts: Vec<[String; 2]> = (part * PART..(part + 1) * PART)
            .map(|row| {
                let (user, password) = (user(row), password(row));
                [
                    format!("{user}:{REALM}:{password}"),
                    format!("{user}@{REALM}:{REALM}:{password}"),
                ]
            })
            .collect();
        let began = Instant::now();
        for text in texts.iter().flatten() {
            digits ^= Md5::digest(text.as_bytes())[0];
        }
        spent += began.elapsed();
    }
    // What nobody reads need not be computed.
    std::hint::black_box(digits);
    spent
}

fn bodies(path: &Path, threads: usize) -> (Duration, usize) {
    let realms = Realms::new(&[Realm {
        id: REALM_ID,
        name: REALM.to_owned(),
        description: String::new(),
        default: true,
        credential_count: 0,
        status: RealmStatus::Active,
    }]);
    let began = Instant::now();
    let text = Text::begin(Watched::open(path).unwrap()).unwrap();
    let (layout, records) = Layout::find(text).unwrap();
    let rules = Rules {
        layout: &layout,
        realms: &realms,
    };
    let records = Mutex::new(records);
    let length = std::thread::scope(|scope| {
        let work = || scope.spawn(|| work(&records, rules));
        let workers: Vec<_> = (0..threads).map(|_| work()).collect();
        let lengths = workers.into_iter().map(|worker| worker.join().unwrap());
        lengths.sum()
    });
    records.into_inner().unwrap().into_source().end().unwrap();
    (began.elapsed(), length)
}

fn work(records: &Mutex<Records<Watched>>, rules: Rules<'_>) -> usize {
    let mut batch = Batch::default();
    let mut maker = HashMaker::default();
    let mut length = 0;
    loop {
        records
            .lock()
            .unwrap()
            .read(&mut batch, TOGETHER * 5)
            .unwrap();
        if batch.is_empty() {
            return length;
        }
        let rows: Vec<_> = batch.rows().map(|row| rules.check(&row).unwrap()).collect();
        for rows in rows.chunks(TOGETHER) {
            let new: Vec<_> = rows.iter().map(|row| credential(row, &mut maker)).collect();
            length += create_body(Scope::Realm(REALM_ID), &new).len();
        }
    }
}

/// Returns what the row makes, with its hashes.
fn credential(row: &Wanted<'_>, maker: &mut HashMaker) -> NewCredential {
    let Proof::Password(password) = row.proof else {
        panic!("each row has a password");
    };
    let realm = &row.realm.name;
    NewCredential {
        user_name: UserName::parse(row.user_name).unwrap(),
        domain: row.domain.map(|domain| Domain::parse(domain).unwrap()),
        hashes: Hashes::from(&maker.make(row.user_name, row.domain, realm, password)),
        realm: realm.clone(),
        application_id: row.application.map(Into::into),
    }
}

fn by_python(path: &Path) -> (f64, usize) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/bodies.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(path)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said = String::from_utf8_lossy(&output.stdout);
    let (time, length) = said.trim().split_once(' ').unwrap();
    (time.parse().unwrap(), length.parse().unwrap())
}
