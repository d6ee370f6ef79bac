//! Files that are refused as a whole, and bad rows that don't affect other rows.

use super::*;

#[test]
fn what_is_no_list_is_refused_whole_with_what_it_is() {
    let desk = Desk::new();
    let noise: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let wide = format!("user{}\nanna\n", ",more".repeat(10_000));
    let fault = |bytes: Vec<u8>| {
        let fault = fault(desk.plan_of(&desk.file(bytes)));
        assert_nothing_is_left(&desk);
        fault
    };
    assert!(matches!(fault(noise), Fault::Unusable(Unusable::Binary)));
    let sheet = b"PK\x03\x04sheet".to_vec();
    assert!(matches!(fault(sheet), Fault::Unusable(Unusable::Workbook)));
    let wide = wide.into_bytes();
    assert!(matches!(fault(wide), Fault::TooManyColumns { .. }));
    let refused = desk.plan_of(desk.folder.path());
    assert!(matches!(
        refused,
        Err(Error::File(Fault::Unusable(Unusable::Directory)))
    ));
    assert_nothing_is_left(&desk);
}

#[test]
fn ten_thousand_cells_in_one_row_cost_that_row_only() {
    let wide = format!("bob{}\n", ",x".repeat(10_000));

    let actions = Desk::new().actions(&format!("user,password\nanna,x\n{wide}carl,y\n"));

    assert!(matches!(actions[0], Action::Create { .. }));
    assert_eq!(problem(&actions[1]), Some(Problem::TooManyCells));
    assert!(matches!(actions[2], Action::Create { .. }));
}

#[test]
fn two_gigabytes_are_refused_before_a_byte_is_read() {
    let desk = Desk::new();
    let path = desk.file("user,password\nanna,x\n");
    // A sparse file, which takes no disk space.
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_len(2_000_000_000).unwrap();

    let fault = fault(desk.plan_of(&path));

    let bytes = 2_000_000_000;
    assert!(matches!(fault, Fault::TooLarge { bytes: is } if is == bytes));
    assert_nothing_is_left(&desk);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_says_so_and_leaves_nothing() {
    let desk = Desk::new();

    // It is opened like any file, and reading it fails.
    let refused = desk.plan_of(Path::new("/proc/self/mem"));

    assert!(
        matches!(refused, Err(Error::File(Fault::Io(_)))),
        "{refused:?}"
    );
    assert_nothing_is_left(&desk);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_no_plan() {
    use std::io::Write as _;
    let desk = Desk::new();
    let mut text = "user,password\n".to_owned();
    for row in 0..20_000 {
        writeln!(text, "user{row},password{row}").unwrap();
    }
    let path = desk.file(&text);
    let realms = Realms::new(&[realm(1, REALM, true)]);
    let jobs = Jobs::at(desk.folder.path().join("jobs"));
    let changed = AtomicBool::new(false);
    let grow = |_: f64, rows: u64| {
        if rows > 0 && !changed.swap(true, Ordering::Relaxed) {
            let mut file = std::fs::File::options().append(true).open(&path).unwrap();
            file.write_all(b"late,x\n").unwrap();
        }
    };

    let existing = Existing::default();
    let refused = make(
        &path,
        &realms,
        &existing,
        &jobs,
        &CancellationToken::new(),
        &grow,
    );

    assert!(
        matches!(refused, Err(Error::File(Fault::Changed))),
        "{refused:?}"
    );
    assert!(changed.into_inner(), "it was changed on the way");
    assert_nothing_is_left(&desk);
}

#[test]
fn a_million_and_one_rows_are_refused() {
    let desk = Desk::new();
    let text = format!("user\n{}", "x y\n".repeat(1_000_001));

    let refused = desk.plan_of(&desk.file(text));

    assert!(
        matches!(refused, Err(Error::File(Fault::TooManyRows))),
        "{refused:?}"
    );
}
