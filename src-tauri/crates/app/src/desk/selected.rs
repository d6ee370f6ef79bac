//! What is known about the selected SIP credentials before a bulk change: which phones will stop
//! working, as far as the last checks can tell.

use registrar_secret::redact::sanitized_line;

use super::list::Standing;
use super::view::{count, float};
use super::{Desk, view};
use crate::ipc::{DeskPhone, DeskSelected, DeskWhich};

/// Maximum number of phones named.
const MOST_PHONES: usize = 50;

impl Desk {
    /// Returns the results of the last checks of the selected SIP credentials.
    #[must_use]
    pub fn selected(&self) -> DeskSelected {
        let ids = self.meant(DeskWhich::Selected);
        let model = self.model();
        let list = &model.shown().list;
        let (mut registered, mut free, mut phones) = (0, 0, Vec::new());
        let mut oldest: Option<u64> = None;
        let mut all_phones = 0;
        for id in &ids {
            let checked = model.results.get(id);
            let Some(checked) = checked.filter(|checked| checked.standing == Standing::Accepted)
            else {
                continue;
            };
            oldest = Some(oldest.map_or(checked.at_ms, |oldest| oldest.min(checked.at_ms)));
            if checked.bindings.is_empty() {
                free += 1;
                continue;
            }
            registered += 1;
            all_phones += checked.bindings.len();
            let name = list.row(*id).map(super::list::Row::composite);
            let name = sanitized_line(&name.unwrap_or_default(), view::LONGEST);
            let room = MOST_PHONES.saturating_sub(phones.len());
            phones.extend(checked.bindings.iter().take(room).map(|binding| DeskPhone {
                name: name.clone(),
                address: binding.address.clone(),
            }));
        }
        DeskSelected {
            count: count(ids.len()),
            registered: count(registered),
            free: count(free),
            unknown: count(ids.len() - registered - free),
            checked_at: oldest.map(float),
            more_phones: count(all_phones - phones.len()),
            phones,
        }
    }
}

#[cfg(test)]
mod tests {
    use registrar_bandwidth::dashboard::CredentialId;

    use super::*;
    use crate::desk::fixture::{load, practice, shown};
    use crate::ipc::SelectRows;

    #[tokio::test]
    async fn what_stops_is_told_only_of_those_whose_last_check_says_so() {
        let (_folder, desk) = practice().await;
        load(&desk).await;
        assert_eq!(desk.selected().count, 0, "none is selected");
        let _ = desk.rows(&shown(""));
        desk.select(SelectRows::All);

        let unchecked = desk.selected();
        assert_eq!((unchecked.count, unchecked.unknown), (2, 2));
        assert_eq!(unchecked.checked_at, None);

        let ids: Vec<CredentialId> = desk.meant(DeskWhich::Selected);
        let row = desk.rows(&shown("")).rows;
        let stop = tokio_util::sync::CancellationToken::new();
        desk.check(DeskWhich::Selected, 50, &stop, &|_| {})
            .await
            .unwrap();
        let free = desk.selected();
        assert_eq!((free.registered, free.free, free.unknown), (0, 2, 0));
        assert!(free.checked_at.is_some());

        {
            let mut model = desk.model();
            let checked = model.results.get_mut(&ids[0]).unwrap();
            checked.bindings = (0..MOST_PHONES + 7)
                .map(|number| registrar_sip::BindingView {
                    address: format!("sip:anna@192.0.2.1:{number}"),
                    name: None,
                    expires: 60,
                    ours: false,
                })
                .collect();
            let other = model.results.get_mut(&ids[1]).unwrap();
            other.standing = Standing::NotAccepted;
        }
        let told = desk.selected();
        assert_eq!((told.registered, told.free, told.unknown), (1, 0, 1));
        assert_eq!((told.phones.len(), told.more_phones), (MOST_PHONES, 7));
        assert!(
            row.iter()
                .any(|row| told.phones[0].name.starts_with(&row.user_name))
        );
    }
}
