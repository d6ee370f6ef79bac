//! The evidence page for a ticket about one SIP credential.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::CredentialId;
use registrar_evidence::Sheet;
use registrar_explain::{self as explain, Verdict};

use super::{Desk, number, view};
use crate::Error;
use crate::ipc::DeskCredential;

impl Desk {
    /// Starts an evidence page: what is known about a SIP credential, and how its last check ended.
    pub fn evidence(&self, id: f64, begin: &dyn Fn(&str, &str) -> Sheet) -> Result<Sheet, Error> {
        let mut model = self.model();
        let id = CredentialId(number(id));
        let known = view::credential(&mut model, id).ok_or(Error::OutOfStep)?;
        let DeskCredential {
            row,
            composite,
            hashes,
            verdict,
            target,
            bindings,
        } = known;
        let mut sheet = begin(&composite, &format!("SIP credential {composite}"));
        sheet.practice = self.is_practice();
        let account = &self.account;
        sheet.fact("Account", &format!("{}, {}", account.name, account.number));
        for (name, value) in [
            ("User name", composite.as_str()),
            ("Realm", &row.realm),
            ("Voice application", &row.application),
            ("Stored hashes", &hashes),
            ("Registrar address", &target),
        ] {
            sheet.fact(name, value);
        }
        sheet.fact("Id", &number(row.id).to_string());
        for binding in &bindings {
            let expires = u64::from(binding.expires);
            let left = explain::number::counted(expires, "more second", "more seconds");
            let until = format!("{}, for {left}", binding.address);
            sheet.fact("Registered phone", &until);
        }
        let unchecked = || Verdict {
            tone: Tone::Plain,
            sentence: "This credential wasn’t checked.".to_owned(),
            causes: Vec::new(),
            next: None,
            recovery_options: Vec::new(),
        };
        sheet.finding(
            "Check with the stored hash",
            &verdict.unwrap_or_else(unchecked),
            &[],
        );
        if let Some(records) = model.dns.get(&row.realm) {
            sheet.dns(&explain::discovery::views(records));
        }
        Ok(sheet)
    }
}
