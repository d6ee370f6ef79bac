//! The body of POST for credentials, written item by item: an import writes a million of them.

use std::borrow::Cow;

use quick_xml::escape::escape;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::super::{ApplicationId, Domain};
use super::{NewCredential, Scope};
use registrar_digest::Digits;

/// About how long one item is, in bytes.
const USUAL_ITEM: usize = 400;

/// One credential to make, as it is written.
#[derive(Clone)]
pub struct CreateItem<'a> {
    user_name: Cow<'a, str>,
    domain: Option<&'a str>,
    /// Escaped already where they are not digits that were made here.
    hash1: Cow<'a, str>,
    hash1b: Cow<'a, str>,
    realm: Option<&'a str>,
    application: Option<Application<'a>>,
}

#[derive(Clone)]
enum Application<'a> {
    Id(Uuid),
    Text(&'a str),
}

impl<'a> CreateItem<'a> {
    /// Takes a credential with a domain at account level, and one without at the realm's.
    #[must_use]
    pub fn new(
        user_name: &'a str,
        domain: Option<&'a str>,
        realm: &'a str,
        [hash1, hash1b]: &'a [Digits; 2],
        application: Option<Uuid>,
    ) -> Self {
        Self {
            user_name: user_name.into(),
            domain,
            hash1: hash1.expose().into(),
            hash1b: hash1b.expose().into(),
            realm: domain.map(|_| realm),
            application: application.map(Application::Id),
        }
    }

    /// At realm level the realm is in the address, and user name and domain are sent as one.
    pub(super) fn of(scope: Scope, new: &'a NewCredential) -> Self {
        let at_account = scope == Scope::Account;
        let id = new.application_id.as_ref();
        Self {
            user_name: if at_account || new.domain.is_none() {
                new.user_name.as_str().into()
            } else {
                new.composite().into()
            },
            domain: (new.domain.as_ref().map(Domain::as_str)).filter(|_| at_account),
            hash1: escape(new.hashes.hash1.expose()),
            hash1b: escape(new.hashes.hash1b.expose()),
            realm: at_account.then_some(new.realm.as_str()),
            application: id.map(ApplicationId::as_str).map(Application::Text),
        }
    }
}

impl std::fmt::Debug for CreateItem<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreateItem").finish_non_exhaustive()
    }
}

/// The body. Its memory is used again for the next one.
#[derive(Default)]
pub struct CreateBody {
    text: Zeroizing<String>,
}

impl CreateBody {
    /// Writes the body, indented, as it is sent and shown. Returns its length.
    pub fn write<'a>(&mut self, items: impl ExactSizeIterator<Item = CreateItem<'a>>) -> usize {
        self.text.clear();
        // Grown before anything is in it, so that no copy of a hash is left behind.
        self.text.reserve(USUAL_ITEM * (items.len() + 1));
        self.text.push_str("<SipCredentials>\n");
        for item in items {
            write_item(&mut self.text, &item);
        }
        self.text.push_str("</SipCredentials>");
        self.text.len()
    }

    pub(super) fn into_text(self) -> Zeroizing<String> {
        self.text
    }
}

impl std::fmt::Debug for CreateBody {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreateBody").finish_non_exhaustive()
    }
}

/// The children in the documented order. Their names are fixed; a text that may need it is escaped.
fn write_item(into: &mut String, item: &CreateItem<'_>) {
    let mut put = |parts: [&str; 3]| {
        for part in parts {
            into.push_str(part);
        }
    };
    put([
        "  <SipCredential>\n    <UserName>",
        &escape(&*item.user_name),
        "</UserName>\n",
    ]);
    if let Some(domain) = item.domain {
        put(["    <Domain>", &escape(domain), "</Domain>\n"]);
    }
    put(["    <Hash1>", &item.hash1, "</Hash1>\n"]);
    put(["    <Hash1b>", &item.hash1b, "</Hash1b>\n"]);
    if let Some(realm) = item.realm {
        put(["    <Realm>", &escape(realm), "</Realm>\n"]);
    }
    let mut buffer = Uuid::encode_buffer();
    let id = match &item.application {
        Some(Application::Id(id)) => Some(&*id.hyphenated().encode_lower(&mut buffer)),
        Some(Application::Text(id)) => Some(*id),
        None => None,
    };
    if let Some(id) = id {
        put([
            "    <HttpVoiceV2AppId>",
            &escape(id),
            "</HttpVoiceV2AppId>\n",
        ]);
    }
    into.push_str("  </SipCredential>\n");
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::any;
    use proptest::test_runner::Config;
    use registrar_secret::Hash;

    use super::super::super::{RealmId, UserName};
    use super::*;
    use registrar_digest::{HashMaker, Hashes};

    fn text(items: Vec<CreateItem<'_>>) -> String {
        let mut body = CreateBody::default();
        body.write(items.into_iter());
        body.into_text().to_string()
    }

    #[test]
    fn both_ways_to_an_item_write_the_same() {
        let realm = "desk.abc123.auth.example";
        let id = Uuid::parse_str("5ba6761d-36bd-4307-8f7b-a6f806c35abf").unwrap();
        for (domain, scope) in [
            (None, Scope::Realm(RealmId(22))),
            (Some("bw.com"), Scope::Account),
        ] {
            let digits = HashMaker::default().make("a&b", domain, realm, "password");
            let new = NewCredential {
                user_name: UserName::parse("a&b").unwrap(),
                domain: domain.map(|domain| Domain::parse(domain).unwrap()),
                realm: realm.to_owned(),
                hashes: Hashes::from(&digits),
                application_id: Some(id.into()),
            };

            let lean = CreateItem::new("a&b", domain, realm, &digits, Some(id));
            let lean = text(vec![lean.clone(), lean]);
            let whole = text(vec![
                CreateItem::of(scope, &new),
                CreateItem::of(scope, &new),
            ]);

            assert_eq!(lean, whole);
            assert!(lean.contains("<UserName>a&amp;b</UserName>"), "{lean}");
            assert_eq!(lean.matches("</SipCredential>").count(), 2);
        }
    }

    #[test]
    fn at_realm_level_user_name_and_domain_are_one() {
        let new = NewCredential {
            user_name: UserName::parse("bob").unwrap(),
            domain: Some(Domain::parse("bw.com").unwrap()),
            realm: "r.example".to_owned(),
            hashes: Hashes::from(&HashMaker::default().make("bob", None, "r", "p")),
            application_id: None,
        };

        let body = text(vec![CreateItem::of(Scope::Realm(RealmId(22)), &new)]);

        assert!(body.contains("<UserName>bob@bw.com</UserName>"), "{body}");
        assert!(
            !body.contains("<Domain>") && !body.contains("<Realm>"),
            "{body}"
        );
    }

    proptest::proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(128) })]
        #[test]
        fn list_reads_what_was_written_to_be_made(
            rows in proptest::collection::vec(
                (
                    "[-=+!._$&*~]{0,3}[a-zA-Z0-9][a-zA-Z0-9._!$&*+=~-]{0,20}",
                    option::of("[a-zA-Z0-9][a-zA-Z0-9.-]{0,20}"),
                    r"[a-z0-9]{1,20}[.-][a-z0-9]{6}\.[a-z.&<é]{1,20}",
                    ["[0-9a-f]{32}", "[0-9a-f]{32}"],
                    option::of(any::<u128>()),
                ),
                1..8,
            ),
        ) {
            let new: Vec<NewCredential> = (rows.into_iter())
                .map(|(user_name, domain, realm, [hash1, hash1b], id)| NewCredential {
                    user_name: UserName::parse(&user_name).unwrap(),
                    domain: domain.map(|domain| Domain::parse(&domain).unwrap()),
                    realm,
                    hashes: Hashes {
                        hash1: Hash::new(hash1),
                        hash1b: Hash::new(hash1b),
                    },
                    application_id: id.map(|id| Uuid::from_u128(id).into()),
                })
                .collect();
            let items = new.iter().map(|new| CreateItem::of(Scope::Account, new));
            // What the API adds to each.
            let numbers = "<SipCredential><Id>39</Id><RealmId>22</RealmId>";
            let body = text(items.collect()).replace("<SipCredential>", numbers);

            let read = super::super::list::credentials_of(&format!(
                "<SipCredentialsResponse>{body}</SipCredentialsResponse>"
            ));

            assert_eq!(read.len(), new.len());
            for (read, new) in read.iter().zip(&new) {
                assert_eq!(read.composite(), new.composite());
                assert_eq!(read.user_name, new.user_name.as_str());
                assert_eq!(read.realm, new.realm);
                assert!(read.hashes.as_ref().unwrap().are(&new.hashes));
                let application = new.application_id.as_ref().map(ApplicationId::as_str);
                assert_eq!(read.application_id.as_deref(), application);
                assert_eq!(read.echo_differences(new).len(), 0);
            }
        }
    }
}
