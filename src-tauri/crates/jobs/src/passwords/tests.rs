use super::*;
use registrar_storage::testing::{folder, is_closed_to_others, open_to_others};

const REALM: &str = "r.example";

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = folder();
    let path = folder.path().join("passwords.csv");
    create(&path).unwrap();
    (folder, path)
}

fn name(user_name: &str) -> Name {
    (REALM.to_owned(), user_name.to_owned())
}

fn opened(path: &Path) -> PasswordsFile {
    PasswordsFile::open(path, &|_| true).unwrap()
}

fn add(path: &Path, user_name: &str) -> SipPassword {
    let password = SipPassword::make();
    let mut file = PasswordsFile::open(path, &|_| false).unwrap();
    file.append(&text(&[Line {
        user_name,
        domain: None,
        realm: REALM,
        password: &password,
        application: None,
    }]))
    .unwrap();
    password
}

#[test]
fn existing_file_is_not_overwritten_unless_empty() {
    let (_folder, path) = place();
    create(&path).unwrap();
    let password = add(&path, "bob");

    let refused = create(&path);

    assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    let file = opened(&path);
    assert!(file.held(&name("bob")).unwrap().matches(&password));
}

#[test]
fn file_cut_in_its_last_line_has_a_whole_password_or_none() {
    let (_folder, path) = place();
    let bob = add(&path, "bob");
    let before = fs::read(&path).unwrap().len();
    let eve = add(&path, "eve");
    let whole = fs::read(&path).unwrap();

    for length in before..=whole.len() {
        fs::write(&path, &whole[..length]).unwrap();

        let file = opened(&path);

        assert!(file.held(&name("bob")).unwrap().matches(&bob));
        if let Some(held) = file.held(&name("eve")) {
            assert!(held.matches(&eve), "cut at {length}");
        }
        drop(file);
        let zoe = add(&path, "zoe");
        let file = opened(&path);
        assert!(
            file.held(&name("zoe")).unwrap().matches(&zoe),
            "cut at {length}"
        );
    }
}

#[test]
fn file_saved_with_semicolons_can_be_read() {
    let (_folder, path) = place();
    let bob = add(&path, "bob");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("\u{feff}{}", text.replace(',', ";"))).unwrap();

    let file = opened(&path);

    assert!(file.held(&name("bob")).unwrap().matches(&bob));
}

#[test]
fn names_that_a_spreadsheet_would_change_are_found_again() {
    let (_folder, path) = place();
    let names = ["0012", "+15551234567", "-1", "=a+b", "1E5", "dec1", "TRUE"];
    let passwords = names.map(|name| add(&path, name));
    let exact = fs::read_to_string(&path).unwrap();
    // As a spreadsheet saves it: the texts of the text formulas.
    let saved = exact.replace("\"=\"\"", "\"").replace("\"\"\"", "\"");

    for text in [exact, saved] {
        fs::write(&path, &text).unwrap();

        let file = opened(&path);

        for (user_name, password) in names.iter().zip(&passwords) {
            let held = file.held(&name(user_name));
            assert!(
                held.is_some_and(|held| held.matches(password)),
                "{user_name}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_vanished_or_was_replaced_takes_no_password() {
    let (_folder, path) = place();
    let mut file = PasswordsFile::open(&path, &|_| false).unwrap();
    let password = SipPassword::make();
    let line = || Line {
        user_name: "bob",
        domain: None,
        realm: REALM,
        password: &password,
        application: None,
    };

    fs::remove_file(&path).unwrap();
    let vanished = file.append(&text(&[line()]));
    create(&path).unwrap();
    let replaced = file.append(&text(&[line()]));

    assert_eq!(vanished.unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(replaced.unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn names_that_do_not_exist_are_left_out_and_all_others_stay() {
    let (folder, path) = place();
    add(&path, "bob");
    let eve = add(&path, "eve");

    leave_out(&path, &HashSet::from([name("bob")])).unwrap();

    let file = opened(&path);
    assert!(file.held(&name("bob")).is_none());
    assert!(file.held(&name("eve")).unwrap().matches(&eve));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(windows)]
#[test]
fn an_open_file_cannot_be_removed_or_replaced() {
    let (folder, path) = place();
    let mut file = PasswordsFile::open(&path, &|_| false).unwrap();
    let other = folder.path().join("other.csv");
    fs::write(&other, "another file").unwrap();

    let removed = fs::remove_file(&path);
    let moved = fs::rename(&path, folder.path().join("moved.csv"));
    let replaced = fs::rename(&other, &path);
    let written = File::options().append(true).open(&path);

    for refused in [removed, moved, replaced, written.map(drop)] {
        assert!(refused.is_err());
    }
    file.append(b"anna,,r.example,password,\r\n").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.ends_with("anna,,r.example,password,\r\n"), "{text}");
    drop(file);
    fs::rename(&other, &path).unwrap();
}

#[test]
fn only_this_user_can_read_the_passwords() {
    let (_folder, path) = place();

    assert!(is_closed_to_others(&path));
    add(&path, "bob");
    leave_out(&path, &HashSet::new()).unwrap();
    assert!(is_closed_to_others(&path));
}

#[test]
fn a_file_saved_anew_by_a_spreadsheet_is_closed_again() {
    let (_folder, path) = place();
    let text = fs::read(&path).unwrap();
    let save_anew = || {
        fs::remove_file(&path).unwrap();
        fs::write(&path, &text).unwrap();
        open_to_others(&path);
    };

    save_anew();
    drop(opened(&path));
    assert!(is_closed_to_others(&path));
    save_anew();
    create(&path).unwrap();
    assert!(is_closed_to_others(&path));
}
