use proptest::test_runner::Config;

use super::super::Jobs;
use super::*;
use crate::Secret;
use registrar_bandwidth::dashboard::RealmId;

fn step(line: u64) -> Step {
    let action = match line % 3 {
        0 => Action::AlreadyRight,
        1 => Action::Create {
            realm: RealmId(22),
            application: None,
            secret: Secret::ToMake,
        },
        _ => Action::Create {
            realm: RealmId(22),
            application: None,
            secret: Secret::Given(crate::step::tests::hashes("x")),
        },
    };
    Step {
        line,
        user_name: format!("user{line}"),
        domain: None,
        realm: "r.example".to_owned(),
        action,
    }
}

fn plan(rows: u64) -> (tempfile::TempDir, Plan) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Jobs::at(folder.path().join("jobs")).plan().unwrap();
    for line in 1..=rows {
        writer.push(&step(line)).unwrap();
    }
    let plan = writer.seal().unwrap();
    (folder, plan)
}

#[test]
fn a_plan_is_read_in_its_order_from_any_row_on() {
    let (_folder, plan) = plan(1000);

    assert_eq!(plan.counts().rows, 1000);
    assert_eq!(plan.counts().create, 667);
    assert_eq!(plan.counts().passwords, 334);
    for first in [0, 1, 255, 256, 257, 999] {
        let mut rows = plan.rows(first).unwrap();
        for expected in first..(first + 3).min(1000) {
            let (number, step) = rows.next().unwrap().unwrap();
            assert_eq!((number, step.line), (expected, expected + 1));
        }
    }
    for behind in [1000, 1001, 1_000_000] {
        assert!(plan.rows(behind).unwrap().next().unwrap().is_none());
    }
}

#[test]
fn a_plan_that_is_dropped_leaves_nothing_behind() {
    let (folder, plan) = plan(3);

    drop(plan);

    let left = fs::read_dir(folder.path().join("jobs")).unwrap().count();
    assert_eq!(left, 0);
}

#[test]
fn plan_with_a_missing_or_changed_byte_is_rejected() {
    let (_folder, plan) = plan(5);
    let folder = plan.draft.folder.clone();
    let whole = fs::read(folder.join(PLAN)).unwrap();

    for at in 0..whole.len() {
        fs::write(folder.join(PLAN), &whole[..at]).unwrap();
        assert!(Steps::open(&folder).unwrap().is_none(), "cut at {at}");

        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(folder.join(PLAN), &changed).unwrap();
        assert!(Steps::open(&folder).unwrap().is_none(), "changed at {at}");
    }
    fs::write(folder.join(PLAN), &whole).unwrap();
    assert!(Steps::open(&folder).unwrap().is_some());
}

#[cfg(unix)]
#[test]
fn only_this_user_can_read_a_plan() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, plan) = plan(1);

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&plan.draft.folder), 0o700);
    assert_eq!(mode(&plan.draft.folder.join(PLAN)), 0o600);
}

proptest::proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(16) })]
    #[test]
    fn any_plan_that_is_saved_is_loaded_step_by_step(
        steps in proptest::collection::vec(super::super::step::tests::any_step(), 0..40),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let jobs = Jobs::at(folder.path().join("jobs"));
        let mut writer = jobs.plan().unwrap();
        for step in &steps {
            writer.push(step).unwrap();
        }
        let counts = writer.counts();
        let plan = writer.seal().unwrap();

        let loaded = Steps::open(&plan.draft.folder).unwrap().unwrap();

        assert_eq!(loaded.counts, counts);
        let mut rows = loaded.from(0).unwrap();
        for step in &steps {
            let (_, read) = rows.next().unwrap().unwrap();
            assert_eq!(read.write().unwrap(), step.write().unwrap());
        }
        assert!(rows.next().unwrap().is_none());
    }
}
