//! An import's plan in words, without secrets.

use std::path::Path;

use registrar_activity::Tone;
use registrar_explain::number::{counted, grouped};
use registrar_explain::{Notice, isolated};
use registrar_import::csv::{Encoding, Layout};
use registrar_jobs::Counts;
use registrar_secret::redact::sanitized_line;
use registrar_spreadsheet::{UTF_8_MARK, write_row};

use super::plan_rows::{LONGEST, Made, row};
use super::view::float;
use crate::Error;
use crate::ipc::{PlanCounts, PlanView};

pub(super) fn file_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    sanitized_line(&name.to_string_lossy(), LONGEST)
}

pub(super) fn plan(made: &Made) -> PlanView {
    let counts = made.imported.plan.counts();
    let passwords = made.passwords.as_ref();
    PlanView {
        file: file_name(made.imported.file.path()),
        read_as: read_as(made.imported.encoding, &made.imported.layout),
        counts: PlanCounts {
            rows: float(counts.rows),
            create: float(counts.create),
            change: float(counts.replace + counts.moves),
            right: float(counts.already_right),
            refused: float(counts.refused),
            passwords: float(counts.passwords),
        },
        compared_at: Some(float(made.compared_at)),
        notices: notices(made, counts),
        sentence: sentence(counts),
        passwords_file: passwords.map(|path| path.display().to_string()),
    }
}

fn read_as(encoding: Encoding, layout: &Layout) -> String {
    let encoding = match encoding {
        Encoding::Ascii => "ASCII",
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Be | Encoding::Utf16Le => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    };
    let separator = match layout.separator {
        b',' => "comma",
        b';' => "semicolon",
        b'\t' => "tab",
        b'|' => "vertical bar",
        _ => "other",
    };
    let line = layout.line;
    let mut facts = vec![
        format!("Encoding: {encoding}"),
        format!("Separator: {separator}"),
        format!("Headings: line {line}"),
    ];
    if !layout.unused.is_empty() {
        let unused: Vec<String> = layout.unused.iter().map(|name| isolated(name)).collect();
        facts.push(format!("Not used: {}", unused.join(", ")));
    }
    format!("{}.", facts.join(" · "))
}

fn sentence(counts: Counts) -> String {
    let changed = counts.replace + counts.moves;
    match (counts.create, changed) {
        (0, 0) => {
            "There’s nothing to do. Everything usable in this file is already in the account."
                .to_owned()
        }
        (create, 0) => format!(
            "Starting creates {}. Nothing is sent before that.",
            credentials(create)
        ),
        (0, changed) => format!(
            "Starting changes {}. Nothing is sent before that.",
            credentials(changed)
        ),
        (create, changed) => format!(
            "Starting creates {} and changes {}. Nothing is sent before that.",
            credentials(create),
            credentials(changed)
        ),
    }
}

fn credentials(count: u64) -> String {
    counted(count, "SIP credential", "SIP credentials")
}

fn notices(made: &Made, counts: Counts) -> Vec<Notice> {
    let mut notices = Vec::new();
    let mut say = |sentence: String, next: Option<&str>| {
        notices.push(Notice {
            tone: Tone::Wait,
            sentence,
            next: next.map(str::to_owned),
        });
    };
    if !made.list_is_whole {
        say(
            "Some of the account’s SIP credentials couldn’t be loaded. Rows that look new may \
             already exist."
                .to_owned(),
            Some(
                "Go back and refresh the support desk until everything is loaded. Then read the \
                  file again.",
            ),
        );
    }
    if counts.replace > 0 {
        say(
            match counts.replace {
                1 => "1 SIP credential gets new hashes. A phone with the old password stops \
                      working the next time it registers."
                    .to_owned(),
                many => format!(
                    "{} SIP credentials get new hashes. Phones with the old passwords stop working \
                     the next time they register.",
                    grouped(many)
                ),
            },
            Some("Enter the new passwords in these phones at the same time."),
        );
    }
    if made.imported.encoding == Encoding::Windows1252 {
        say(
            "The file doesn’t say what encoding it has. It was read as Windows-1252.".to_owned(),
            Some(
                "If passwords contain letters such as \u{e4} or \u{e9}, save the file as CSV \
                 UTF-8 to be sure.",
            ),
        );
    }
    let noted = made
        .imported
        .warnings
        .iter()
        .filter(|warnings| warnings.has_any());
    let sentence = match noted.count() as u64 {
        0 => return notices,
        1 => "1 row has a note, shown below it.".to_owned(),
        many => format!("{} rows have notes, shown below them.", grouped(many)),
    };
    notices.push(Notice {
        tone: Tone::Plain,
        sentence,
        next: None,
    });
    notices
}

/// Writes the plan as CSV.
pub(super) fn sheet(made: &Made) -> Result<(String, Vec<u8>), Error> {
    let mut bytes = UTF_8_MARK.as_bytes().to_vec();
    let heading = ["line", "outcome", "user name", "domain", "realm", "remarks"];
    write_row(&heading, &mut bytes);
    let mut steps = made.imported.plan.rows(0)?;
    for warnings in &made.imported.warnings {
        let Some((_, step)) = steps.next()? else {
            break;
        };
        let row = row(&step, *warnings);
        let line = step.line.to_string();
        let record = [
            line.as_str(),
            &row.label,
            &row.user_name,
            &row.domain,
            &row.realm,
            &row.detail,
        ];
        write_row(&record, &mut bytes);
    }
    let stem = made.imported.file.path().file_stem().unwrap_or_default();
    let name = registrar_storage::export::name_part(&stem.to_string_lossy());
    Ok((format!("plan-{name}.csv"), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_credential_of_a_plan_is_singular() {
        for (create, replace, begin) in [
            (0, 0, "There’s nothing to do."),
            (1, 0, "Starting creates 1 SIP credential."),
            (2, 0, "Starting creates 2 SIP credentials."),
            (1_000_000, 0, "Starting creates 1,000,000 SIP credentials."),
            (0, 1, "Starting changes 1 SIP credential."),
            (0, 1_000_000, "Starting changes 1,000,000 SIP credentials."),
            (
                1,
                2,
                "Starting creates 1 SIP credential and changes 2 SIP credentials.",
            ),
        ] {
            let counts = Counts {
                create,
                replace,
                ..Counts::default()
            };

            let said = sentence(counts);

            assert!(said.starts_with(begin), "{said}");
        }
    }
}
