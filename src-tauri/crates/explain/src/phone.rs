//! Wording for settings that a phone, or its file, can't hold.

use registrar_phones::{Cause, Refusal, Value};

use super::words::Words;
use super::{FailureKind, number};

/// Returns what is wrong and the way out, as two sentences of a page.
#[must_use]
pub fn sentence(refusal: &Refusal) -> String {
    let Words { sentence, next, .. } = words(refusal);
    format!("{sentence} {next}")
}

/// Returns the words for a phone that can't be set up this way.
#[must_use]
pub fn words(refusal: &Refusal) -> Words {
    let (sentence, next) = match refusal {
        Refusal::Hash => (
            "This phone needs the password itself, not a hash of it.".to_owned(),
            "Enter the password, or generate a new one.",
        ),
        Refusal::NoFile => (
            "This phone doesn’t load a file.".to_owned(),
            "Enter the settings by hand.",
        ),
        Refusal::NoQrCode => (
            "This phone doesn’t scan a QR code.".to_owned(),
            "Enter the settings by hand.",
        ),
        Refusal::TooLongForQrCode => (
            "These settings are too long for a QR code.".to_owned(),
            "Enter the settings by hand.",
        ),
        Refusal::Transport(transport) => (
            format!("This phone can’t use {}.", transport.as_str()),
            "Check the registration over another transport.",
        ),
        Refusal::Value { value, cause } => (
            format!("{} {}.", name(*value), problem(*cause)),
            way_out(*value),
        ),
    };
    Words {
        sentence,
        causes: Vec::new(),
        next: next.to_owned(),
        kind: FailureKind::Invalid,
        recovery_options: Vec::new(),
    }
}

/// Names a value in the words of the other pages.
fn name(value: Value) -> &'static str {
    match value {
        Value::Password => "The password",
        Value::Hash => "The hash",
        Value::User | Value::UserInUri | Value::AuthUser => "The user name",
        Value::Address | Value::Identity => "The user name with its realm",
        Value::DisplayName | Value::LineName => "The display name",
        Value::Realm => "The realm",
        Value::Host | Value::Server => "The registrar’s address",
        Value::Port | Value::ColonPort => "The port",
        Value::Transport | Value::TransportShown | Value::TransportInUri => "The transport",
        Value::Seconds | Value::Minutes => "The registration interval",
    }
}

/// Returns what is wrong with a value, as the rest of a sentence.
fn problem(cause: Cause) -> String {
    match cause {
        Cause::BothQuotes => "has both “'” and “\"”, and this phone can’t hold both".to_owned(),
        Cause::Character(odd) => format!("has {}, which this phone can’t hold", shown(odd)),
        Cause::Dollars => "has “$$”, which this phone system would replace".to_owned(),
        Cause::End(odd) => format!("ends with {}, which this phone can’t hold", shown(odd)),
        Cause::LooksEncrypted => "looks like an encrypted one to this phone".to_owned(),
        Cause::OuterSpace => "begins or ends with a space, which this phone drops".to_owned(),
        Cause::Start(odd) => format!("begins with {}, which this phone can’t hold", shown(odd)),
        Cause::TooLong(most) => {
            let most = number::grouped(most as u64);
            format!("has more than {most} characters, which is too long for this phone")
        }
    }
}

/// Returns a character as it can be read.
fn shown(odd: char) -> String {
    match odd {
        ' ' => "a space".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        odd if odd.is_control() => "an invisible character".to_owned(),
        odd => format!("“{odd}”"),
    }
}

fn way_out(value: Value) -> &'static str {
    match value {
        Value::Password => "Generate a new one: its letters and digits fit every phone.",
        Value::Hash
        | Value::User
        | Value::UserInUri
        | Value::AuthUser
        | Value::Address
        | Value::Identity
        | Value::DisplayName
        | Value::LineName
        | Value::Realm => "Choose another phone, or create a SIP credential with other names.",
        Value::Host | Value::Server | Value::Port | Value::ColonPort => {
            "Check the registration at another address."
        }
        Value::Transport
        | Value::TransportShown
        | Value::TransportInUri
        | Value::Seconds
        | Value::Minutes => "Choose another phone.",
    }
}

#[cfg(test)]
mod tests {
    use registrar_names::every;
    use registrar_sip::TransportName;

    use super::super::table::Table;
    use super::*;

    #[test]
    fn the_table_has_every_refusal_of_a_phone() {
        let of_password = causes().into_iter().map(|cause| Refusal::Value {
            value: Value::Password,
            cause,
        });
        let whole = [
            Refusal::Hash,
            Refusal::NoFile,
            Refusal::NoQrCode,
            Refusal::TooLongForQrCode,
            Refusal::Transport(TransportName::Tls),
        ];
        let of_values = values().into_iter().map(|value| Refusal::Value {
            value,
            cause: Cause::TooLong(1040),
        });

        Table::new("Sentences about a phone that can’t be set up this way")
            .with("The phone as a whole", whole, sentence)
            .with("What it can’t hold", of_password, sentence)
            .with("Each value", of_values, sentence)
            .assert_is(include_str!("phone.md"));
    }

    fn causes() -> Vec<Cause> {
        every!(Cause {
            Cause::BothQuotes => [Cause::BothQuotes],
            Cause::Character(_) => ['"', ' ', '\n', '\t', '\u{1}', 'ä'].map(Cause::Character),
            Cause::Dollars => [Cause::Dollars],
            Cause::End(_) => [Cause::End('\\')],
            Cause::LooksEncrypted => [Cause::LooksEncrypted],
            Cause::OuterSpace => [Cause::OuterSpace],
            Cause::Start(_) => [Cause::Start('#')],
            Cause::TooLong(_) => [Cause::TooLong(64)],
        })
    }

    fn values() -> Vec<Value> {
        every!(Value {
            Value::Password => [Value::Password],
            Value::Hash => [Value::Hash],
            Value::User => [Value::User],
            Value::UserInUri => [Value::UserInUri],
            Value::AuthUser => [Value::AuthUser],
            Value::Address => [Value::Address],
            Value::Identity => [Value::Identity],
            Value::DisplayName => [Value::DisplayName],
            Value::LineName => [Value::LineName],
            Value::Realm => [Value::Realm],
            Value::Host => [Value::Host],
            Value::Port => [Value::Port],
            Value::ColonPort => [Value::ColonPort],
            Value::Server => [Value::Server],
            Value::Transport => [Value::Transport],
            Value::TransportShown => [Value::TransportShown],
            Value::TransportInUri => [Value::TransportInUri],
            Value::Seconds => [Value::Seconds],
            Value::Minutes => [Value::Minutes],
        })
    }
}
