use registrar_activity::Tone;
use registrar_bandwidth::dashboard::RealmStatus;
use registrar_digest::Hashes;
use registrar_secret::SipPassword;

use super::*;
use crate::desk::view;
use crate::ipc::{DeskLoading, DeskState};

fn realm(id: u64, count: u64) -> Realm {
    Realm {
        id: RealmId(id),
        name: format!("realm{id}.example"),
        description: String::new(),
        default: id == 1,
        credential_count: count,
        status: RealmStatus::Active,
    }
}

fn page(realm: u64, ids: std::ops::Range<u64>) -> Vec<Credential> {
    let credential = |id: u64| Credential {
        id: CredentialId(id),
        realm_id: RealmId(realm),
        user_name: format!("phone{id:03}"),
        domain: None,
        realm: format!("realm{realm}.example"),
        hashes: None,
        application_id: None,
    };
    ids.map(credential).collect()
}

/// Loads realm 1 with these rows, while the API reports `count`.
fn load(model: &mut Model, count: u64, ids: std::ops::Range<u64>, to_the_end: bool) -> DeskState {
    model.begin_loading().unwrap();
    model.take_realms(vec![realm(1, count)]);
    model.take_page(RealmId(1), page(1, ids));
    if to_the_end {
        model.take_end(RealmId(1), End::Whole);
    }
    model.end_loading(7, to_the_end);
    view::state(model)
}

#[test]
fn what_is_not_loaded_yet_is_said_and_what_is_can_be_looked_at() {
    let mut model = Model::default();
    assert_eq!(view::state(&model).loading, DeskLoading::NotLoaded);
    model.begin_loading().unwrap();
    model.take_realms(vec![realm(2, 0), realm(1, 1500)]);

    model.take_page(RealmId(1), page(1, 0..500));

    let state = view::state(&model);
    assert_eq!(
        state.sentence,
        "Loading: 500 of 1,500. A search only finds what’s loaded."
    );
    assert_eq!(model.shown().realms[0].loaded, 500);
    assert_eq!(view::rows(&mut model, 490, 50).rows.len(), 10);
    assert!(model.begin_loading().is_err(), "one load at a time");
}

#[test]
fn a_count_that_differs_is_said_in_both_numbers() {
    let state = load(&mut Model::default(), 5, 0..3, true);

    assert_eq!(state.loading, DeskLoading::Partly);
    assert_eq!(state.realms[0].tone, Tone::Wait);
    assert_eq!(
        state.problems[0].sentence,
        "Bandwidth counts 5 SIP credentials in the realm realm1.example, but lists 3."
    );
}

#[test]
fn a_whole_list_has_no_problem() {
    let state = load(&mut Model::default(), 3, 0..3, true);

    assert_eq!(state.loading, DeskLoading::Whole);
    assert_eq!(state.sentence, "All 3 SIP credentials are loaded.");
    assert_eq!(state.problems, []);
    assert_eq!(state.loaded_at, Some(7.0));
}

#[test]
fn stopped_refresh_keeps_the_earlier_list_and_says_so() {
    let mut model = Model::default();
    load(&mut model, 9, 0..9, true);

    let state = load(&mut model, 9, 0..2, false);

    assert_eq!(model.shown().list.len(), 9);
    assert_eq!(state.loading, DeskLoading::Whole);
    assert!(state.problems[0].sentence.contains("earlier list is shown"));
}

#[test]
fn a_first_load_that_is_stopped_shows_what_it_has() {
    let state = load(&mut Model::default(), 9, 0..2, false);

    assert_eq!(
        state.sentence,
        "Stopped: 2 of 9 loaded. A search doesn’t find the others."
    );
}

#[test]
fn a_refresh_forgets_what_is_selected_and_gone() {
    let mut model = Model::default();
    load(&mut model, 3, 0..3, true);
    model.select(SelectRows::All);

    load(&mut model, 1, 1..2, true);

    assert_eq!(
        model.selection.iter().copied().collect::<Vec<_>>(),
        [CredentialId(1)]
    );
}

#[test]
fn rows_are_selected_one_by_one_in_a_range_and_all() {
    let mut model = Model::default();
    load(&mut model, 9, 0..9, true);
    let mut count = |how| {
        model.select(how);
        model.selection.len()
    };

    assert_eq!(count(SelectRows::Toggle { id: 4.0 }), 1);
    assert_eq!(count(SelectRows::Toggle { id: 4.0 }), 0);
    assert_eq!(
        count(SelectRows::Toggle { id: 400.0 }),
        0,
        "it is not there"
    );
    assert_eq!(count(SelectRows::Range { from: 6.0, to: 2.0 }), 5);
    assert_eq!(count(SelectRows::Range { from: 2.0, to: 3.0 }), 2);
    assert_eq!(count(SelectRows::All), 9);
    assert_eq!(count(SelectRows::None), 0);
}

#[test]
fn refresh_drops_results_of_hashes_that_have_changed() {
    let mut model = Model::default();
    let load = |model: &mut Model, passwords: [&str; 2]| {
        let mut rows = page(1, 0..2);
        for (row, password) in rows.iter_mut().zip(passwords) {
            let password = SipPassword::new(password);
            let made = Hashes::make(&row.composite(), &row.realm, &password);
            row.hashes = Some(made.into());
        }
        model.begin_loading().unwrap();
        model.take_realms(vec![realm(1, 2)]);
        model.take_page(RealmId(1), rows);
        model.take_end(RealmId(1), End::Whole);
        model.end_loading(7, true);
    };
    load(&mut model, ["one", "two"]);
    for id in 0..2 {
        let checked = Checked {
            verdict: Verdict {
                tone: Tone::Good,
                sentence: String::new(),
                causes: Vec::new(),
                next: None,
                recovery_options: Vec::new(),
            },
            standing: Standing::Accepted,
            label: String::new(),
            target: String::new(),
            bindings: Vec::new(),
            at_ms: 7,
        };
        model.take_result(CredentialId(id), checked);
    }

    load(&mut model, ["one", "another"]);

    let known: Vec<u64> = model.results.keys().map(|id| id.0).collect();
    assert_eq!(known, [0]);
}
