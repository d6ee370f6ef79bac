//! What can keep the chosen phone from registering, likeliest first.

use std::time::Duration;

use registrar_bandwidth::discovery::Found;
use registrar_explain as explain;
use registrar_phones::{Dialect, EXPIRY, FieldValue, FilledField, Settings, fields};
use registrar_sip::TransportName;

use crate::ipc::{PhoneCause, PhoneChoice};
use crate::journey::step::Subject;

/// When causes are offered.
const LATE: Duration = Duration::from_mins(2);

/// Returns the causes that fit the chosen phone: its port, its traps, and what is pressed at the
/// end. For a phone that isn't listed, those of any phone. There are none until the phone is late.
pub(super) fn causes(
    waited: Duration,
    choice: Option<&PhoneChoice>,
    subject: &Subject,
    found: &Found,
    transport: TransportName,
) -> Vec<PhoneCause> {
    if waited < LATE {
        return Vec::new();
    }
    let settings = Settings {
        user_name: &subject.credential.composite(),
        display_name: None,
        realm: &subject.realm.name,
        registrar: found.phone_host(transport),
        port: found.port(transport),
        transport,
        expiry: EXPIRY,
        secret: None,
    };
    let listed = choice.and_then(PhoneChoice::listed);
    listed
        .and_then(|(_, dialect)| of_dialect(dialect, &settings))
        .unwrap_or_else(|| {
            let general = explain::phone_hints(found).into_iter();
            general
                .map(|sentence| PhoneCause::General { sentence })
                .collect()
        })
}

/// Returns nothing where the phone can't hold the settings, or nothing is known of it.
fn of_dialect(dialect: &Dialect, settings: &Settings<'_>) -> Option<Vec<PhoneCause>> {
    let fields = fields(dialect, settings).ok()?;
    let port = settings.port.and_then(|port| {
        let field = fields.iter().find(|field| holds_port(field, port))?;
        Some((field.label, port))
    });
    let of_port = port.map(|(label, port)| PhoneCause::Port {
        field: label.to_owned(),
        port,
    });
    let of_fields = fields.iter().filter_map(|field| {
        let is_told = port.is_some_and(|(label, _)| label == field.label);
        let text = field.trap.filter(|_| !is_told)?;
        Some(PhoneCause::Trap {
            text: text.to_owned(),
            field: Some(field.label.to_owned()),
        })
    });
    let pressed = dialect.press.iter().map(|text| PhoneCause::Press {
        text: (*text).to_owned(),
    });
    let all: Vec<PhoneCause> = of_port
        .into_iter()
        .chain(of_fields)
        .chain(pressed)
        .collect();
    (!all.is_empty()).then_some(all)
}

/// Returns whether a field holds the registrar's port, alone or behind the server.
fn holds_port(field: &FilledField, port: u16) -> bool {
    match &field.value {
        FieldValue::Password => false,
        FieldValue::Text(text) => {
            let end = text.rsplit(':').next().unwrap_or_default();
            let digits: String = end.chars().take_while(char::is_ascii_digit).collect();
            digits == port.to_string()
        }
    }
}

#[cfg(test)]
mod tests;
