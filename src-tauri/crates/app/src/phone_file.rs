//! The configuration file of a phone, as saved by the journey and the desk.

use registrar_bandwidth::discovery::Found;
use registrar_phones::{EXPIRY, Secret, Settings};
use registrar_secret::Hash;
use registrar_sip::TransportName;
use registrar_storage::export::name_part;

use crate::Error;

/// Makes the file for Linphone: its usual name and its bytes.
pub(crate) fn linphone(
    user_name: &str,
    realm: &str,
    found: &Found,
    transport: TransportName,
    hash1: Option<&Hash>,
) -> Result<(String, Vec<u8>), Error> {
    let phone = registrar_phones::find("linphone").ok_or(Error::OutOfStep)?;
    let dialect = phone.dialects.first().ok_or(Error::OutOfStep)?;
    let file = registrar_phones::file(
        dialect,
        &Settings {
            user_name,
            display_name: None,
            realm,
            registrar: found.phone_host(transport),
            port: found.port(transport),
            transport,
            expiry: EXPIRY,
            secret: hash1.map(Secret::Hash1),
        },
    )?;
    let name = format!("linphone-{}.xml", name_part(user_name));
    Ok((name, file.expose().to_vec()))
}
