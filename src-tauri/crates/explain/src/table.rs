//! Writes all wording of a part of `explain` as Markdown beside it, so that a change of a word is
//! visible there.

use std::fmt::{Debug, Display, Write as _};

use super::words::Words;
use super::{Failure, Notice, RecoveryOption, Verdict};
use registrar_activity::Tone;

/// A table of sentences.
pub(super) struct Table(String);

impl Table {
    /// Begins a table.
    pub(super) fn new(title: &str) -> Self {
        Self(format!("# {title}\n"))
    }

    /// Adds what is said of each value.
    pub(super) fn chapter(
        &mut self,
        title: &str,
        rows: impl IntoIterator<Item = (impl Debug, impl Display)>,
    ) {
        let table = &mut self.0;
        write!(table, "\n## {title}\n\n| value | sentence |\n|---|---|\n").unwrap();
        for (value, sentence) in rows {
            writeln!(table, "| `{value:?}` | {sentence} |").unwrap();
        }
    }

    /// Adds what `said` returns for each value.
    pub(super) fn with<V: Debug>(
        mut self,
        title: &str,
        values: impl IntoIterator<Item = V>,
        said: impl Fn(&V) -> String,
    ) -> Self {
        let values = values.into_iter();
        let rows = values.map(|value| {
            let said = said(&value);
            (value, said)
        });
        self.chapter(title, rows);
        self
    }

    /// Fails where the file has something else. The table as it would have to be is left in a file.
    pub(super) fn assert_is(&self, kept: &str) {
        let Self(table) = self;
        if table == kept {
            return;
        }
        let mut name = tempfile::Builder::new();
        let file = name.prefix("sentences-").suffix(".md").tempfile().unwrap();
        let (_, path) = file.keep().unwrap();
        std::fs::write(&path, table).unwrap();
        for (now, before) in table.lines().zip(kept.lines()) {
            assert_eq!(now, before, "the whole table is in {}", path.display());
        }
        panic!("the table has other lines: see {}", path.display());
    }
}

/// Returns everything that a verdict shows.
pub(super) fn verdict(verdict: &Verdict) -> String {
    whole(
        &verdict.tone,
        &verdict.sentence,
        &verdict.causes,
        verdict.next.as_deref(),
        &verdict.recovery_options,
    )
}

/// Returns everything that a failure shows.
pub(super) fn failure(failure: &Failure) -> String {
    let all = whole(
        &failure.kind,
        &failure.sentence,
        &failure.causes,
        Some(&failure.next),
        &failure.recovery_options,
    );
    let fields = failure.problems.iter();
    let fields = fields.map(|problem| format!("<br>{}: {}", problem.field, problem.sentence));
    let detail = failure
        .detail
        .iter()
        .map(|detail| format!("<br>({detail})"));
    all + &fields.chain(detail).collect::<String>()
}

/// Returns everything that the words for a failure say.
pub(super) fn words(words: &Words) -> String {
    whole(
        &words.kind,
        &words.sentence,
        &words.causes,
        Some(&words.next),
        &words.recovery_options,
    )
}

/// Returns everything that a notice shows.
pub(super) fn notice(notice: &Notice) -> String {
    toned(notice.tone, &notice.sentence, notice.next.as_deref())
}

/// Returns a sentence and what to do, with their color.
pub(super) fn toned(tone: Tone, sentence: &str, next: Option<&str>) -> String {
    whole(&tone, sentence, &[], next, &[])
}

fn whole(
    kind: &dyn Debug,
    sentence: &str,
    causes: &[String],
    next: Option<&str>,
    recovery_options: &[RecoveryOption],
) -> String {
    let mut all = format!("{kind:?}: {sentence}");
    for cause in causes {
        write!(all, "<br>- {cause}").unwrap();
    }
    if let Some(next) = next {
        write!(all, "<br>→ {next}").unwrap();
    }
    if !recovery_options.is_empty() {
        write!(all, "<br>{recovery_options:?}").unwrap();
    }
    all
}
