//! The names that most phones use, for a phone that isn't in the list.

use crate::settings::Settings;

/// What else to know about a phone that isn't in the list.
pub(super) const HINTS: &[&str] = &[
    "If there’s one field for the server, enter the registrar (or the realm, if no registrar is \
     shown) and the port, as host:port. The usual 5060 is rarely right here.",
    "If the phone asks for an authentication name, enter the user name again.",
    "If the phone doesn’t register, turn off SRTP and ICE.",
];

/// A row of the table: its name, what else it is called, and its value; none stands for the
/// password.
type Row = (&'static str, Option<&'static str>, Option<String>);

/// Returns the values under the names that most phones use.
pub(super) fn rows(settings: &Settings<'_>) -> Vec<Row> {
    let port = settings
        .port
        .map_or_else(|| "Not known yet".to_owned(), |port| port.to_string());
    let transport = settings.transport.as_str().to_owned();
    let mut rows: Vec<Row> = vec![
        (
            "User name",
            Some("Also called account, extension, or authentication name"),
            Some(settings.user_name.to_owned()),
        ),
        ("Password", None, None),
        (
            "Realm",
            Some("Also called domain or SIP server"),
            Some(settings.realm.to_owned()),
        ),
    ];
    if settings.registrar != settings.realm {
        rows.push((
            "Registrar",
            Some("Also called proxy or outbound proxy"),
            Some(settings.registrar.to_owned()),
        ));
    }
    rows.push(("Port", None, Some(port)));
    rows.push(("Transport", None, Some(transport)));
    rows
}
