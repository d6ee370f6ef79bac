//! The evidence page for a ticket about the open journey.

use registrar_evidence::Sheet;
use registrar_explain as explain;

use super::JourneySession;

impl JourneySession {
    /// Creates an evidence page: what is being set up, the last check and the last call, and
    /// everything that was sent for them.
    #[must_use]
    pub fn evidence(&self, begin: &dyn Fn(&str, &str) -> Sheet) -> Sheet {
        let state = self.state();
        let subject = state.journey.subject().cloned();
        let composite = subject
            .as_ref()
            .map(|subject| subject.credential.composite());
        let title = composite.as_ref().map_or_else(
            || "Setting up the registrar".to_owned(),
            |name| format!("Setting up {name}"),
        );
        let mut sheet = begin(composite.as_deref().unwrap_or("journey"), &title);
        sheet.practice = self.is_practice();
        if let Some(account) = state.account() {
            sheet.fact("Account", &format!("{}, {}", account.name, account.number));
        }
        if let Some(dashboard) = &state.dashboard {
            let environment = dashboard.environment();
            sheet.fact("API", &environment.bearer.shown());
        }
        if let Some(subject) = &subject {
            sheet.fact("Realm", &subject.realm.name);
            sheet.fact("User name", &subject.credential.composite());
        }
        if let Some(found) = &state.registrar {
            sheet.fact("Registrar", found.phone_host(state.transport));
            let port = found.port(state.transport);
            sheet.fact(
                "Port",
                &port.map_or_else(String::new, |port| port.to_string()),
            );
            sheet.fact("Transport", state.transport.as_str());
            let origin = explain::discovery::origin(found.origin);
            sheet.fact("Source of the address", origin);
            let trouble = explain::discovery::trouble(found).map(|trouble| trouble.sentence);
            sheet.fact("Problem", &trouble.unwrap_or_default());
        }
        if let (Some(report), Some(trace)) = (&state.last_check, &state.last_trace) {
            sheet.checked(report, trace);
        }
        if sheet.dns.is_empty()
            && let Some(found) = &state.registrar
        {
            sheet.dns(&explain::discovery::views(&found.dns));
        }
        if let Some(call) = &state.last_call {
            let states = call.states.iter();
            let mut details: Vec<String> = states
                .map(|state| format!("After {} s: {}", state.second, state.sentence))
                .collect();
            details.extend(call.notes.iter().cloned());
            sheet.finding("The last test call", &call.verdict, &details);
        }
        drop(state);
        sheet.open_exchanges(&self.exchanges());
        sheet
    }
}
