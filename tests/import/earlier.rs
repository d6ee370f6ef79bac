//! A job started by an earlier version of the app, whose plan and journal contain sentences.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use registrar_app::ipc::JobStage;
use registrar_storage::record_log;
use serde_json::json;

use crate::outcome::read_result;
use crate::world::{REALM, World};

/// A job's name.
const JOB: &str = "0123456789abcdef0123456789abcdef";
/// What that version kept of the row that its plan refused, and of the one that it ended.
const OF_THE_PLAN: &str = "A user name cannot have a colon.";
const OF_THE_JOURNAL: &str = "It is no longer on the account.";

#[tokio::test]
async fn a_job_of_an_earlier_version_goes_on() {
    let world = World::new().await;
    let folder = world.folder.path().join("jobs").join(JOB);
    fs::create_dir_all(&folder).unwrap();
    let refused = json!({ "refused": { "reason": OF_THE_PLAN } });
    let steps = [
        json!({ "l": 2, "u": "a:b", "r": "", "x": refused }),
        create(&world, 3, "ended"),
        create(&world, 4, "waiting"),
    ];
    let mut plan: Vec<Vec<u8>> = (steps.iter())
        .map(|step| [b"s", step.to_string().as_bytes()].concat())
        .collect();
    plan.push([&b"e"[..], &(steps.len() as u64).to_le_bytes()].concat());
    write(&folder.join("plan"), &plan);
    let begun = json!({ "b": [[1, null]] });
    let ended = json!({ "e": [[1, { "k": "refused", "n": OF_THE_JOURNAL }]] });
    let journal = [begun, ended].map(|record| record.to_string().into_bytes());
    write(&folder.join("journal"), &journal);
    let counts = json!({
        "rows": 3, "create": 2, "replace": 0, "move": 0, "delete": 0, "already_right": 0,
        "refused": 1, "passwords": 0,
    });
    let header = json!({ "version": 1, "data": {
        "work": "import", "title": "people.csv", "begun_at_ms": 7, "counts": counts,
        "passwords": null, "end": null,
    }});
    fs::write(folder.join("job.json"), header.to_string()).unwrap();

    let paused = world.view(JOB);
    let ended = world.through(JOB).await;

    assert_eq!((paused.stage, paused.to_go), (JobStage::Paused, 1.0));
    assert_eq!(ended.stage, JobStage::Finished);
    assert_eq!((ended.made, ended.refused), (1.0, 2.0));
    let result = read_result(&world.jobs.result(JOB).unwrap().1);
    let refused = |why: &str| ("refused".to_owned(), why.to_owned());
    assert_eq!(result[&2], refused(OF_THE_PLAN));
    assert_eq!(result[&3], refused(OF_THE_JOURNAL));
    assert_eq!(result[&4].0, "created");
}

fn create(world: &World, line: u64, name: &str) -> serde_json::Value {
    let hashes = world.hashes(name);
    let hashes = [hashes.hash1.expose(), hashes.hash1b.expose()];
    let create = json!({ "realm": REALM, "application": null, "secret": hashes });
    json!({ "l": line, "u": name, "r": world.realm, "x": { "create": create } })
}

fn write(path: &Path, records: &[Vec<u8>]) {
    let mut bytes = Vec::new();
    for record in records {
        record_log::frame(record, &mut bytes);
    }
    let mut file = record_log::create(path).unwrap();
    file.write_all(&bytes).unwrap();
}
