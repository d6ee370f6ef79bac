//! Where the services of practice are, as text, for those who are not the app itself.

use registrar_bandwidth::dashboard::Addresses;
use registrar_practice::Practice;

/// Returns the addresses of the practice environment, their secrets included.
#[must_use]
pub fn exposed(practice: &Practice) -> Addresses {
    let addresses = practice.addresses();
    Addresses {
        token: addresses.token.expose(),
        bearer: addresses.bearer.expose(),
        basic: addresses.basic.expose(),
    }
}
