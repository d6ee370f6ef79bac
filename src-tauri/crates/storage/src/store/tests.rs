use super::*;

const NAME: &str = "state.json";

#[test]
fn what_was_written_is_read_back_also_by_another_store() {
    let (folder, store) = store();

    store.write(NAME, 1, &vec!["a", "b"]).unwrap();

    let other = Store::open(folder.path()).unwrap();
    assert_eq!(other.read(NAME, 1).unwrap(), found(&["a", "b"]));
    assert_eq!(read(&store), found(&["a", "b"]));
}

#[test]
fn a_file_that_was_never_written_is_missing() {
    let (_folder, store) = store();

    assert_eq!(read(&store), Loaded::Missing);
}

#[test]
fn a_missing_folder_is_made_with_all_above_it() {
    let above = tempfile::tempdir().unwrap();

    let store = Store::open(&above.path().join("a/b/c")).unwrap();

    store.write(NAME, 1, &["x"]).unwrap();
    assert!(above.path().join("a/b/c").join(NAME).exists());
}

#[test]
fn a_file_cut_at_any_byte_is_set_aside_with_what_it_held() {
    let (folder, store) = store();
    store.write(NAME, 1, &["alpha"]).unwrap();
    let whole = fs::read(folder.path().join(NAME)).unwrap();

    for length in 0..whole.len() {
        fs::write(folder.path().join(NAME), &whole[..length]).unwrap();

        let Loaded::SetAside { as_name } = read(&store) else {
            panic!("cut at {length} was not noticed");
        };

        let kept = fs::read(folder.path().join(as_name)).unwrap();
        assert_eq!(kept, &whole[..length], "nothing of it is lost");
        assert_eq!(read(&store), Loaded::Missing, "it moved away");
    }
    let aside = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(aside, whole.len(), "no damaged file replaced another");
}

#[test]
fn a_kill_before_the_rename_leaves_the_old_file() {
    let (folder, store) = store();
    store.write(NAME, 1, &["old"]).unwrap();
    let leftover = folder.path().join(format!("{UNFINISHED}x"));

    fs::write(&leftover, br#"{"version":1,"da"#).unwrap();

    let after = Store::open(folder.path()).unwrap();
    assert_eq!(read(&after), found(&["old"]));
    assert!(leftover.exists(), "it may be another process at work");
    let long_ago = File::options().write(true).open(&leftover).unwrap();
    let modified = long_ago.metadata().unwrap().modified().unwrap();
    long_ago.set_modified(modified - 2 * ABANDONED).unwrap();
    drop(long_ago);
    Store::open(folder.path()).unwrap();
    assert!(!leftover.exists(), "what nobody writes any more is removed");
}

#[test]
fn a_newer_file_is_told_and_never_overwritten() {
    let (folder, store) = store();
    store.write(NAME, 7, &["new"]).unwrap();
    let before = fs::read(folder.path().join(NAME)).unwrap();
    let older = Store::open(folder.path()).unwrap();

    let written = older.write(NAME, 1, &["old"]);

    assert!(matches!(written, Err(Error { .. })), "{written:?}");
    assert_eq!(read(&older), Loaded::Newer { version: 7 });
    assert_eq!(fs::read(folder.path().join(NAME)).unwrap(), before);
}

#[test]
fn updates_by_clones_of_a_store_lose_nothing() {
    let (_folder, store) = store();
    let clones: Vec<Store> = (0..8).map(|_| store.clone()).collect();

    std::thread::scope(|scope| {
        for (number, clone) in clones.iter().enumerate() {
            scope.spawn(move || {
                for turn in 0..20 {
                    add(clone, format!("{number}-{turn}")).unwrap();
                }
            });
        }
    });

    let Loaded::Found(kept) = read(&store) else {
        panic!("nothing was kept")
    };
    assert_eq!(kept.len(), 8 * 20);
}

#[test]
fn a_refused_or_empty_update_writes_nothing() {
    let (folder, store) = store();
    add(&store, "a".to_owned()).unwrap();
    let path = folder.path().join(NAME);
    let written = || fs::metadata(&path).unwrap().modified().unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    let file = File::options().write(true).open(&path).unwrap();
    file.set_modified(long_ago).unwrap();

    let refused = store.update(NAME, 1, |names: &mut Vec<String>| {
        names.clear();
        Err::<(), _>(refusal())
    });
    store
        .update(NAME, 1, |_: &mut Vec<String>| Ok::<_, Error>(()))
        .unwrap();

    let refused = refused.unwrap_err();
    assert_eq!(refused.what, refusal().what);
    assert_eq!(written(), long_ago);
    assert_eq!(read(&store), found(&["a"]));
}

#[test]
fn a_newer_file_is_not_updated() {
    let (folder, store) = store();
    store.write(NAME, 7, &["new"]).unwrap();
    let before = fs::read(folder.path().join(NAME)).unwrap();

    let updated = add(&store, "old".to_owned());

    assert!(matches!(updated, Err(Error { .. })), "{updated:?}");
    assert_eq!(fs::read(folder.path().join(NAME)).unwrap(), before);
}

#[test]
fn a_file_is_removed_only_while_it_is_over() {
    let (_folder, store) = store();
    add(&store, "a".to_owned()).unwrap();
    let remove_empty = || store.remove_if(NAME, 1, |names: &Vec<String>| names.is_empty());

    remove_empty().unwrap();
    assert_eq!(read(&store), found(&["a"]));

    store.write(NAME, 1, &Vec::<String>::new()).unwrap();
    remove_empty().unwrap();
    assert_eq!(read(&store), Loaded::Missing);
}

#[test]
fn a_damaged_file_that_nobody_read_is_not_overwritten_either() {
    let (folder, store) = store();
    fs::write(folder.path().join(NAME), "not ours").unwrap();

    store.write(NAME, 1, &["new"]).unwrap();

    let aside = fs::read_to_string(folder.path().join("state.json.damaged-1")).unwrap();
    assert_eq!(aside, "not ours");
    assert_eq!(read(&store), found(&["new"]));
}

#[test]
fn a_folder_that_cannot_be_written_is_a_storage_failure() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("folder");
    let store = Store::open(&folder).unwrap();
    fs::remove_dir(&folder).unwrap();
    fs::write(&folder, "a file is in the way").unwrap();

    let written = store.write(NAME, 1, &["x"]);
    let opened = Store::open(&folder);

    assert!(matches!(written, Err(Error { .. })), "{written:?}");
    assert!(matches!(opened, Err(Error { .. })), "{opened:?}");
}

#[test]
fn a_name_that_leads_out_of_the_folder_is_refused() {
    let (_folder, store) = store();

    for name in ["../x", "/x", "a/b", "..", "", "a\\b", ".hidden"] {
        assert!(store.write(name, 1, &["x"]).is_err(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn only_this_user_can_read_the_folder_and_its_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("folder");
    let store = Store::open(&folder).unwrap();

    store.write(NAME, 1, &["x"]).unwrap();

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join(NAME)), 0o600);
}

fn add(store: &Store, name: String) -> Result<(), Error> {
    store.update(NAME, 1, |names: &mut Vec<String>| {
        names.push(name);
        Ok(())
    })
}

fn refusal() -> Error {
    storage("what the caller refuses", io::ErrorKind::Other.into())
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

fn read(store: &Store) -> Loaded<Vec<String>> {
    store.read(NAME, 1).unwrap()
}

fn found(lines: &[&str]) -> Loaded<Vec<String>> {
    Loaded::Found(lines.iter().map(ToString::to_string).collect())
}
