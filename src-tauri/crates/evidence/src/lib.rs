//! Evidence for someone who wasn't there: a drawing, a text log and a Wireshark capture of a check
//! or a call, and a page for a ticket about anything. None of them contains a secret.
//!
//! A [`Trace`] is what a check or a call sent and received, and [`file()`] writes it in a [`Form`].
//! A [`Sheet`] is the content of a page, and [`page`] writes that.
//!
//! ```
//! use registrar_evidence::{Machine, Sheet, page};
//!
//! let machine = Machine {
//!     system: "Debian 12".to_owned(),
//!     ..Machine::default()
//! };
//! let mut sheet = Sheet::begin("bob", "A check of bob", 1_795_534_212_045, &machine);
//! sheet.fact("Realm", "office.1a2b3c.auth.bandwidth.com");
//!
//! let (name, html) = page(&sheet);
//! assert!(name.ends_with("20261124-1530.html"));
//! assert!(html.starts_with(b"<!doctype html>"));
//! ```

mod html;
mod letters;
pub mod pcapng;
mod sheet;
pub mod svg;
pub mod text;
mod times;
mod trace;
mod writer;

pub use sheet::{Finding, Machine, Sheet, Shown};
pub use trace::{About, Trace, TraceMessage};

use registrar_activity::moment::Moment;
use registrar_storage::export::name_part;

/// Shown below every form: what created it, and that the dots are intentional.
const LEFT_OUT: &str = "Created by SIP Registrar Setup. Passwords, hashes, digest responses, and \
                        authorization values are left out.";
/// Shown above every form of something that happened in practice.
const PRACTICE: &str = "Practice: nothing here is real.";

/// The forms in which a trace is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A capture file that Wireshark opens.
    Pcapng,
    /// A drawing.
    Svg,
    /// A text log.
    Text,
}

impl Form {
    fn ending(self) -> &'static str {
        match self {
            Self::Pcapng => "pcapng",
            Self::Svg => "svg",
            Self::Text => "txt",
        }
    }
}

/// Returns the file: its default name, such as `check-bob-20261124-1530.svg`, and its bytes.
#[must_use]
pub fn file(trace: &Trace, form: Form) -> (String, Vec<u8>) {
    let name = format!(
        "{}-{}-{}.{}",
        trace.kind,
        name_part(&trace.subject),
        Moment::of(trace.began_ms).compact(),
        form.ending()
    );
    let bytes = match form {
        Form::Pcapng => pcapng::capture(trace),
        Form::Svg => svg::drawing(trace).into_bytes(),
        Form::Text => text::log(trace).into_bytes(),
    };
    (name, bytes)
}

/// Returns one page with everything that a ticket needs: its default name, and its bytes.
#[must_use]
pub fn page(sheet: &Sheet) -> (String, Vec<u8>) {
    let name = format!(
        "evidence-{}-{}.html",
        name_part(&sheet.subject),
        Moment::of(sheet.made_ms).compact()
    );
    (name, html::page(sheet).into_bytes())
}

#[cfg(test)]
mod samples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_name_says_what_who_and_when_in_portable_letters() {
        let mut trace = samples::trace(1);
        for (subject, name) in [
            ("bob", "check-bob-20261124-1530.svg"),
            (
                "bob@somewhere.com",
                "check-bob-somewhere-com-20261124-1530.svg",
            ),
            ("../é\u{202e}<>", "check---------20261124-1530.svg"),
        ] {
            subject.clone_into(&mut trace.subject);

            assert_eq!(file(&trace, Form::Svg).0, name);
        }
        trace.subject = "x".repeat(10_000);
        for (form, ending) in [
            (Form::Pcapng, ".pcapng"),
            (Form::Svg, ".svg"),
            (Form::Text, ".txt"),
        ] {
            let (name, bytes) = file(&trace, form);

            assert!(name.len() < 100 && name.ends_with(ending), "{name}");
            assert!(!bytes.is_empty());
        }
    }
}
