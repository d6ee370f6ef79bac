//! Pages, fields, and files of phones.

use registrar_phones::phones;

use super::*;
use crate::ipc::QrKind;

const CANARY: &str = "canary-7f3a";

fn setup() -> PhoneSetup {
    PhoneSetup {
        user_name: "frontdesk".to_owned(),
        realm: "office.example".to_owned(),
        registrar: "office.example".to_owned(),
        port: Some(5072),
        transport: TransportName::Udp,
        password: Some(SipPassword::new(CANARY)),
        hash1: Some(Hash::new("0123456789abcdef0123456789abcdef")),
    }
}

fn listed(phone: &str, dialect: &str) -> PhoneChoice {
    PhoneChoice::Listed {
        phone: phone.to_owned(),
        dialect: dialect.to_owned(),
    }
}

fn every_choice() -> impl Iterator<Item = PhoneChoice> {
    phones().iter().flat_map(|phone| {
        let of = |dialect: &Dialect| listed(phone.id, dialect.id);
        phone.dialects.iter().map(of)
    })
}

#[test]
fn no_page_holds_the_password() {
    for choice in every_choice() {
        let page = setup().page(&choice).unwrap();

        let shown = serde_json::to_string(&page).unwrap();
        assert!(!shown.contains(CANARY), "{shown}");
        assert_eq!(page.password_length, Some(11));
        assert_eq!(page.refusal, None, "{choice:?}");
    }
}

#[test]
fn each_field_is_copied_as_the_page_shows_it() {
    for choice in every_choice() {
        for field in setup().page(&choice).unwrap().fields {
            let copied = setup().field(&choice, &field.label).unwrap();

            assert_eq!(copied.secret, field.value.is_none(), "{}", field.label);
            let shown = field.value.as_deref().unwrap_or(CANARY);
            assert_eq!(copied.text.as_str(), shown, "{}", field.label);
        }
    }
    let choice = listed("yealink", "current");
    assert!(matches!(
        setup().field(&choice, "No such field"),
        Err(Error::OutOfStep)
    ));
}

#[test]
fn a_file_with_a_hash_has_no_password() {
    for choice in every_choice() {
        let page = setup().page(&choice).unwrap();
        let Some(file) = page.file else { continue };

        let (name, written) = setup().file(&choice).unwrap();

        let text = String::from_utf8_lossy(written.expose()).replace('\0', "");
        assert_eq!(name, file.name);
        match file.contains.unwrap() {
            FileSecret::Hash => {
                assert!(!text.contains(CANARY), "{choice:?}");
                assert!(text.contains("0123456789abcdef"), "{choice:?}");
            }
            FileSecret::Password => assert!(text.contains(CANARY), "{choice:?}: {text}"),
        }
    }
}

#[test]
fn a_file_that_needs_the_password_is_not_written_without_it() {
    let unknown = PhoneSetup {
        password: None,
        ..setup()
    };

    let yealink = listed("yealink", "current");
    assert_eq!(unknown.page(&yealink).unwrap().file.unwrap().contains, None);
    assert!(matches!(unknown.file(&yealink), Err(Error::Invalid { .. })));
    assert!(matches!(
        unknown.field(&yealink, "Password"),
        Err(Error::OutOfStep)
    ));

    let linphone = listed("linphone", "any");
    assert!(unknown.file(&linphone).is_ok(), "it takes the hash");
}

#[test]
fn what_a_format_cannot_hold_is_said_before_it_is_saved() {
    let odd = PhoneSetup {
        password: Some(SipPassword::new("a\"b")),
        ..setup()
    };

    let page = odd.page(&listed("baresip", "any")).unwrap();
    let refusal = page.file.unwrap().refusal.unwrap();
    assert!(refusal.of_password);
    let said = refusal.sentence;
    assert!(said.starts_with("The password has “\"”"), "{said}");
    assert!(matches!(
        odd.file(&listed("baresip", "any")),
        Err(Error::Phone(_))
    ));

    let blank = PhoneSetup {
        password: Some(SipPassword::new("a b")),
        ..setup()
    };
    let page = blank.page(&listed("grandstream", "phone")).unwrap();
    assert!(page.fields.is_empty());
    assert!(page.refusal.unwrap().sentence.contains("a space"));
}

#[test]
fn files_are_named_by_the_phone() {
    let name = |phone: &str, dialect: &str| {
        let file = setup().page(&listed(phone, dialect)).unwrap().file;
        file.map(|file| file.name)
    };

    assert_eq!(
        name("yealink", "current").as_deref(),
        Some("yealink-frontdesk.cfg")
    );
    assert_eq!(name("microsip", "any").as_deref(), Some("microsip.ini"));
    assert_eq!(name("sipnetic", "any"), None, "it's a picture");
    assert_eq!(name("bria", "old"), None);
}

#[test]
fn linphone_is_asked_for_its_account_and_scans_an_address() {
    let page = setup().page(&listed("linphone", "any")).unwrap();

    assert!(page.replaces_accounts);
    assert_eq!(page.qr.unwrap().kind, QrKind::Address);
    assert_eq!(page.file.unwrap().contains, Some(FileSecret::Hash));
}

#[test]
fn another_phone_has_no_page_of_its_own() {
    assert!(matches!(
        setup().page(&PhoneChoice::Other),
        Err(Error::OutOfStep)
    ));
    assert!(matches!(
        setup().page(&listed("yealink", "none")),
        Err(Error::OutOfStep)
    ));
}
