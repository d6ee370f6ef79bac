//! Meaning of a refusal by Bandwidth: by its code, or else by what further requests revealed, or
//! else by its status.

use super::api_users::ApiUsers;
use super::dashboard_codes::KNOWN;
use super::words::{Known, Words, wait};
use crate::FailureKind::{AskBandwidth, Refused, SignIn, Unreachable, Wait};
use crate::RecoveryOption::{OtherName, SignInAgain, TryAgain};
use registrar_activity::clock;
use registrar_activity::{Diagnosis, Service};
use registrar_http::Refusal;

/// Returns the words for a refusal by the token endpoint or the dashboard API.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Words {
    refusal_at(refusal, clock::now_ms())
}

fn refusal_at(refusal: &Refusal, now_ms: u64) -> Words {
    Known::find(KNOWN, refusal.code)
        .or_else(|| api_user_refused(refusal, now_ms))
        .or_else(|| {
            refusal
                .diagnosis
                .map(|diagnosis| diagnosed(diagnosis, refusal.service))
        })
        .or_else(|| refusal.code.map(unknown_code))
        .unwrap_or_else(|| by_status(refusal))
}

/// Returns the words for an API user that is refused with 401 since December 2, 2026. Another known
/// reason takes precedence.
pub(super) fn api_user_refused(refusal: &Refusal, now_ms: u64) -> Option<Words> {
    let by_sign_in = matches!(refusal.diagnosis, None | Some(Diagnosis::SignInWrong));
    if refusal.status != 401 || !refusal.by_api_user || !by_sign_in {
        return None;
    }
    let (sentence, causes): (_, &[&str]) = match ApiUsers::at(now_ms) {
        ApiUsers::Work => return None,
        ApiUsers::Ending => (
            "Bandwidth didn’t accept this API user.",
            &[
                "API users stop working on December 2, 2026, and this one may already be turned \
                 off.",
                "The user name or password is mistyped, or the password has expired.",
            ],
        ),
        ApiUsers::Ended => (
            "API users stopped working on December 2, 2026.",
            &["Bandwidth only accepts API clients, and this account signs in with an API user."],
        ),
    };
    Some(Words::new(
        SignIn,
        sentence,
        causes,
        "Create an API client in the Bandwidth App under Account, API Credentials, and sign in with it.",
        &[SignInAgain],
    ))
}

fn diagnosed(diagnosis: Diagnosis, service: Service) -> Words {
    match diagnosis {
        Diagnosis::AccountUnknown => Words::new(
            SignIn,
            "Bandwidth doesn’t know this account.",
            &["The account number is mistyped.", "The account is locked."],
            "Compare the account number with the one in the Bandwidth App.",
            &[SignInAgain],
        ),
        Diagnosis::NotEnabled => Words::new(
            AskBandwidth,
            "Your sign-in works, but this account can’t use SIP credentials yet.",
            &[
                "Bandwidth hasn’t turned on the SIP Registrar for this account.",
                "The role “SIP Credentials” is missing.",
            ],
            "Ask Bandwidth sales to turn on the SIP Registrar. There’s a message for this under \
             “Before you start”.",
            &[TryAgain, SignInAgain],
        ),
        Diagnosis::RealmFailed => Words::new(
            Refused,
            "Bandwidth couldn’t create the realm.",
            &["Something failed at Bandwidth while it set up the realm."],
            "Create it again with another name. If that fails too, ask Bandwidth support.",
            &[OtherName, TryAgain],
        ),
        Diagnosis::RealmGone => Words::new(
            Refused,
            "The realm is gone or is being deleted.",
            &["Someone deleted it in the meantime."],
            "Refresh the list of realms, then choose or create one.",
            &[TryAgain, OtherName],
        ),
        Diagnosis::RealmSlow => Words::new(
            Wait,
            "Bandwidth is still creating the realm.",
            &["It’s taking longer than usual."],
            "Wait a minute, refresh the list of realms, and choose it once it’s active.",
            &[TryAgain],
        ),
        Diagnosis::RoleMissing => Words::new(
            AskBandwidth,
            "Your sign-in works, but the role “SIP Credentials” is missing.",
            &[
                "This API client or API user doesn’t have the role.",
                "The SIP Registrar isn’t turned on for this account, so the role doesn’t exist.",
            ],
            "Ask whoever manages your Bandwidth account to add the role “SIP \
             Credentials” in the Bandwidth App, then \
             try again.",
            &[TryAgain, SignInAgain],
        ),
        Diagnosis::RoleOrAccount => Words::new(
            SignIn,
            "This sign-in can’t see anything in this account.",
            &[
                "The account number and the sign-in belong to different accounts.",
                "The sign-in has no role in this account.",
            ],
            "Compare the account number with the one in the Bandwidth App. If it’s right, ask an \
             administrator to add the role “SIP Credentials”.",
            &[SignInAgain, TryAgain],
        ),
        Diagnosis::SignInWrong if service == Service::Token => Words::new(
            SignIn,
            "Bandwidth didn’t accept the client ID and secret.",
            &[
                "The client secret is mistyped or has been replaced by a newer one.",
                "The client ID is mistyped.",
                "The API client belongs to another environment.",
            ],
            "Copy both again from the Bandwidth App. You can also create a new secret there.",
            &[SignInAgain],
        ),
        Diagnosis::SignInWrong => Words::new(
            SignIn,
            "Bandwidth didn’t accept the user name and password.",
            &[
                "The password is mistyped or has expired.",
                "The user name is mistyped.",
            ],
            "Enter both again, or sign in with an API client.",
            &[SignInAgain],
        ),
    }
}

fn unknown_code(code: u32) -> Words {
    Words::new(
        Refused,
        &format!("Bandwidth refused this with a code that this app doesn’t know: {code}."),
        &[],
        "Read Bandwidth’s own words under Details. If they don’t help, ask Bandwidth support.",
        &[TryAgain],
    )
}

fn by_status(refusal: &Refusal) -> Words {
    match refusal.status {
        401 => Words::new(
            SignIn,
            "Bandwidth didn’t accept the sign-in.",
            &[
                "The secret or password is wrong or has expired.",
                "The sign-in belongs to another environment.",
            ],
            "Sign in again.",
            &[SignInAgain],
        ),
        403 => Words::new(
            AskBandwidth,
            "Bandwidth knows this sign-in but doesn’t allow it to do this.",
            &[
                "The role “SIP Credentials” is missing.",
                "The account number belongs to another account.",
                "The SIP Registrar isn’t turned on for this account.",
            ],
            "Ask whoever manages your Bandwidth account to add the role “SIP Credentials” in the \
             Bandwidth App. If it isn’t listed there, ask Bandwidth support.",
            &[TryAgain, SignInAgain],
        ),
        404 => Words::new(
            Refused,
            "Bandwidth found nothing at this address.",
            &[
                "What you asked for was deleted in the meantime.",
                "The account number or the API’s address is wrong.",
            ],
            "Refresh the list. If that fails too, check the account number and the addresses.",
            &[TryAgain, SignInAgain],
        ),
        429 => {
            let next = match refusal.retry_after {
                Some(left) => format!("Wait {} and try again.", wait(left.as_secs() + 1)),
                None => "Wait a minute and try again.".to_owned(),
            };
            Words::new(
                Wait,
                "Bandwidth is asking for a pause after too many requests.",
                &[
                    "This account made too many requests in a short time, perhaps from other \
                     programs too.",
                ],
                &next,
                &[TryAgain],
            )
        }
        500.. => Words::new(
            Unreachable,
            "Something is wrong with Bandwidth’s service.",
            &["Bandwidth has an outage."],
            "Wait a few minutes and try again. Bandwidth’s status page lists outages.",
            &[TryAgain],
        ),
        status => Words::new(
            Refused,
            &format!("Bandwidth refused this without saying why (HTTP status {status})."),
            &[],
            "Try again. If that fails too, ask Bandwidth support.",
            &[TryAgain],
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use super::*;
    use crate::FailureKind;

    fn of(status: u16, code: Option<u32>, diagnosis: Option<Diagnosis>) -> Words {
        refusal(&Refusal {
            code,
            diagnosis,
            ..Refusal::new(Service::Dashboard, status)
        })
    }

    #[test]
    fn code_counts_before_the_diagnosis_and_that_before_the_status() {
        let by_code = of(403, Some(23026), Some(Diagnosis::RoleMissing));
        let by_diagnosis = of(403, Some(99), Some(Diagnosis::RoleMissing));

        assert_eq!(by_code.kind, FailureKind::CredentialExists);
        assert!(by_diagnosis.sentence.contains("role"));
        assert!(of(403, Some(99), None).sentence.contains("99"));
        assert_eq!(of(401, None, None).kind, FailureKind::SignIn);
    }

    #[test]
    fn from_december_2_a_401_for_an_api_user_says_why() {
        // 2026-12-02 00:00 UTC, and how long a day is.
        let (midnight, day) = (1_796_169_600_000, 86_400_000);
        let refused = |status, diagnosis, by_api_user| Refusal {
            diagnosis,
            by_api_user,
            ..Refusal::new(Service::Dashboard, status)
        };
        let says = |refusal: &Refusal, now_ms| {
            let words = refusal_at(refusal, now_ms);
            format!("{} {}", words.sentence, words.causes.join(" "))
        };
        let api_user = refused(401, None, true);
        let wrong = refused(401, Some(Diagnosis::SignInWrong), true);

        for (now_ms, told) in [
            (midnight - day, ""),
            (midnight, "may already be turned off"),
            (midnight + day - 1, "stopped working on December 2, 2026"),
            (midnight + 30 * day, "stopped working on December 2, 2026"),
        ] {
            for refusal in [&api_user, &wrong] {
                let said = says(refusal, now_ms);
                assert_eq!(said.contains("December 2"), !told.is_empty(), "{said}");
                assert!(said.contains(told), "{said}");
            }
        }
        for other in [
            refused(401, None, false),
            refused(403, None, true),
            refused(401, Some(Diagnosis::RoleMissing), true),
        ] {
            let said = says(&other, midnight + day);
            assert!(!said.contains("December"), "{other:?}: {said}");
        }
    }

    #[test]
    fn each_status_and_each_diagnosis_has_words_of_its_own() {
        let statuses = [400, 401, 403, 404, 429, 503].map(|status| of(status, None, None));
        let diagnoses = [
            Diagnosis::AccountUnknown,
            Diagnosis::NotEnabled,
            Diagnosis::RealmFailed,
            Diagnosis::RealmGone,
            Diagnosis::RealmSlow,
            Diagnosis::RoleMissing,
            Diagnosis::RoleOrAccount,
            Diagnosis::SignInWrong,
        ]
        .map(|diagnosis| of(401, None, Some(diagnosis)));

        let all = statuses.iter().chain(&diagnoses);

        let sentences: HashSet<_> = all.map(|words| &words.sentence).collect();
        assert_eq!(sentences.len(), statuses.len() + diagnoses.len());
    }

    #[test]
    fn a_wait_is_told_in_seconds_and_then_in_minutes() {
        let next = |seconds| {
            let refused = Refusal {
                retry_after: Some(Duration::from_secs(seconds)),
                ..Refusal::new(Service::Dashboard, 429)
            };
            refusal(&refused).next
        };

        assert_eq!(next(0), "Wait 1 second and try again.");
        assert_eq!(next(29), "Wait 30 seconds and try again.");
        assert_eq!(next(600), "Wait 11 minutes and try again.");
    }

    #[test]
    fn a_wrong_client_and_a_wrong_user_are_told_apart() {
        let words = |service| {
            refusal(&Refusal {
                diagnosis: Some(Diagnosis::SignInWrong),
                ..Refusal::new(service, 401)
            })
        };

        assert!(words(Service::Token).sentence.contains("client ID"));
        assert!(words(Service::Dashboard).sentence.contains("user name"));
    }
}
