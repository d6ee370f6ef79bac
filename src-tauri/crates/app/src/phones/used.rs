//! The phones that were set up before, which stand on top of the list.

use registrar_storage::store::{Loaded, Store};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::ipc::PhoneChoice;

const FILE: &str = "phones.json";
const VERSION: u32 = 1;

/// How many are kept.
const MOST: usize = 3;

#[derive(Serialize, Deserialize)]
struct Used {
    phones: Vec<PhoneChoice>,
}

/// Returns the phones that were set up before and are still listed, the latest first.
pub(crate) fn read(store: &Store) -> Vec<PhoneChoice> {
    let phones = match store.read::<Used>(FILE, VERSION) {
        Ok(Loaded::Found(used)) => used.phones,
        Ok(Loaded::Missing | Loaded::SetAside { .. } | Loaded::Newer { .. }) | Err(_) => Vec::new(),
    };
    let known = |choice: &PhoneChoice| choice.listed().is_some();
    phones.into_iter().filter(known).take(MOST).collect()
}

/// Puts a phone on top of those that were set up before.
pub(crate) fn add(store: &Store, choice: &PhoneChoice) -> Result<(), Error> {
    let Some((phone, _)) = choice.listed() else {
        return Ok(());
    };
    let before = read(store);
    if before.first() == Some(choice) {
        return Ok(());
    }
    let is_other = |own: &PhoneChoice| own.listed().is_some_and(|(own, _)| own.id != phone.id);
    let mut phones = vec![choice.clone()];
    phones.extend(before.into_iter().filter(is_other));
    phones.truncate(MOST);
    Ok(store.write(FILE, VERSION, &Used { phones })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(phone: &str, dialect: &str) -> PhoneChoice {
        PhoneChoice::Listed {
            phone: phone.to_owned(),
            dialect: dialect.to_owned(),
        }
    }

    #[test]
    fn the_latest_three_phones_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path()).ready().unwrap();
        for (phone, dialect) in [
            ("snom", "v8"),
            ("yealink", "current"),
            ("linphone", "any"),
            ("poly", "uc"),
            ("yealink", "current"),
        ] {
            add(&store, &listed(phone, dialect)).unwrap();
        }
        add(&store, &PhoneChoice::Other).unwrap();

        assert_eq!(
            read(&store),
            [
                listed("yealink", "current"),
                listed("poly", "uc"),
                listed("linphone", "any")
            ]
        );
    }

    #[test]
    fn another_dialect_of_a_phone_replaces_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path()).ready().unwrap();
        add(&store, &listed("snom", "v8")).unwrap();

        add(&store, &listed("snom", "v10")).unwrap();

        assert_eq!(read(&store), [listed("snom", "v10")]);
    }
}
