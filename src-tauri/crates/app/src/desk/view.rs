//! The desk in words and rows, without hashes.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::CredentialId;
use registrar_explain::number::grouped;
use registrar_explain::{Notice, isolated};
use registrar_secret::redact::sanitized_line;

use super::list::{List, Row};
use super::loading::End;
use super::model::{Checked, Loaded, Model, RealmLoad};
use crate::ipc::{
    DeskCredential, DeskLoading, DeskPlace, DeskRealm, DeskResult, DeskRow, DeskRows, DeskState,
};

/// Maximum length of a name in a row, in characters.
pub(super) const LONGEST: usize = 200;
/// Maximum number of sentences about missing parts.
const MOST_PROBLEMS: usize = 8;

pub(super) fn state(model: &Model) -> DeskState {
    let shown = model.shown();
    let counting = model.coming.as_ref().unwrap_or(shown);
    let (loaded, listed) = counts(counting);
    let loading = if model.coming.is_some() {
        DeskLoading::Loading
    } else if shown.at_ms.is_none() {
        DeskLoading::NotLoaded
    } else if shown.is_whole() {
        DeskLoading::Whole
    } else {
        DeskLoading::Partly
    };
    DeskState {
        loading,
        realms: shown.realms.iter().map(|load| realm(load, model)).collect(),
        loaded: float(shown.list.len() as u64),
        listed: float(counts(shown).1),
        loaded_at: shown.at_ms.map(float),
        sentence: sentence(model, loading, loaded, listed),
        problems: problems(model, shown),
    }
}

fn counts(loaded: &Loaded) -> (u64, u64) {
    let realms = loaded.realms.iter();
    let listed = realms.map(|load| load.realm.credential_count).sum();
    (loaded.list.len() as u64, listed)
}

fn sentence(model: &Model, loading: DeskLoading, loaded: u64, listed: u64) -> String {
    let (loaded, listed) = (grouped(loaded), grouped(listed));
    match loading {
        DeskLoading::NotLoaded => "Nothing is loaded yet.".to_owned(),
        DeskLoading::Loading if model.whole.list.is_empty() => {
            format!("Loading: {loaded} of {listed}. A search only finds what’s loaded.")
        }
        DeskLoading::Loading => {
            format!("Refreshing: {loaded} of {listed}. The earlier list is shown until then.")
        }
        DeskLoading::Whole if loaded == "0" => "There are no SIP credentials yet.".to_owned(),
        DeskLoading::Whole if loaded == "1" => "1 SIP credential is loaded.".to_owned(),
        DeskLoading::Whole => format!("All {loaded} SIP credentials are loaded."),
        DeskLoading::Partly if model.shown().stopped => {
            format!("Stopped: {loaded} of {listed} loaded. A search doesn’t find the others.")
        }
        DeskLoading::Partly => format!("{loaded} of {listed} loaded. A search only finds these."),
    }
}

fn realm(load: &RealmLoad, model: &Model) -> DeskRealm {
    let on_its_way = load.end.is_none() && model.coming.is_some();
    DeskRealm {
        id: float(load.realm.id.0),
        name: sanitized_line(&load.realm.name, LONGEST),
        default: load.realm.default,
        listed: float(load.realm.credential_count),
        loaded: float(load.loaded),
        tone: if load.is_whole() {
            Tone::Good
        } else if on_its_way {
            Tone::Plain
        } else {
            Tone::Wait
        },
    }
}

fn problems(model: &Model, shown: &Loaded) -> Vec<Notice> {
    let mut problems = Vec::new();
    if model.coming.is_none() && model.kept_older && shown.at_ms.is_some() {
        problems.push(Notice {
            tone: Tone::Wait,
            sentence: "The refresh didn’t finish, so the earlier list is shown.".to_owned(),
            next: Some("Refresh again.".to_owned()),
        });
    }
    if model.outdated.whole && shown.at_ms.is_some() {
        problems.push(Notice {
            tone: Tone::Wait,
            sentence: "A job changed SIP credentials after this list was loaded.".to_owned(),
            next: Some("Refresh to see them as they are now.".to_owned()),
        });
    }
    let wrong: Vec<Notice> = shown.realms.iter().filter_map(problem).collect();
    let more = wrong.len().saturating_sub(MOST_PROBLEMS);
    problems.extend(wrong.into_iter().take(MOST_PROBLEMS));
    if more > 0 {
        problems.push(Notice {
            tone: Tone::Wait,
            sentence: format!(
                "Other realms that aren’t fully loaded: {}.",
                grouped(more as u64)
            ),
            next: None,
        });
    }
    problems
}

/// Returns what is missing from a realm whose list ended.
fn problem(load: &RealmLoad) -> Option<Notice> {
    let name = isolated(&sanitized_line(&load.realm.name, LONGEST));
    let (loaded, listed) = (grouped(load.loaded), grouped(load.realm.credential_count));
    let say = |sentence: String, next: &str| {
        Some(Notice {
            tone: Tone::Wait,
            sentence,
            next: Some(next.to_owned()),
        })
    };
    match load.end.as_ref()? {
        End::Failed(error) => {
            let told = error.failure();
            say(
                format!(
                    "Only {loaded} of {listed} SIP credentials in {name} are loaded. {}",
                    told.sentence
                ),
                &told.next,
            )
        }
        End::Full => say(
            format!(
                "Only {loaded} of {listed} SIP credentials in {name} are loaded, because there \
                 are too many."
            ),
            "The support desk loads at most 1,000,000. Find the others in the Bandwidth App.",
        ),
        End::Repeats | End::Whole if !load.differs() => None,
        End::Repeats => say(
            format!(
                "After {loaded} of {listed} SIP credentials, Bandwidth’s list of {name} repeats \
                 itself."
            ),
            "Refresh. If it happens again, send this message to Bandwidth support.",
        ),
        End::Whole => say(
            format!(
                "Bandwidth counts {listed} SIP credentials in the realm {name}, but lists \
                 {loaded}."
            ),
            "Someone may be changing it right now. Refresh. If it happens again, send both \
             numbers to Bandwidth support.",
        ),
    }
}

pub(super) fn rows(model: &mut Model, offset: usize, asked: usize) -> DeskRows {
    let query = model.query.clone();
    let (total, rows) = model.shown_mut().list.window(&query, offset, asked);
    let ids: Vec<CredentialId> = rows.iter().map(|row| row.id).collect();
    let model = &*model;
    let list = &model.shown().list;
    let rows = ids.iter().filter_map(|id| list.row(*id));
    DeskRows {
        offset: count(offset),
        total: count(total),
        selected: count(model.selection.len()),
        rows: rows.map(|row| row_view(model, list, row)).collect(),
    }
}

fn row_view(model: &Model, list: &List, row: &Row) -> DeskRow {
    let line = |text: &str| sanitized_line(text, LONGEST);
    DeskRow {
        id: float(row.id.0),
        user_name: line(&row.user_name),
        domain: line(row.domain.as_deref().unwrap_or_default()),
        realm: line(list.realm_of(row)),
        application: line(row.application_id.as_deref().unwrap_or_default()),
        selected: model.selection.contains(&row.id),
        result: model.results.get(&row.id).map(result),
    }
}

pub(super) fn result(checked: &Checked) -> DeskResult {
    DeskResult {
        tone: checked.verdict.tone,
        label: checked.label.clone(),
        bindings: count(checked.bindings.len()),
        at: float(checked.at_ms),
    }
}

pub(super) fn credential(model: &mut Model, id: CredentialId) -> Option<DeskCredential> {
    let list = &model.shown().list;
    let row = list.row(id)?;
    let checked = model.results.get(&id);
    let hashes = match &row.hashes {
        None => "Bandwidth returned no hash.",
        Some(stored) if stored.hash1b.is_none() => "Only Hash1. Hash1b is missing.",
        Some(_) => "Hash1 and Hash1b.",
    };
    Some(DeskCredential {
        row: row_view(model, list, row),
        composite: sanitized_line(&row.composite(), LONGEST),
        hashes: hashes.to_owned(),
        verdict: checked.map(|checked| checked.verdict.clone()),
        target: checked.map_or_else(String::new, |checked| checked.target.clone()),
        bindings: checked.map_or_else(Vec::new, |checked| checked.bindings.clone()),
    })
}

pub(super) fn place(model: &Model) -> DeskPlace {
    DeskPlace {
        realm: model.query.realm.map(|id| float(id.0)),
        find: model.query.find.clone(),
        sort: model.query.sort,
        descending: model.query.descending,
        result: model.query.result,
        application: model.query.application,
        offset: model.offset,
        rate: model.rate,
    }
}

pub(super) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "numbers of Bandwidth and milliseconds since 1970 fit in 53 bits"
)]
pub(super) fn float(number: u64) -> f64 {
    number as f64
}
