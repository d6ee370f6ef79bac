//! The code that apps built with Acrobits' Cloud Softphone read: `csc:USER:PASSWORD@CLOUDID`. The
//! account's settings come from the provider's configuration, which the Cloud ID names.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use registrar_secret::SipPassword;
use zeroize::Zeroizing;

use super::{QrImage, draw};
use crate::phone::Dialect;
use crate::refusal::Refusal;

/// The ID that Acrobits gave a provider. A `*` at its end chooses the test version of the app's
/// configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudId(String);

impl CloudId {
    /// Maximum number of characters, more than any that is known.
    const LONGEST: usize = 64;

    /// Parses a typed ID.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let name = typed.strip_suffix('*').unwrap_or(typed);
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let good = !name.is_empty() && name.len() <= Self::LONGEST && name.bytes().all(allowed);
        good.then(|| Self(typed.to_owned()))
    }
}

/// Draws the code for a provider's own app. Without a password, the app asks for it, and the image
/// is no secret.
pub fn acrobits(
    dialect: &Dialect,
    user_name: &str,
    password: Option<&SipPassword>,
    cloud_id: &CloudId,
) -> Result<QrImage, Refusal> {
    if !dialect.cloud_id {
        return Err(Refusal::NoQrCode);
    }
    draw(&content(user_name, password, cloud_id))
}

fn content(
    user_name: &str,
    password: Option<&SipPassword>,
    CloudId(cloud_id): &CloudId,
) -> Zeroizing<String> {
    let mut content = Zeroizing::new(String::with_capacity(1024));
    content.push_str("csc:");
    content.extend(utf8_percent_encode(user_name, NON_ALPHANUMERIC));
    if let Some(password) = password {
        content.push(':');
        content.extend(utf8_percent_encode(password.expose(), NON_ALPHANUMERIC));
    }
    content.push('@');
    content.push_str(cloud_id);
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_name_and_password_are_encoded() {
        let id = CloudId::parse(" OFFICE-1* ").unwrap();
        let password = SipPassword::new("a:b@c%d/\u{e4}");

        assert_eq!(
            *content("bob@somewhere.com", Some(&password), &id),
            "csc:bob%40somewhere%2Ecom:a%3Ab%40c%25d%2F%C3%A4@OFFICE-1*"
        );
        assert_eq!(*content("frontdesk", None, &id), "csc:frontdesk@OFFICE-1*");
    }

    #[test]
    fn other_texts_are_no_cloud_ids() {
        let longest = "x".repeat(CloudId::LONGEST);
        assert!(CloudId::parse(&longest).is_some());
        let too_long = format!("{longest}x");
        for typed in [
            "", "*", "a b", "a@b", "a:b", "a**", "*a", "\u{e4}", &too_long,
        ] {
            assert_eq!(CloudId::parse(typed), None, "{typed}");
        }
    }
}
