use super::super::fixture::{add, app, draft, said};
use super::*;

#[tokio::test]
async fn a_list_goes_out_and_comes_in_and_what_is_no_list_is_said() {
    let (folder, app) = app();
    add(&app, draft("5500123"), Some("secret-7f3a")).await;
    let (name, bytes) = app.account_list().unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("secret-7f3a"));
    let path = folder.path().join(&name);
    std::fs::write(&path, &bytes).unwrap();
    let (_other_folder, other) = super::super::fixture::app();

    let screen = other.read_account_list(&path).unwrap();
    assert!(matches!(&screen, Screen::AccountList { rows, .. } if rows.len() == 1));
    let taken = said(&other.import_accounts(&[1]).unwrap());
    assert!(taken.contains("1 account was added."), "{taken}");
    assert!(other.import_accounts(&[1]).is_err(), "a list is taken once");

    std::fs::write(&path, "no list").unwrap();
    for no_list in [
        path.as_path(),
        folder.path(),
        Path::new("/nowhere/list.json"),
    ] {
        let screen = other.read_account_list(no_list).unwrap();
        assert!(!said(&screen).is_empty(), "{no_list:?}");
    }
    assert_eq!(other.saved_accounts().unwrap().len(), 1);
}
