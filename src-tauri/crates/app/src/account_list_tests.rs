//! Lists of accounts: what is exported, and importing files from untrusted sources.

use serde_json::json;

use super::*;

fn account(name: &str, number: &str) -> Account {
    let draft = SignInDraft {
        name: name.to_owned(),
        account_number: number.to_owned(),
        user: "client-1".to_owned(),
        ..SignInDraft::start(EnvironmentName::Production)
    };
    Account::from_draft(format!("id-{number}"), &draft).unwrap()
}

fn row(name: &str, number: &str) -> Value {
    json!({
        "name": name, "number": number, "method": "api_client", "user": "client-1",
        "environment": "production",
    })
}

fn file(rows: &[Value]) -> Vec<u8> {
    let file = json!({ "format": FORMAT, "version": 1, "accounts": rows });
    file.to_string().into_bytes()
}

fn views(bytes: &[u8], known: &[Account]) -> Vec<ListedAccount> {
    let listed = read(bytes, known).unwrap();
    listed.into_iter().map(|row| row.view).collect()
}

#[test]
fn what_was_saved_is_read_on_another_computer() {
    let own = SignInDraft {
        account_number: "5500125".to_owned(),
        user: "client-1".to_owned(),
        token_address: "https://token.example/".to_owned(),
        bearer_address: "https://bearer.example/".to_owned(),
        basic_address: "https://basic.example/".to_owned(),
        ..SignInDraft::start(EnvironmentName::Own)
    };
    let own = Account::from_draft("own".to_owned(), &own).unwrap();
    let accounts = [account("Northwind & \"Söhne\"", "5500123"), own];

    let listed = read(&write(&accounts), &[]).unwrap();
    let (taken, added, _) = take(&listed, &[1, 2], Vec::new(), || "new".to_owned());

    assert_eq!(added, 2);
    for (taken, was) in taken.iter().zip(&accounts) {
        assert!(taken.same_sign_in(was), "{taken:?}");
        assert_eq!(taken.name, was.name);
        assert_eq!(taken.id, "new", "an id belongs to one computer");
    }
}

#[test]
fn no_secret_and_no_id_is_in_the_file() {
    let mut account = account("Northwind", "5500123");
    account.id = "canary-id".to_owned();
    account.twilio = Some(crate::ipc::TwilioDraft {
        account_sid: "ACcanary".to_owned(),
        key_kind: crate::ipc::TwilioKeyKind::ApiKey,
        key_sid: "SKcanary".to_owned(),
    });

    let text = String::from_utf8(write(&[account])).unwrap();

    assert!(text.contains("5500123"));
    assert!(!text.contains("canary"), "{text}");
}

#[test]
fn each_row_says_what_taking_it_would_do() {
    let known = [
        account("Northwind", "5500123"),
        account("Contoso", "5500124"),
    ];
    let mut other_sign_in = row("Northwind, my own", "5500123");
    other_sign_in["user"] = json!("client-2");
    let bytes = file(&[
        row("Northwind", "5500123"),
        row("Contoso Ltd", "5500124"),
        row("Fabrikam", "5500125"),
        row("Fabrikam again", "5500125"),
        other_sign_in,
    ]);

    let views = views(&bytes, &known);

    let rows: Vec<_> = views.iter().map(|view| (view.row, view.chosen)).collect();
    assert_eq!(
        rows,
        [
            (ListedRow::Known, false),
            (ListedRow::Renames, false),
            (ListedRow::New, true),
            (ListedRow::Known, false),
            (ListedRow::New, true),
        ]
    );
    assert!(views[1].note.contains("as Contoso."), "{}", views[1].note);
    assert!(views[3].note.contains("Row 3"), "{}", views[3].note);
    assert!(
        views[4].note.contains("another sign-in"),
        "{}",
        views[4].note
    );
}

#[test]
fn nothing_is_overwritten_unless_it_was_chosen() {
    let known = vec![account("Northwind", "5500123")];
    let bytes = file(&[row("Renamed", "5500123"), row("Fabrikam", "5500125")]);
    let listed = read(&bytes, &known).unwrap();

    let (kept, added, renamed) = take(&listed, &[2], known.clone(), || "new".to_owned());
    assert_eq!((added, renamed), (1, 0));
    assert_eq!(kept[0], known[0]);

    let (kept, _, renamed) = take(&listed, &[1], known.clone(), || "new".to_owned());
    assert_eq!(renamed, 1);
    assert_eq!(kept[0].name, "Renamed");
    assert_eq!(kept[0].id, known[0].id, "its secrets stay its own");
}

#[test]
fn row_with_own_addresses_shows_them_and_is_not_preselected() {
    let mut bad = row("Northwind", "5500123");
    bad["environment"] = json!("own");
    bad["addresses"] = json!({
        "token": "https://evil.example/token", "bearer": "https://evil.example/",
        "basic": "https://evil.example/",
    });

    let view = views(&file(&[bad]), &[]).remove(0);

    assert_eq!((view.row, view.chosen), (ListedRow::New, false));
    assert_eq!(
        view.own_addresses.unwrap().token,
        "https://evil.example/token"
    );
    assert!(view.note.contains("secret will be sent"), "{}", view.note);
}

#[test]
fn a_row_that_cannot_be_taken_says_why_and_holds_no_other_up() {
    let mut plain_http = row("Plain", "5500123");
    plain_http["environment"] = json!("own");
    plain_http["addresses"] = json!({
        "token": "http://example.com/", "bearer": "https://b.example/", "basic": "https://b.example/",
    });
    let mut practice = row("Practice", "5500123");
    practice["environment"] = json!("practice");
    let mut unknown = row("Unknown", "5500123");
    unknown["method"] = json!("smart card");
    let mut colon = row("Colon", "5500123");
    colon["user"] = json!("a:b");
    let rows = [
        plain_http,
        practice,
        unknown,
        colon,
        json!("text"),
        json!({ "number": 5_500_123 }),
        row(&"x".repeat(100_000), "5500123"),
        row("Letters", "55x"),
        row("Good", "5500129"),
    ];

    let views = views(&file(&rows), &[]);

    assert_eq!(views.len(), rows.len());
    for view in &views[..8] {
        assert_eq!(view.row, ListedRow::Refused, "{view:?}");
        assert!(!view.note.is_empty() && !view.chosen, "{view:?}");
        assert!(view.name.chars().count() <= LONGEST_SHOWN + 1, "{view:?}");
    }
    assert_eq!(views[8].row, ListedRow::New);
}

#[test]
fn a_name_cannot_pass_for_another_by_marks_that_are_not_seen() {
    let known = [account("Northwind", "5500123")];
    let bytes = file(&[row("North\u{200b}wi\u{202e}nd\u{7}", "5500123")]);

    assert_eq!(views(&bytes, &known)[0].row, ListedRow::Known);
}

#[test]
fn what_is_no_list_is_refused_as_a_whole() {
    let deep = "[".repeat(100_000);
    let newer = json!({ "format": FORMAT, "version": 2, "accounts": [] }).to_string();
    let other = json!({ "format": "x", "version": 1, "accounts": [] }).to_string();
    let many = file(&vec![row("Same", "5500123"); MOST + 1]);
    for bytes in [
        &b""[..],
        b"{}",
        b"null",
        b"\xff\xfe\x00",
        deep.as_bytes(),
        newer.as_bytes(),
        other.as_bytes(),
        &many,
        &vec![b' '; usize::try_from(LONGEST).unwrap() + 1],
    ] {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(read(bytes, &[]).is_err(), "{shown}");
    }
    assert!(read(newer.as_bytes(), &[]).unwrap_err().contains("newer"));
}

#[test]
fn a_mark_of_the_byte_order_before_the_list_is_no_harm() {
    let bytes = [&b"\xef\xbb\xbf"[..], &file(&[row("Northwind", "5500123")])].concat();

    assert_eq!(views(&bytes, &[])[0].row, ListedRow::New);
}

#[test]
fn a_list_that_was_changed_meanwhile_gets_nothing_twice() {
    let listed = read(&file(&[row("Northwind", "5500123")]), &[]).unwrap();
    let meanwhile = vec![account("Northwind", "5500123")];

    let (accounts, added, renamed) = take(&listed, &[1], meanwhile, || "new".to_owned());

    assert_eq!((accounts.len(), added, renamed), (1, 0, 0));
}

// Where a name has several spaces together, one is read: what is not seen tells no names apart.
proptest::proptest! {
    #![proptest_config(crate::arbitrary::few(64))]
    #[test]
    fn any_accounts_come_back_as_they_were_saved(
        rows in proptest::collection::vec(
            ("[!-~é]{1,8}( [!-~é]{1,8}){0,2}", "[A-Za-z0-9._@-]{1,20}", 0..2_usize, 0..2_usize),
            0..6,
        ),
    ) {
        let accounts: Vec<Account> = (rows.iter().enumerate())
            .map(|(at, (name, user, method, environment))| {
                let environment = [EnvironmentName::Production, EnvironmentName::Test][*environment];
                let draft = SignInDraft {
                    name: name.clone(),
                    account_number: (5_500_000 + at).to_string(),
                    user: user.clone(),
                    method: [SignInMethod::ApiClient, SignInMethod::ApiUser][*method],
                    ..SignInDraft::start(environment)
                };
                Account::from_draft(format!("id-{at}"), &draft).unwrap()
            })
            .collect();
        let bytes = write(&accounts);

        let listed = read(&bytes, &[]).unwrap();
        let places: Vec<u32> = listed.iter().map(|row| row.view.place).collect();
        let (taken, added, _) = take(&listed, &places, Vec::new(), String::new);

        proptest::prop_assert_eq!(added, accounts.len());
        proptest::prop_assert_eq!(write(&taken), bytes);
    }
}
