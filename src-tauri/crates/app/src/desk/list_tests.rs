use registrar_digest::Hashes;
use registrar_secret::SipPassword;

use super::*;

fn credential(id: u64, user_name: &str, realm_id: u64) -> Credential {
    Credential {
        id: CredentialId(id),
        realm_id: RealmId(realm_id),
        user_name: user_name.to_owned(),
        domain: None,
        realm: format!("realm{realm_id}.abc.auth.example"),
        hashes: None,
        application_id: None,
    }
}

fn query(find: &str) -> Query {
    Query {
        find: find.to_owned(),
        ..Query::default()
    }
}

fn names(list: &mut List, query: &Query) -> Vec<String> {
    let (total, rows) = list.window(query, 0, 200);
    assert_eq!(total, rows.len());
    rows.iter().map(|row| row.composite()).collect()
}

fn small() -> List {
    let mut list = List::default();
    let mut anna = credential(3, "anna", 2);
    anna.domain = Some("Phones.example".to_owned());
    let mut bob = credential(2, "Bob", 1);
    bob.application_id = Some("93DE2206-9669-4e07-948d-329f4b722ee2".to_owned());
    list.merge(vec![credential(1, "zoë", 1), bob, anna]);
    list
}

#[test]
fn a_text_is_found_in_any_letter_case_in_every_column() {
    let mut list = small();

    for (find, expected) in [
        ("", &["anna@Phones.example", "Bob", "zoë"][..]),
        ("  BOB ", &["Bob"]),
        ("ZOË", &["zoë"]),
        ("a@phones", &["anna@Phones.example"]),
        ("realm1", &["Bob", "zoë"]),
        ("auth.EXAMPLE", &["anna@Phones.example", "Bob", "zoë"]),
        ("93de2206", &["Bob"]),
        ("bob93", &[]),
        ("bob\0", &["Bob"]),
        ("nobody", &[]),
    ] {
        assert_eq!(names(&mut list, &query(find)), expected, "{find:?}");
    }
}

#[test]
fn rows_are_sorted_and_filtered_by_realm() {
    let mut list = small();
    let sorted = |list: &mut List, sort| names(list, &Query { sort, ..query("") });

    let by_realm = sorted(&mut list, DeskSort::Realm);
    let by_application = sorted(&mut list, DeskSort::Application);
    let of_one = Query {
        realm: Some(RealmId(1)),
        ..query("o")
    };

    assert_eq!(by_realm, ["Bob", "zoë", "anna@Phones.example"]);
    assert_eq!(by_application, ["Bob", "anna@Phones.example", "zoë"]);
    assert_eq!(names(&mut list, &of_one), ["Bob", "zoë"]);
}

#[test]
fn repeated_credential_is_one_row_with_the_later_answer() {
    let mut list = small();
    let mut again = credential(1, "zoe", 1);
    again.hashes = Some(Hashes::make("zoe", "r", &SipPassword::new("x")).into());

    let merged = list.merge(vec![
        again,
        credential(1, "zoe", 1),
        credential(9, "new", 1),
    ]);

    assert_eq!(merged.new, 1);
    assert_eq!(list.len(), 4);
    assert_eq!(
        names(&mut list, &query("zo")),
        ["zoe"],
        "what was found before is not shown any more"
    );
}

#[test]
fn a_range_runs_in_the_order_that_is_shown_from_either_end() {
    let mut list = small();
    let id = CredentialId;

    let range = |list: &mut List, find: &str, one, other| list.between(&query(find), one, other);

    assert_eq!(range(&mut list, "", id(3), id(2)), [id(3), id(2)]);
    assert_eq!(range(&mut list, "", id(1), id(3)), [id(3), id(2), id(1)]);
    assert_eq!(range(&mut list, "bob", id(3), id(2)), [id(2)]);
    assert_eq!(range(&mut list, "", id(77), id(78)), []);
}

#[test]
fn hundred_thousand_rows_are_given_two_hundred_at_a_time() {
    let mut list = List::default();
    let pages = (0..100_000_u64).map(|number| {
        // In the order of neither their names nor their IDs.
        let scattered = number * 7919 % 100_000;
        credential(number, &format!("phone-{scattered:06}"), number % 7)
    });
    let all: Vec<_> = pages.collect();
    for page in all.chunks(500) {
        assert_eq!(list.merge(page.to_vec()).new, page.len());
    }

    let (total, rows) = list.window(&query(""), 99_990, 5_000);
    assert_eq!((total, rows.len()), (100_000, 10));
    assert_eq!(rows.last().unwrap().composite(), "phone-099999");
    let (total, rows) = list.window(&query("-0123"), 0, 5_000);
    assert_eq!((total, rows.len()), (100, MOST_AT_ONCE.min(100)));
    let of_realm = Query {
        realm: Some(RealmId(3)),
        ..query("")
    };
    let (total, rows) = list.window(&of_realm, 0, 5_000);
    assert_eq!((total, rows.len()), (14_286, MOST_AT_ONCE));
    assert!(rows.iter().all(|row| row.realm_id == RealmId(3)));
    let sorted: Vec<_> = rows.iter().map(|row| row.composite()).collect();
    assert!(sorted.is_sorted());
}

#[test]
fn every_order_can_be_turned_round() {
    let mut list = small();
    for sort in [DeskSort::UserName, DeskSort::Realm, DeskSort::Application] {
        let asked = Query { sort, ..query("") };
        let mut ascending = names(&mut list, &asked);
        let descending = names(
            &mut list,
            &Query {
                descending: true,
                ..asked
            },
        );

        ascending.reverse();
        assert_eq!(descending, ascending, "{sort:?}");
    }
}

#[test]
fn filter_by_result_and_application_follows_a_check() {
    let mut list = small();
    let by = |result| Query {
        result,
        ..query("")
    };
    assert_eq!(names(&mut list, &by(DeskResultFilter::Unchecked)).len(), 3);
    let good = CheckFlags {
        standing: Standing::Accepted,
        registered: true,
    };
    list.set_flags(CredentialId(3), Some(good));
    list.set_flags(
        CredentialId(2),
        Some(CheckFlags {
            standing: Standing::NotAccepted,
            registered: false,
        }),
    );

    assert_eq!(names(&mut list, &by(DeskResultFilter::Unchecked)), ["zoë"]);
    let anna = ["anna@Phones.example"];
    assert_eq!(names(&mut list, &by(DeskResultFilter::Accepted)), anna);
    assert_eq!(names(&mut list, &by(DeskResultFilter::Registered)), anna);
    assert_eq!(
        names(&mut list, &by(DeskResultFilter::NotAccepted)),
        ["Bob"]
    );
    let application = |application| Query {
        application,
        ..query("")
    };
    let with = names(&mut list, &application(DeskApplicationFilter::With));
    assert_eq!(with, ["Bob"]);
    let without = names(&mut list, &application(DeskApplicationFilter::Without));
    assert_eq!(without.len(), 2);
    list.merge(vec![credential(3, "anna", 2)]);
    assert_eq!(
        names(&mut list, &by(DeskResultFilter::Accepted)),
        ["anna"],
        "a row that comes again keeps its result"
    );
    list.set_flags(CredentialId(3), None);
    assert!(names(&mut list, &by(DeskResultFilter::Accepted)).is_empty());
}
