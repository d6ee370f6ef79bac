//! What arrived at the registrar, as the window tells it.

use registrar_sip::BindingView;
use registrar_sip::uri::Uri;

use crate::ipc::{PhoneChoice, PushService, RegisteredPhone};

/// The trap of phones whose maker's push service may register in their place.
const PUSH_TRAP: &str = "acrobits-push-registers";
/// What that push service and its maker call themselves.
const PUSH_NAMES: [&str; 2] = ["sipis", "acrobits"];

/// Returns what a binding says about the phone. `now_ms` is the time of the look.
pub(super) fn arrival(
    binding: &BindingView,
    choice: Option<&PhoneChoice>,
    now_ms: u64,
) -> RegisteredPhone {
    let host = Uri::parse(&binding.address).map(|uri| uri.host);
    let from = host.unwrap_or_else(|| binding.address.clone());
    let says = |text: &str| {
        let text = text.to_ascii_lowercase();
        PUSH_NAMES.iter().any(|name| text.contains(name))
    };
    let push = if says(&from) || binding.name.as_deref().is_some_and(says) {
        Some(PushService::Seen)
    } else {
        let may = choice
            .and_then(PhoneChoice::listed)
            .is_some_and(|(_, dialect)| dialect.traps.contains(&PUSH_TRAP));
        may.then_some(PushService::Possible)
    };
    #[allow(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 fit in 53 bits"
    )]
    let until = (binding.expires > 0)
        .then(|| now_ms.saturating_add(u64::from(binding.expires) * 1000) as f64);
    RegisteredPhone {
        from,
        until,
        name: binding.name.clone(),
        push,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binding(address: &str, name: Option<&str>, expires: u32) -> BindingView {
        BindingView {
            address: address.to_owned(),
            name: name.map(str::to_owned),
            expires,
            ours: false,
        }
    }

    #[test]
    fn arrival_says_only_what_the_registrar_lists() {
        let plain = arrival(&binding("sip:bob@192.0.2.9:5060", None, 60), None, 1000);
        let named = binding("sip:bob@192.0.2.9", Some("Yealink T46U"), 0);
        let named = arrival(&named, Some(&PhoneChoice::Other), 1000);
        let odd = arrival(&binding("no address", None, 60), None, 0);

        assert_eq!((plain.from.as_str(), plain.name), ("192.0.2.9", None));
        assert_eq!((plain.until, plain.push), (Some(61_000.0), None));
        assert_eq!(named.name.as_deref(), Some("Yealink T46U"));
        assert_eq!(named.until, None, "the registrar gave no time");
        assert_eq!(odd.from, "no address");
    }

    #[test]
    fn push_service_in_the_phones_place_is_told() {
        let groundwire = registrar_phones::find("groundwire").unwrap();
        let groundwire = PhoneChoice::Listed {
            phone: groundwire.id.to_owned(),
            dialect: groundwire.dialects[0].id.to_owned(),
        };
        let push = |address, name, choice| {
            let binding = binding(address, name, 60);
            arrival(&binding, choice, 0).push
        };

        let plain = "sip:bob@192.0.2.9";
        let agent = push(plain, Some("Acrobits SIPIS 1.2"), None);
        let host = push("sip:bob@all.sipis.example", None, None);
        assert_eq!(agent, Some(PushService::Seen));
        assert_eq!(host, Some(PushService::Seen));
        let may = push(plain, None, Some(&groundwire));
        assert_eq!(may, Some(PushService::Possible));
        assert_eq!(push(plain, None, Some(&PhoneChoice::Other)), None);
        let user = push("sip:acrobits@192.0.2.9", None, None);
        assert_eq!(user, None, "a user name says nothing of the service");
    }
}
