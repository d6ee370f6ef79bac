//! SIP credentials: all documented responses at both levels.

use registrar_practice::Practice;

use super::realms::make;
use super::{assert_refused, assert_sample};
use crate::api::{Answer, Api, until};

const REALM: &str = "office.1a2b3c.auth.bandwidth.com";
const ON_REALM: &str = "realms/22/sipcredentials";

#[tokio::test]
async fn a_request_is_taken_in_part_and_says_what_was_refused() {
    let api = Api::start().await;
    let nameless = entry("");

    let made = api
        .post(ON_REALM, &many(&[nameless, entry("one@example.com")]))
        .await;

    assert_sample(&made, 201, "credentials-made-in-part");
    assert_eq!(made.code(), Some(1003));
    assert_eq!(made.text("Description"), Some("UserName is required"));
}

#[tokio::test]
async fn a_request_of_which_nothing_is_taken_is_400() {
    let api = Api::start().await;
    make(&api, "other", "", false).await;
    api.post(ON_REALM, &many(&[entry("one@example.com")])).await;
    let foreign = entry("two@example.com").replace(
        "<HttpVoice",
        "<Realm>other.1a2b3c.auth.bandwidth.com</Realm><HttpVoice",
    );
    let unknown = entry("three@example.com").replace(
        Practice::sample_application(),
        "11111111-2222-4333-8444-555555555555",
    );

    let body = many(&[entry(""), entry("ONE@example.com"), foreign, unknown]);
    let refused = api.post(ON_REALM, &body).await;

    assert_sample(&refused, 400, "credentials-all-refused");
    let codes: Vec<_> = refused
        .body
        .split("<ErrorCode>")
        .skip(1)
        .map(|rest| &rest[..5])
        .collect();
    assert_eq!(codes, ["1003<", "23026", "23018", "23019"]);
    let words = refused.body.split("23026").nth(1).unwrap();
    assert!(
        words.contains(&"ab".repeat(16)),
        "the words repeat the hashes: {words}"
    );
}

#[tokio::test]
async fn account_level_key_joins_a_separate_name_and_domain() {
    let api = Api::start().await;
    let with_domain = entry("one")
        .replace("<Hash1>", "<Domain>example.com</Domain><Hash1>")
        .replace("<HttpVoice", &format!("<Realm>{REALM}</Realm><HttpVoice"));

    let made = api
        .post("sipcredentials", &many(std::slice::from_ref(&with_domain)))
        .await;
    let again = api.post("sipcredentials", &many(&[with_domain])).await;
    let one = api.get("sipcredentials/one@example.com").await;
    let escaped = api.get("sipcredentials/one%40example.com").await;

    assert_sample(&made, 201, "account-credentials-made");
    assert_refused(&again, 400, 23009);
    assert_sample(&one, 200, "account-credential");
    assert_eq!(one.body, escaped.body);
    assert_refused(&api.get("sipcredentials/one").await, 404, 23007);
}

#[tokio::test]
async fn every_rule_for_a_credential_has_its_number() {
    let api = Api::start().await;
    let (hash, long) = ("<Hash1>", "a".repeat(33));
    let pending = make(&api, "pending", "", false).await;
    let pending = format!("realms/{}/sipcredentials", pending.text("Id").unwrap());
    let domain = |name: &str| format!("<Domain>{name}</Domain><Hash1>");

    for (path, entry, code) in [
        (ON_REALM, entry("a").replace(&hash1(), "<Hash1/>"), 1003),
        (ON_REALM, entry(&long), 23002),
        (ON_REALM, entry("a:b"), 23014),
        (ON_REALM, entry("a b"), 23014),
        (
            "sipcredentials",
            entry("a").replace(hash, &domain("ex ample")),
            23015,
        ),
        (
            "sipcredentials",
            entry("a@b").replace(hash, &domain("example.com")),
            23016,
        ),
        (
            "sipcredentials",
            entry("a").replace(hash, &domain(&long)),
            23002,
        ),
        (
            ON_REALM,
            entry("a").replace(Practice::sample_application(), "no-uuid"),
            23020,
        ),
        (&pending, entry("a"), 23022),
        (
            "sipcredentials",
            entry("a").replace(hash, "<Realm>none.example</Realm><Hash1>"),
            23018,
        ),
    ] {
        let answer = api.post(path, &many(&[entry])).await;

        assert_refused(&answer, 400, code);
    }
    assert_refused(&api.post(ON_REALM, "<SipCredentials/>").await, 400, 23006);
    assert_refused(
        &api.post(ON_REALM, &many(&vec![entry("a"); 1_001])).await,
        400,
        23003,
    );
    let unknown_element = entry("a").replace("Hash1b", "Hash2");
    assert_eq!(
        api.post(ON_REALM, &many(&[unknown_element])).await.status,
        400
    );
    let not_one_name = many(&[entry("x"), entry("X")]);
    assert_eq!(api.post(ON_REALM, &not_one_name).await.code(), Some(23026));
}

#[tokio::test]
async fn a_list_without_a_page_leads_to_its_first_page() {
    let api = Api::start().await;

    let list = api.get(&format!("{ON_REALM}?userNamefragment=ann")).await;

    assert_eq!((list.status, list.body.as_str()), (303, ""));
    let location = list.headers["location"].to_str().unwrap().to_owned();
    let (base, query) = location.split_once('?').unwrap();
    assert!(
        base.ends_with("/api/accounts/5500123/realms/22/sipcredentials"),
        "{base}"
    );
    assert_eq!(query, "page=1&size=500&userNamefragment=ann");
    let page = api.get(&format!("{ON_REALM}?{query}")).await;
    assert_eq!(names(&page), ["anna"]);
}

#[tokio::test]
async fn pages_follow_each_other_until_the_last() {
    let api = Api::start().await;
    let entries: Vec<_> = (0..9).map(|number| entry(&format!("p{number}"))).collect();
    api.post(ON_REALM, &many(&entries)).await;
    let (mut path, mut seen) = (format!("{ON_REALM}?page=1&size=4"), Vec::new());

    loop {
        let page = api.get(&path).await;
        seen.extend(names(&page));
        let Some(next) = page.text("next") else { break };
        let (_, query) = next.split_once('?').unwrap();
        let (query, _) = query.split_once("&gt;").unwrap();
        path = format!("{ON_REALM}?{}", query.replace("&amp;", "&"));
    }

    let expected = [
        "reception",
        "anna",
        "p0",
        "p1",
        "p2",
        "p3",
        "p4",
        "p5",
        "p6",
        "p7",
        "p8",
    ];
    assert_eq!(seen, expected);
    let from_a_name = api.get("sipcredentials?page=p7&size=10").await;
    assert_eq!(names(&from_a_name), ["p7", "p8"]);
    assert_refused(&api.get("sipcredentials?page=nobody").await, 400, 23011);
    assert_refused(&api.get("sipcredentials?page=1&size=0").await, 400, 23012);
    assert_refused(
        &api.get("sipcredentials?page=1&domainfragment=ab").await,
        400,
        13112,
    );
}

#[tokio::test]
async fn a_list_may_be_empty_in_the_two_documented_ways() {
    let api = Api::start().await;
    let without_hash1b = entry("two@example.com").replace(&hash1b(), "");
    api.post(ON_REALM, &many(&[entry("one@example.com"), without_hash1b]))
        .await;
    for id in [39, 40] {
        assert_eq!(api.delete(&format!("{ON_REALM}/{id}")).await.status, 200);
    }
    let listed = api.get(&format!("{ON_REALM}?page=1")).await;
    assert_sample(&listed, 200, "credentials");

    for name in ["one@example.com", "two@example.com"] {
        let deleted = api.delete(&format!("sipcredentials/{name}")).await;
        assert_eq!((deleted.status, deleted.body.as_str()), (200, ""));
    }

    let realm = api.get(&format!("{ON_REALM}?page=1")).await;
    let account = api.get("sipcredentials?page=1").await;
    assert_sample(&realm, 200, "credentials-none");
    assert_sample(&account, 404, "credentials-refused");
    assert_refused(&account, 404, 23008);
}

#[tokio::test]
async fn a_new_password_keeps_the_number_and_follows_the_live_rules() {
    let api = Api::start().await;
    let made = api.post(ON_REALM, &many(&[entry("one@example.com")])).await;
    let path = format!("{ON_REALM}/{}", made.text("Id").unwrap());
    let change = |inside: &str| {
        let hashes = "<Hash1>cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd</Hash1><Hash1b>efefefefefefefefefefefefefefefef</Hash1b>";
        let application = Practice::sample_application();
        format!(
            "<SipCredential>{inside}{hashes}<HttpVoiceV2AppId>{application}</HttpVoiceV2AppId></SipCredential>"
        )
    };

    let named = api
        .put(
            &path,
            &change("<UserName>one@example.com</UserName><RealmId>22</RealmId>"),
        )
        .await;
    let without_realm = api.put(&path, &change("")).await;
    let changed = api.put(&path, &change("<RealmId>22</RealmId>")).await;

    assert_refused(&named, 400, 23030);
    assert_refused(&without_realm, 400, 23031);
    assert_sample(&changed, 200, "credential");
    assert_eq!(changed.text("Id"), made.text("Id"));
    assert_eq!(
        changed.text("Hash1"),
        Some("cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd")
    );
    assert_eq!(api.get(&path).await.body, changed.body);
}

#[tokio::test]
async fn at_account_level_a_change_of_name_is_refused() {
    let api = Api::start().await;
    let change = |name: &str| {
        format!("<SipCredential><UserName>{name}</UserName><Hash1>ab</Hash1></SipCredential>")
    };

    let renamed = api.put("sipcredentials/reception", &change("lobby")).await;

    assert_refused(&renamed, 400, 23004);
    assert_sample(&renamed, 400, "credential-refused");
    assert_eq!(
        api.put("sipcredentials/reception", &change("reception"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_credential_that_is_not_there_has_the_number_of_its_level() {
    let api = Api::start().await;
    let body = "<SipCredential><Hash1>ab</Hash1><RealmId>22</RealmId></SipCredential>";

    for (path, code) in [
        (format!("{ON_REALM}/999"), 23025),
        ("sipcredentials/nobody".into(), 23007),
    ] {
        assert_refused(&api.get(&path).await, 404, code);
        assert_refused(&api.put(&path, body).await, 404, code);
        assert_refused(&api.delete(&path).await, 404, code);
        assert_sample(&api.get(&path).await, 404, "credential-refused");
    }
    assert_refused(
        &api.get("realms/999/sipcredentials?page=1").await,
        404,
        33001,
    );
}

#[tokio::test]
async fn without_a_realm_the_default_one_is_taken_or_missed() {
    let api = Api::start().await;
    let made = api.post("sipcredentials", &many(&[entry("one")])).await;
    assert_eq!(made.text("RealmId"), Some("22"));
    let default = make(&api, "branch2", "", true).await;
    let id = default.text("Id").unwrap().to_owned();

    let too_early = api.post("sipcredentials", &many(&[entry("two")])).await;
    until(|| async { api.get(&format!("realms/{id}")).await.text("Status") == Some("ACTIVE") })
        .await;
    let made = api.post("sipcredentials", &many(&[entry("two")])).await;

    assert_refused(&too_early, 400, 23022);
    assert_eq!(made.text("RealmId"), Some(id.as_str()));
}

fn hash1() -> String {
    format!("<Hash1>{}</Hash1>", "ab".repeat(16))
}

fn hash1b() -> String {
    format!("<Hash1b>{}</Hash1b>", "cd".repeat(16))
}

/// One entry; an empty name leaves its element out.
fn entry(user_name: &str) -> String {
    let name = if user_name.is_empty() {
        String::new()
    } else {
        format!("<UserName>{user_name}</UserName>")
    };
    format!(
        "<SipCredential>{name}{}{}<HttpVoiceV2AppId>{}</HttpVoiceV2AppId>\
         </SipCredential>",
        hash1(),
        hash1b(),
        Practice::sample_application(),
    )
}

fn many(entries: &[String]) -> String {
    format!("<SipCredentials>{}</SipCredentials>", entries.concat())
}

fn names(page: &Answer) -> Vec<String> {
    page.body
        .split("<UserName>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}
