//! What checks leave behind when the app quits, and how the next start reports it.

use std::path::Path;
use std::time::{Duration, Instant};

use registrar_activity::{Tone, clock};
use registrar_explain as explain;
use registrar_explain::Notice;
use registrar_sip::register::LeftBehind;
use registrar_storage::store::{self, Loaded};
use registrar_user_agent::check::Checks;
use serde::{Deserialize, Serialize};

use super::{Workspace, kept};
use crate::Error;

const FILE: &str = "left-behind.json";
const VERSION: u32 = 1;
/// How long the activity may take to be written at the end.
const WRITING: Duration = Duration::from_secs(2);
/// Most bindings that are kept.
const MOST: usize = 100;
/// The longest that a binding is believed to stand, in milliseconds: a file may say anything.
const LONGEST: u64 = 24 * 60 * 60 * 1000;

/// The checks of each side. They outlive the journeys and screens that asked for them, so that
/// nothing on its way is lost sight of.
#[derive(Debug, Default)]
pub(super) struct Sides {
    real: Checks,
    practice: Checks,
}

impl Sides {
    pub(super) fn of(&self, practice: bool) -> Checks {
        let side = if practice { &self.practice } else { &self.real };
        side.clone()
    }
}

impl Workspace {
    /// Allows the typed password to be answered for `realm` at `host`, until the app ends. Each side
    /// has hosts of its own.
    pub fn allow_realm(&self, host: &str, realm: &str) {
        let Sides { real, practice } = &self.checks;
        for side in [real, practice] {
            side.consents().allow(host, realm);
        }
    }
}

/// A binding that could not be taken back, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    contact: String,
    /// In milliseconds since 1970.
    ends_at: u64,
}

/// Returns whether a newer version of this app wrote the file.
pub(super) fn is_newer(folder: &Path) -> bool {
    store::is_newer(&folder.join(FILE), VERSION)
}

/// Reads the content of the file, and returns what would be written in its place.
pub(crate) fn read_again(bytes: &[u8]) -> Option<Vec<u8>> {
    store::read_again::<Vec<Kept>>(bytes, VERSION)
}

impl Workspace {
    /// Waits until no check is removing its binding any longer, for `limit` at most. Returns a
    /// sentence for each binding that may still stand, and keeps the real ones for the next Home.
    pub async fn settle(&self, limit: Duration) -> Vec<String> {
        let Sides { real, practice } = &self.checks;
        let (real, practice) = tokio::join!(real.settle(limit), practice.settle(limit));
        let now = Instant::now();
        let left = real.iter().chain(&practice);
        let words = |left| explain::registration::left_behind(left, now);
        let mut sentences: Vec<String> = left.map(words).collect();
        if let Err(error) = self.keep_left(&real, now) {
            sentences.push(error.notice().sentence);
        }
        // What was recorded last is written, unless the disk hangs.
        let written = self.with_log(|log| {
            log.settle();
            Ok(())
        });
        let _ = tokio::time::timeout(WRITING, written).await;
        sentences
    }

    /// Names what an earlier run left behind, as long as it may stand.
    pub(super) fn left_behind(&self) -> Vec<Notice> {
        let kept = match self.kept_left() {
            Ok(Loaded::Found(kept)) => kept,
            Ok(Loaded::Missing) => return Vec::new(),
            Ok(Loaded::SetAside { as_name }) => return vec![kept::set_aside(&as_name)],
            Ok(Loaded::Newer { .. }) => return vec![kept::newer(FILE)],
            Err(error) => return vec![error.notice()],
        };
        let (now, now_ms) = (Instant::now(), clock::now_ms());
        let name = |kept: Kept| Notice {
            tone: Tone::Wait,
            sentence: explain::registration::left_behind(
                &LeftBehind {
                    contact: kept.contact,
                    ends: now + Duration::from_millis(kept.ends_at.saturating_sub(now_ms)),
                },
                now,
            ),
            next: Some("It is of a check that was on its way when the app was quit.".to_owned()),
        };
        kept.into_iter().map(name).collect()
    }

    fn keep_left(&self, left: &[LeftBehind], now: Instant) -> Result<(), Error> {
        if left.is_empty() {
            return Ok(());
        }
        let now_ms = clock::now_ms();
        self.real_store()?.update(FILE, VERSION, |kept| {
            retain_standing(kept, now_ms);
            kept.extend(left.iter().map(|left| Kept {
                contact: left.contact.clone(),
                ends_at: now_ms.saturating_add(left.seconds(now).saturating_mul(1000)),
            }));
            let over = kept.len().saturating_sub(MOST);
            *kept = kept.split_off(over);
            Ok(())
        })
    }

    /// Returns what is kept and may still stand. Once nothing of it may, the file goes.
    fn kept_left(&self) -> Result<Loaded<Vec<Kept>>, Error> {
        let store = self.real_store()?;
        let mut kept = match store.read::<Vec<Kept>>(FILE, VERSION)? {
            Loaded::Found(kept) => kept,
            other @ (Loaded::Missing | Loaded::SetAside { .. } | Loaded::Newer { .. }) => {
                return Ok(other);
            }
        };
        let now = clock::now_ms();
        retain_standing(&mut kept, now);
        if kept.is_empty() && !self.only_reads {
            // More may have been left since it was read.
            store.remove_if(FILE, VERSION, |kept: &Vec<Kept>| {
                !kept.iter().any(|kept| kept.may_stand(now))
            })?;
        }
        Ok(Loaded::Found(kept))
    }
}

impl Kept {
    fn may_stand(&self, now_ms: u64) -> bool {
        self.ends_at > now_ms && self.ends_at - now_ms <= LONGEST
    }
}

fn retain_standing(kept: &mut Vec<Kept>, now_ms: u64) {
    kept.retain(|kept| kept.may_stand(now_ms));
    kept.truncate(MOST);
}

#[cfg(test)]
mod tests;
