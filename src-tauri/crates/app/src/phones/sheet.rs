//! One credential's page of a setup sheet.

use std::io::{self, Write};

use registrar_explain::phone::sentence;
use registrar_phones::sheet::{Check, Chosen, Page, Password, Row, Sheet};

use super::PhoneSetup;
use crate::ipc::PhoneChoice;

/// What nobody here sets up or tests.
pub(crate) const EMERGENCY: &str = "Emergency calling wasn’t set up or tested here. Don’t rely on \
                                    this phone for emergency calls until that’s done.";

/// What a phone is set up without where its registrar isn't known.
const NO_PORT: &str = "The registrar’s port isn’t known. Ask Bandwidth support for it before you \
                       set up this phone.";

/// What a page says beside the values.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageNotes {
    /// Where the values come from.
    pub(crate) about: Vec<Row>,
    /// What was checked.
    pub(crate) checks: Vec<Check>,
    /// Whether the password was asked for.
    pub(crate) password: bool,
}

impl PhoneSetup {
    /// Writes this credential's page, under the names of the chosen phone. A phone that can't hold
    /// the values gets the usual names, and the reason.
    pub(crate) fn write_page<W: Write>(
        &self,
        sheet: &mut Sheet<W>,
        choice: Option<&PhoneChoice>,
        notes: &PageNotes,
    ) -> io::Result<()> {
        let settings = self.by_hand();
        let listed = choice.and_then(PhoneChoice::listed);
        let filled = listed.map(|(phone, dialect)| Chosen::fill(phone, dialect, &settings));
        let mut before = Vec::new();
        let chosen = match filled.transpose() {
            Ok(chosen) => chosen,
            Err(refusal) => {
                before.push(sentence(&refusal));
                None
            }
        };
        if self.port.is_none() {
            before.push(NO_PORT.to_owned());
        }
        sheet.page(&Page {
            phone: chosen.as_ref(),
            settings: &settings,
            about: &notes.about,
            notes: &before,
            checks: &notes.checks,
            left_open: &[EMERGENCY.to_owned()],
            password: match &self.password {
                _ if !notes.password => Password::LeftOut,
                None => Password::Unknown,
                Some(password) => Password::InBox(password),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use registrar_secret::{Hash, SipPassword};
    use registrar_sip::TransportName;

    use super::*;

    const HASH: &str = "0123456789abcdef0123456789abcdef";

    fn setup(password: Option<&str>) -> PhoneSetup {
        PhoneSetup {
            user_name: "frontdesk".to_owned(),
            realm: "office.example".to_owned(),
            registrar: "office.example".to_owned(),
            port: Some(5072),
            transport: TransportName::Udp,
            password: password.map(SipPassword::new),
            hash1: Some(Hash::new(HASH)),
        }
    }

    fn listed(phone: &str, dialect: &str) -> PhoneChoice {
        PhoneChoice::Listed {
            phone: phone.to_owned(),
            dialect: dialect.to_owned(),
        }
    }

    fn written(setup: &PhoneSetup, choice: Option<&PhoneChoice>, password: bool) -> String {
        let mut sheet = Sheet::begin(Vec::new(), false, password).unwrap();
        let notes = PageNotes {
            password,
            ..PageNotes::default()
        };
        setup.write_page(&mut sheet, choice, &notes).unwrap();
        String::from_utf8(sheet.end().unwrap()).unwrap()
    }

    #[test]
    fn a_page_has_no_hash_and_a_password_only_if_asked() {
        for phone in registrar_phones::phones() {
            for dialect in phone.dialects {
                let choice = listed(phone.id, dialect.id);
                let without = written(&setup(Some("zq7")), Some(&choice), false);
                let with = written(&setup(Some("zq7")), Some(&choice), true);

                assert!(!without.contains("class=\"tiles\""), "{choice:?}");
                assert!(with.contains(">z</b>"), "{choice:?}");
                assert!(!with.contains(HASH) && !without.contains(HASH));
            }
        }
    }

    #[test]
    fn a_password_that_is_not_known_is_said_to_be_left_out() {
        let page = written(&setup(None), Some(&listed("yealink", "current")), true);

        assert!(page.contains("Not included: the app doesn’t know it."));
        assert!(page.contains("<th>Register Name</th>"));
    }

    #[test]
    fn a_phone_that_cannot_hold_the_values_gets_the_usual_names() {
        let odd = setup(Some("a b"));

        let page = written(&odd, Some(&listed("grandstream", "phone")), false);

        assert!(page.contains("The password has a space"), "{page}");
        assert!(page.contains("<th>User name</th>"));
    }

    #[test]
    fn a_page_without_the_port_asks_for_it() {
        let unknown = PhoneSetup {
            port: None,
            ..setup(None)
        };

        let page = written(&unknown, None, false);

        assert!(page.contains("Ask Bandwidth support for it"), "{page}");
        assert!(page.contains("Not known yet"));
    }
}
