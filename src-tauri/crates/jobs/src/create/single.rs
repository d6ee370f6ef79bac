//! Creates one credential, until its outcome is certain.

use super::refusal::exists;
use super::send;
use crate::lookup;
use crate::run::{Interruption, Run};
use crate::throttle::{NoAnswer, Said};
use registrar_bandwidth::dashboard::{NameUse, NewCredential, RealmId};
use registrar_http::Refusal;

/// The result of creating one credential.
pub(in super::super) enum Made {
    /// The account has it.
    Done,
    /// The API refused it.
    Refused(Refusal),
    /// Someone else created one with this name.
    Taken,
}

/// Creates a credential, and returns once the account has it. It is looked up before it is sent,
/// and after each response.
pub(in super::super) async fn make(
    run: &Run<'_>,
    realm: RealmId,
    new: &NewCredential,
) -> Result<Made, Interruption> {
    let name = (realm, new.composite());
    let mut said_to_exist = None;
    loop {
        let there = lookup::find(run.dashboard, &run.throttle, std::slice::from_ref(&name)).await;
        match NameUse::of(there?.remove(&name), [&new.hashes]) {
            NameUse::Made(_) => return Ok(Made::Done),
            NameUse::Taken(_) => return Ok(Made::Taken),
            NameUse::Free => {}
        }
        if let Some(refusal) = said_to_exist {
            return Ok(Made::Refused(refusal));
        }
        let refusal = match send(run, new.scope(realm), std::slice::from_ref(new)).await {
            Ok(Said::Done(mut created)) if created.made.is_empty() => {
                created.refused.pop().map(|refused| refused.refusal)
            }
            Ok(Said::Refused(refusal)) => Some(refusal),
            // A response that says both isn't a refusal.
            Ok(Said::Done(_)) | Err(NoAnswer::Unknown) => None,
            Err(halt) => return Err(halt.into()),
        };
        match refusal {
            // A request without a response may have arrived late.
            Some(refusal) if exists(&refusal) => said_to_exist = Some(refusal),
            Some(refusal) => return Ok(Made::Refused(refusal)),
            None => {}
        }
    }
}
