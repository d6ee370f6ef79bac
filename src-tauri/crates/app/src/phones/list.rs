//! The list of phones.

use registrar_phones::{Dialect, Kind, phones};

use crate::ipc::{PhoneDialect, PhoneKind, PhoneRow, QrKind};

/// Returns all phones, in the order of their names.
pub(crate) fn list() -> Vec<PhoneRow> {
    let mut rows: Vec<PhoneRow> = phones()
        .iter()
        .map(|phone| PhoneRow {
            id: phone.id.to_owned(),
            maker: phone.maker.to_owned(),
            name: phone.name.to_owned(),
            kind: kind(phone.kind),
            also: owned(phone.also),
            dialects: phone.dialects.iter().map(dialect).collect(),
        })
        .collect();
    rows.sort_by_cached_key(|row| row.name.to_lowercase());
    rows
}

fn dialect(dialect: &Dialect) -> PhoneDialect {
    PhoneDialect {
        id: dialect.id.to_owned(),
        name: dialect.name.to_owned(),
        models: owned(dialect.models),
        file: dialect.format.is_some_and(|format| !format.is_picture()),
        qr: qr_kind(dialect),
        takes_hash: dialect.takes_hash(),
    }
}

/// Returns what a phone's QR code is, if it scans one.
pub(super) fn qr_kind(dialect: &Dialect) -> Option<QrKind> {
    if dialect
        .format
        .is_some_and(registrar_phones::Format::is_picture)
    {
        Some(QrKind::Picture)
    } else if dialect.cloud_id {
        Some(QrKind::CloudId)
    } else {
        dialect.fetches.then_some(QrKind::Address)
    }
}

fn kind(kind: Kind) -> PhoneKind {
    match kind {
        Kind::App => PhoneKind::App,
        Kind::Desk => PhoneKind::Desk,
        Kind::System => PhoneKind::System,
        Kind::Tool => PhoneKind::Tool,
    }
}

/// Returns names as they cross to the window.
pub(super) fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str) -> PhoneRow {
        list().into_iter().find(|row| row.id == id).unwrap()
    }

    #[test]
    fn badges_come_from_each_dialect() {
        let linphone = &row("linphone").dialects[0];
        assert!(linphone.file && linphone.takes_hash);
        assert_eq!(linphone.qr, Some(QrKind::Address));

        let wave = &row("grandstream-wave").dialects[0];
        assert!(!wave.file && !wave.takes_hash);
        assert_eq!(wave.qr, Some(QrKind::Picture));

        let snom = row("snom");
        let hashes = snom.dialects.iter().map(|dialect| dialect.takes_hash);
        assert_eq!(hashes.collect::<Vec<_>>(), [false, true]);

        let bria = row("bria");
        assert!(
            bria.dialects
                .iter()
                .all(|own| !own.file && own.qr.is_none())
        );
    }

    #[test]
    fn every_phone_is_listed_by_its_name() {
        let rows = list();

        assert_eq!(rows.len(), phones().len());
        assert!(rows.is_sorted_by_key(|row| row.name.to_lowercase()));
    }
}
