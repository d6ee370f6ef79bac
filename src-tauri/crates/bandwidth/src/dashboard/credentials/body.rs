//! The body of a POST that creates credentials.

use quick_xml::escape::escape;
use zeroize::Zeroizing;

use super::{NewCredential, Scope};

/// Approximate size of one credential, in bytes.
const USUAL_LENGTH: usize = 400;

/// Writes the body that creates credentials, indented, as it is sent and shown. At realm level, the
/// realm is in the URL, and user name and domain are sent together.
#[must_use]
pub fn create_body(scope: Scope, new: &[NewCredential]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    // Reserved up front, so that reallocation leaves no copy of a hash behind.
    text.reserve(USUAL_LENGTH * (new.len() + 1));
    text.push_str("<SipCredentials>\n");
    for one in new {
        write_one(&mut text, scope, one);
    }
    text.push_str("</SipCredentials>");
    text
}

/// Writes the children in the documented order. Their names are constant; text is escaped where
/// needed.
fn write_one(into: &mut String, scope: Scope, new: &NewCredential) {
    let at_account = scope == Scope::Account;
    into.push_str("  <SipCredential>\n");
    let mut put = |name: &str, text: &str| {
        for part in ["    <", name, ">", &escape(text), "</", name, ">\n"] {
            into.push_str(part);
        }
    };
    match &new.domain {
        Some(domain) if at_account => {
            put("UserName", new.user_name.as_str());
            put("Domain", domain.as_str());
        }
        Some(_) => put("UserName", &new.composite()),
        None => put("UserName", new.user_name.as_str()),
    }
    put("Hash1", new.hashes.hash1.expose());
    put("Hash1b", new.hashes.hash1b.expose());
    if at_account {
        put("Realm", &new.realm);
    }
    if let Some(id) = &new.application_id {
        put("HttpVoiceV2AppId", id.as_str());
    }
    into.push_str("  </SipCredential>\n");
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::any;
    use proptest::test_runner::Config;
    use registrar_secret::{Hash, SipPassword};
    use uuid::Uuid;

    use super::super::super::{ApplicationId, Domain, RealmId, UserName};
    use super::*;
    use registrar_digest::Hashes;

    #[test]
    fn texts_are_escaped_and_every_credential_is_there() {
        let new = NewCredential {
            user_name: UserName::parse("a&b").unwrap(),
            domain: None,
            realm: "desk.abc123.auth.example".to_owned(),
            hashes: Hashes::make("a&b", "desk.abc123.auth.example", &SipPassword::new("p")),
            application_id: None,
        };

        let body = create_body(Scope::Realm(RealmId(22)), &[new.clone(), new]);

        assert!(body.contains("<UserName>a&amp;b</UserName>"), "{}", *body);
        assert_eq!(body.matches("</SipCredential>").count(), 2);
    }

    #[test]
    fn at_realm_level_user_name_and_domain_are_one() {
        let new = NewCredential {
            user_name: UserName::parse("bob").unwrap(),
            domain: Some(Domain::parse("bw.com").unwrap()),
            realm: "r.example".to_owned(),
            hashes: Hashes::make("bob", "r", &SipPassword::new("p")),
            application_id: None,
        };

        let body = create_body(Scope::Realm(RealmId(22)), &[new]);

        assert!(
            body.contains("<UserName>bob@bw.com</UserName>"),
            "{}",
            *body
        );
        assert!(
            !body.contains("<Domain>") && !body.contains("<Realm>"),
            "{}",
            *body
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
            // Fields that the API adds to each.
            let numbers = "<SipCredential><Id>39</Id><RealmId>22</RealmId>";
            let body = create_body(Scope::Account, &new).replace("<SipCredential>", numbers);

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
