//! The faults in force, and when those for one time are over.

use std::collections::BTreeMap;
use std::time::{Duration as Time, Instant};

use parking_lot::Mutex;
use registrar_sip::message::Message;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::{Fault, Faults, Group, WireFault, stored};

/// A check tries a second form of the user name this soon, with another Call-ID. What comes later is
/// another registration.
const NEXT_ATTEMPT: Time = Time::from_millis(250);

/// How long a fault lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts", rename = "FaultDuration")
)]
#[serde(rename_all = "snake_case")]
pub enum Duration {
    /// For one request, or for one registration or call with all of its messages.
    Once,
    /// Until it is switched off.
    UntilOff,
}

/// A fault and whether it is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts", rename = "FaultSwitch")
)]
#[serde(rename_all = "camelCase")]
pub struct Switch {
    /// Which one.
    pub fault: Fault,
    /// What it belongs to.
    pub group: Group,
    /// Whether it can be on for one time.
    pub can_be_once: bool,
    /// How long it is on; `None` while it is off.
    pub on: Option<Duration>,
    /// The password to enter to find a mistake in the stored hashes. It opens nothing but practice.
    pub password: Option<String>,
}

/// The faults in force, shared by all pretend services.
#[derive(Debug)]
pub(crate) struct ActiveFaults {
    state: Mutex<State>,
    /// Counts the changes.
    changes: watch::Sender<u32>,
}

#[derive(Debug, Default)]
struct State {
    /// Those that were set together.
    set: Faults,
    /// Those that were switched on one by one.
    on: BTreeMap<Fault, On>,
    /// What both come to.
    now: Faults,
}

#[derive(Debug)]
struct On {
    lasts: Duration,
    /// The Call-ID that saw it last, and when.
    seen: Option<(String, Instant)>,
}

impl Default for ActiveFaults {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            changes: watch::Sender::new(0),
        }
    }
}

impl ActiveFaults {
    pub(crate) fn now(&self) -> Faults {
        self.state.lock().now.clone()
    }

    /// Sets faults in place of all that are in force.
    pub(crate) fn set(&self, faults: Faults) {
        self.change(|state| {
            state.set = faults;
            state.on.clear();
        });
    }

    /// Switches a fault on or off. One that it excludes is switched off.
    pub(crate) fn switch(&self, fault: Fault, lasts: Option<Duration>) {
        self.change(|state| {
            state
                .on
                .retain(|other, _| *other != fault && (lasts.is_none() || !fault.excludes(*other)));
            let lasts = lasts.map(|lasts| match lasts {
                Duration::Once if fault.can_be_once() => Duration::Once,
                Duration::Once | Duration::UntilOff => Duration::UntilOff,
            });
            if let Some(lasts) = lasts {
                state.on.insert(fault, On { lasts, seen: None });
            }
        });
    }

    /// Returns all faults, with those that are on.
    pub(crate) fn switches(&self) -> Vec<Switch> {
        let state = self.state.lock();
        let switch = |(fault, group): &(Fault, Group)| Switch {
            fault: *fault,
            group: *group,
            can_be_once: fault.can_be_once(),
            on: state.on.get(fault).map(|on| on.lasts),
            password: stored::typed(*fault),
        };
        Fault::ALL.iter().map(switch).collect()
    }

    /// Returns how often they were changed, as it changes.
    pub(crate) fn changes(&self) -> watch::Receiver<u32> {
        self.changes.subscribe()
    }

    /// Ends a fault for one time, because a request saw it.
    pub(crate) fn seen(&self, fault: Fault) {
        let once = |on: &On| on.lasts == Duration::Once;
        if self.state.lock().on.get(&fault).is_some_and(once) {
            self.change(|state| {
                state.on.remove(&fault);
            });
        }
    }

    /// Returns what happens to the next answer of a service. It sees what is for one time.
    pub(crate) fn wire(&self, of: impl Fn(&Faults) -> WireFault) -> WireFault {
        let (fault, seen): (_, Vec<Fault>) = {
            let state = self.state.lock();
            let does = |fault: Fault| {
                let mut alone = Faults::default();
                fault.inject(&mut alone);
                of(&alone) != WireFault::default()
            };
            let seen = state.on.keys().copied().filter(|fault| does(*fault));
            (of(&state.now), seen.collect())
        };
        for one in seen {
            self.seen(one);
        }
        fault
    }

    /// Called for each SIP request. Returns the faults from this one on where some are over: those for
    /// one time that another registration or call saw before.
    pub(crate) fn request(&self, request: &Message, now: Instant) -> Option<Faults> {
        let call_id = request.header("Call-ID").unwrap_or_default();
        let mut over = Vec::new();
        let mut state = self.state.lock();
        for (fault, on) in &mut state.on {
            if on.lasts != Duration::Once || fault.sip_method() != Some(request.method()) {
                continue;
            }
            let belongs = on.seen.as_ref().is_none_or(|(seen_by, at)| {
                seen_by == call_id || now.saturating_duration_since(*at) < NEXT_ATTEMPT
            });
            if belongs {
                on.seen = Some((call_id.to_owned(), now));
            } else {
                over.push(*fault);
            }
        }
        drop(state);
        if over.is_empty() {
            return None;
        }
        self.change(|state| state.on.retain(|fault, _| !over.contains(fault)));
        Some(self.now())
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock();
        change(&mut state);
        let mut now = state.set.clone();
        for fault in state.on.keys() {
            fault.inject(&mut now);
        }
        state.now = now;
        drop(state);
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(call_id: &str) -> Message {
        Message::request("REGISTER", "sip:r").with("Call-ID", call_id)
    }

    #[test]
    fn once_lasts_for_all_attempts_of_one_check() {
        let faults = ActiveFaults::default();
        let began = Instant::now();
        faults.switch(Fault::Forbidden, Some(Duration::Once));

        assert!(faults.request(&register("a"), began).is_none());
        let soon = began + NEXT_ATTEMPT / 2;
        assert!(faults.request(&register("b"), soon).is_none());
        let again = began + Time::from_secs(8);
        assert!(
            faults.request(&register("b"), again).is_none(),
            "sent again"
        );
        let other = Message::request("INVITE", "sip:r").with("Call-ID", "c");
        assert!(faults.request(&other, again + NEXT_ATTEMPT).is_none());
        assert_eq!(faults.now().registrar.status, Some(403));

        let next = faults.request(&register("d"), again + NEXT_ATTEMPT);
        assert_eq!(next.unwrap().registrar.status, None);
        assert_eq!(faults.now(), Faults::default());
    }

    #[test]
    fn request_sees_only_the_fault_for_its_service() {
        let faults = ActiveFaults::default();
        faults.switch(Fault::CutOff, Some(Duration::Once));
        faults.switch(Fault::WrongSecret, Some(Duration::UntilOff));

        let token = faults.wire(|faults| faults.token);
        let first = faults.wire(|faults| faults.dashboard);
        let second = faults.wire(|faults| faults.dashboard);
        faults.seen(Fault::WrongSecret);

        assert_eq!(token, WireFault::default());
        assert!(first.spoiled.is_some() && second.spoiled.is_none());
        assert!(faults.now().secret_refused, "until it is switched off");
    }

    #[test]
    fn fault_takes_the_place_of_one_it_excludes() {
        let faults = ActiveFaults::default();
        let before = *faults.changes().borrow();
        for fault in [Fault::Forbidden, Fault::Slow, Fault::UnknownUser] {
            faults.switch(fault, Some(Duration::UntilOff));
        }

        let switches = faults.switches();
        let on = switches.iter().filter(|switch| switch.on.is_some());
        let on: Vec<Fault> = on.map(|switch| switch.fault).collect();
        assert_eq!(on, [Fault::UnknownUser, Fault::Slow]);
        assert_eq!(*faults.changes().borrow(), before + 3);
        faults.switch(Fault::UnknownUser, None);
        faults.switch(Fault::Slow, None);
        assert_eq!(faults.now(), Faults::default());
    }

    #[test]
    fn every_fault_does_something_and_can_be_undone() {
        for (fault, group) in Fault::ALL {
            let faults = ActiveFaults::default();
            faults.switch(*fault, Some(Duration::Once));
            assert_ne!(faults.now(), Faults::default(), "{fault:?}");
            assert_eq!(fault.group(), *group);
            let on = faults.switches().into_iter().find_map(|switch| switch.on);
            assert_eq!(on == Some(Duration::Once), fault.can_be_once(), "{fault:?}");

            faults.set(Faults::default());
            assert_eq!(faults.now(), Faults::default());
            assert!(faults.switches().iter().all(|switch| switch.on.is_none()));
        }
    }
}
