//! A full disk, and one that isn't writable, under a job: it pauses with instructions and loses
//! nothing.

#[cfg(target_os = "linux")]
use std::fs;
use std::process::{Command, Stdio};

use acceptance::practice_addresses::exposed;
use registrar_app::ipc::JobStage;

use crate::outcome::read_passwords;
use crate::world::World;

/// Works on a job in a process whose files may have so many KiB each, as on a full disk; returns
/// what it said. The signal that would end it is ignored.
fn with_room_for(kib: usize, world: &World, job: &str) -> String {
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
    let addresses = exposed(&world.practice);
    let ended = Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_acceptance-import")])
        .arg(world.folder.path().join("jobs"))
        .args([job, &addresses.token, &addresses.bearer])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    let errors = String::from_utf8_lossy(&ended.stderr);
    said.strip_prefix("begun\n")
        .unwrap_or_else(|| panic!("{said}{errors}"))
        .to_owned()
}

/// Works on a job whose folder is copied to a disk of its own, mounted with these options, with `then`
/// done to it first. `None` where this user may mount nothing. The disk is gone afterwards, and the
/// job is as it was before.
#[cfg(target_os = "linux")]
fn on_a_disk_of_its_own(options: &str, then: &str, world: &World, job: &str) -> Option<String> {
    let disk = world.folder.path().join("disk");
    fs::create_dir_all(&disk).unwrap();
    let script = format!(
        "mount -t tmpfs -o {options} none \"$1\" && cp -a \"$2/.\" \"$1\" && {then} || exit 77
         shift 2; exec \"$0\" \"$@\""
    );
    let addresses = exposed(&world.practice);
    let mapped = [
        "--user",
        "--map-root-user",
        "--mount",
        "bash",
        "-c",
        &script,
    ];
    let ended = Command::new("unshare")
        .args(mapped)
        .arg(env!("CARGO_BIN_EXE_acceptance-import"))
        .args([&disk, &world.folder.path().join("jobs"), &disk])
        .args([job, &addresses.token, &addresses.bearer])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    said.strip_prefix("begun\n").map(str::to_owned)
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn disk_that_fills_under_the_journal_pauses_without_any_loss() {
    let world = World::new().await;
    let rows = world.mixed(40).await;
    let job = world.begin(&rows);
    let plan = world.folder.path().join("jobs").join(&job).join("plan");
    // Room for the plan and some records behind it.
    let size = fs::metadata(plan).unwrap().len() + 28 * 1024;

    let said = on_a_disk_of_its_own(&format!("size={size}"), "true", &world, &job);
    let said = said.unwrap_or_else(|| with_room_for(28, &world, &job));

    assert!(said.contains("couldn’t read or save"), "{said}");
    assert!(
        said.contains("full") && said.contains("Free up space"),
        "{said}"
    );
    let ended = world.through(&job).await;
    assert_eq!(ended.stage, JobStage::Finished);
    world.assert_is(&rows, &job).await;
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn read_only_disk_is_reported_and_nothing_is_sent() {
    let world = World::new().await;
    let rows = world.mixed(1).await;
    let job = world.begin(&rows);
    let before = world.listed().await.len();
    let only = "mount -o remount,ro \"$1\"";

    let said = on_a_disk_of_its_own("size=1m", only, &world, &job);
    let said = said.unwrap_or_else(|| with_room_for(0, &world, &job));

    assert!(said.contains("couldn’t read or save"), "{said}");
    assert!(
        said.contains("read-only") || said.contains("full"),
        "{said}"
    );
    assert_eq!(world.listed().await.len(), before, "nothing was sent");
    assert_eq!(world.through(&job).await.stage, JobStage::Finished);
    world.assert_is(&rows, &job).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full_disk_pauses_the_job_until_there_is_room() {
    let world = World::new().await;
    let rows = world.mixed(20).await;
    let job = world.begin(&rows);

    let mut said = Vec::new();
    for kib in [0, 4, 12, 16, 24] {
        said.push(with_room_for(kib, &world, &job));
    }

    for said in &said {
        assert!(said.contains("couldn’t read or save"), "{said}");
        assert!(
            said.contains("full") && said.contains("Free up space"),
            "{said}"
        );
    }
    let paused = world.view(&job);
    assert_eq!(paused.stage, JobStage::Paused);
    assert!(
        paused.made > 0.0 && paused.to_go > 0.0,
        "it was stopped on the way: {paused:?}"
    );
    let ended = world.through(&job).await;
    assert_eq!(ended.stage, JobStage::Finished);
    world.assert_is(&rows, &job).await;
    assert!(!read_passwords(&world.passwords()).is_empty());
}
