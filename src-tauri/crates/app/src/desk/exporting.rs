//! Exports the list as a CSV file, without secrets.

use registrar_bandwidth::dashboard::CredentialId;
use registrar_spreadsheet::{UTF_8_MARK, write_row};

use super::Desk;
use super::list::{List, Query};
use super::model::Model;
use crate::Error;
use crate::ipc::Savable;

const HEADING: [&str; 5] = ["user name", "domain", "realm", "voice application", "id"];

impl Desk {
    /// Writes the requested SIP credentials. Returns the file's default name and its bytes.
    pub(super) fn csv(&self, what: Savable) -> Result<(String, Vec<u8>), Error> {
        let mut model = self.model();
        let ids = meant(&mut model, what);
        if ids.is_empty() {
            return Err(Error::OutOfStep);
        }
        let list = &model.shown().list;
        let number = registrar_storage::export::name_part(self.account.number.as_str());
        Ok((format!("sip-credentials-{number}.csv"), write(list, &ids)))
    }
}

fn meant(model: &mut Model, what: Savable) -> Vec<CredentialId> {
    let mut query = model.query.clone();
    if what != Savable::CredentialsShown {
        query = Query {
            sort: query.sort,
            descending: query.descending,
            ..Query::default()
        };
    }
    let mut ids = model.shown_mut().list.ids(&query);
    if what == Savable::CredentialsSelected {
        ids.retain(|id| model.selection.contains(id));
    }
    ids
}

fn write(list: &List, ids: &[CredentialId]) -> Vec<u8> {
    let mut text = Vec::new();
    write_row(&HEADING, &mut text);
    for row in ids.iter().filter_map(|id| list.row(*id)) {
        let record = [
            &*row.user_name,
            row.domain.as_deref().unwrap_or_default(),
            list.realm_of(row),
            row.application_id.as_deref().unwrap_or_default(),
            &row.id.to_string(),
        ];
        write_row(&record, &mut text);
    }
    if !text.is_ascii() {
        text.splice(..0, UTF_8_MARK.bytes());
    }
    text
}

#[cfg(test)]
mod tests {
    use registrar_bandwidth::dashboard::{ApplicationId, Credential, Realm, RealmId, RealmStatus};
    use registrar_digest::Hashes;
    use registrar_secret::SipPassword;

    use super::*;

    fn list(names: &[&str]) -> List {
        let mut list = List::default();
        let all = (1..).zip(names).map(|(id, name)| Credential {
            id: CredentialId(id),
            realm_id: RealmId(1),
            user_name: (*name).to_owned(),
            domain: Some("bw.com".to_owned()),
            realm: "r.example".to_owned(),
            hashes: Some(Hashes::make(name, "r.example", &SipPassword::new("canary-7f3a")).into()),
            application_id: None,
        });
        list.merge(all.collect());
        list
    }

    #[test]
    fn row_is_written_for_a_spreadsheet_and_without_hashes() {
        let list = list(&["anna", "o\"neil, jr"]);

        let written = write(&list, &[CredentialId(1), CredentialId(2)]);

        assert_eq!(
            String::from_utf8(written).unwrap(),
            "user name,domain,realm,voice application,id\r\n\
             anna,bw.com,r.example,,1\r\n\
             \"o\"\"neil, jr\",bw.com,r.example,,2\r\n"
        );
    }

    proptest::proptest! {
        #![proptest_config(crate::arbitrary::few(24))]
        #[test]
        fn what_is_exported_is_imported_as_the_same_rows(
            rows in proptest::collection::vec(
                (
                    crate::arbitrary::user_name(),
                    crate::arbitrary::domain(),
                    proptest::bool::ANY,
                    crate::arbitrary::application(),
                ),
                1..20,
            ),
        ) {
            use registrar_import::{Existing, Realms, make};
            use registrar_jobs::{Action, Jobs};
            let realms = [(1, "office.abc123.auth.example"), (2, "lobby.abc123.auth.example")];
            let mut list = List::default();
            let all = (1..).zip(rows).map(|(id, (user_name, domain, first, application))| {
                let (realm_id, realm) = realms[usize::from(first)];
                Credential {
                    id: CredentialId(id),
                    realm_id: RealmId(realm_id),
                    // Each name is unique, ignoring case.
                    user_name: format!("{user_name}.{id}"),
                    domain,
                    realm: realm.to_owned(),
                    hashes: None,
                    application_id: application.map(|id| id.as_str().to_owned()),
                }
            });
            let all: Vec<Credential> = all.collect();
            list.merge(all.clone());
            let ids: Vec<CredentialId> = all.iter().map(|one| one.id).collect();
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("exported.csv");
            std::fs::write(&path, write(&list, &ids)).unwrap();
            let realms = Realms::new(&realms.map(|(id, name)| Realm {
                id: RealmId(id),
                name: name.to_owned(),
                description: String::new(),
                default: id == 1,
                credential_count: 0,
                status: RealmStatus::Active,
            }));

            let imported = make(
                &path,
                &realms,
                &Existing::default(),
                &Jobs::at(folder.path().join("jobs")),
                &tokio_util::sync::CancellationToken::new(),
                &|_, _| {},
            )
            .unwrap();

            assert_eq!(imported.plan.counts().create, all.len() as u64);
            let mut read = imported.plan.rows(0).unwrap();
            for one in &all {
                let (_, step) = read.next().unwrap().unwrap();
                assert_eq!(step.composite(), one.composite());
                assert_eq!(step.user_name, one.user_name);
                assert_eq!(step.realm, one.realm);
                let Action::Create { realm, application, .. } = step.action else {
                    panic!("{:?}", step.action)
                };
                assert_eq!(realm, one.realm_id);
                let application = application.as_ref().map(ApplicationId::as_str);
                assert_eq!(application, one.application_id.as_deref());
            }
        }
    }
}
