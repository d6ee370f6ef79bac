//! Reads a CSV of SIP credentials and prints what an import into an account without any would do, one
//! JSON object a line. Nothing is sent, and no secret is printed.
//!
//! ```text
//! cargo run -q -p registrar-app --example plan -- FILE --realm R
//! ```
//!
//! | field | what it says |
//! |---|---|
//! | `line` | the line in the file on which the row begins |
//! | `what` | `create`, `change`, `same`, `refused` |
//! | `userName`, `domain`, `realm` | what the row names, shortened where it is very long |
//! | `reason` | why it is refused, in one sentence; `null` for the others |
//! | `marks` | what a person should look at: names of variants of `import::Warning` |
//!
//! The last line is `{"totals": {"create": …, "change": …, "same": …, "refused": …}}`. The realm is the
//! account's default and only one.
//!
//! Exit status 0: the file was read. 2: the arguments or the file can't be used; one line on standard
//! error says why.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "what it is for")]

#[allow(dead_code, reason = "not every example reads a secret or asks")]
mod command_line;

use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use command_line::{Arguments, End};
use registrar_app::Error;
use registrar_app::standalone_check::realm_problem;
use registrar_bandwidth::dashboard::{Realm, RealmId, RealmStatus};
use registrar_explain::import::row;
use registrar_import::{Existing, Imported, Realms, make};
use registrar_jobs::{Action, Jobs};
use registrar_secret::redact::sanitized_line;
use serde_json::json;
use tokio_util::sync::CancellationToken;

/// Longest text of a cell that is printed, in characters.
const LONGEST: usize = 200;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => End::Unusable(why).tell(),
    }
}

fn run() -> Result<(), String> {
    let arguments = Arguments::read(&["file", "realm"])?;
    let realm = arguments.needed("realm")?;
    if let Some(problem) = realm_problem(realm) {
        return Err(problem.to_owned());
    }
    let realms = Realms::new(&[Realm {
        id: RealmId(1),
        name: realm.to_owned(),
        description: String::new(),
        default: true,
        credential_count: 0,
        status: RealmStatus::Active,
    }]);
    let folder = tempfile::tempdir().map_err(|error| format!("There is no folder: {error}."))?;
    let jobs = Jobs::at(folder.path().to_owned());
    let file = Path::new(arguments.needed("file")?);
    let stop = CancellationToken::new();
    let existing = Existing::new(Vec::new());
    let imported = make(file, &realms, &existing, &jobs, &stop, &|_, _| {});
    let imported =
        imported.map_err(|error| command_line::one_line(&Error::from(error).failure()))?;
    print(&imported).map_err(|error| format!("The plan can't be printed: {error}."))
}

fn print(imported: &Imported) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut created, mut changed, mut same, mut refused) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut rows = imported.plan.rows(0).map_err(std::io::Error::other)?;
    for warnings in &imported.warnings {
        let Some((_, step)) = rows.next().map_err(std::io::Error::other)? else {
            break;
        };
        let (what, counted, reason) = match &step.action {
            Action::AlreadyRight => ("same", &mut same, None),
            Action::Create { .. } => ("create", &mut created, None),
            Action::Delete { .. } | Action::Move { .. } | Action::Replace { .. } => {
                ("change", &mut changed, None)
            }
            Action::Refused { problem } => ("refused", &mut refused, Some(row::kept(problem))),
        };
        *counted += 1;
        let warnings: Vec<String> = warnings
            .each()
            .map(|warning| format!("{warning:?}"))
            .collect();
        let line = json!({
            "line": step.line,
            "what": what,
            "userName": sanitized_line(&step.user_name, LONGEST),
            "domain": step.domain.as_deref().map(|domain| sanitized_line(domain, LONGEST)),
            "realm": sanitized_line(&step.realm, LONGEST),
            "reason": reason,
            "marks": warnings,
        });
        writeln!(out, "{line}")?;
    }
    let totals = json!({
        "create": created,
        "change": changed,
        "same": same,
        "refused": refused,
    });
    writeln!(out, "{}", json!({ "totals": totals }))?;
    out.flush()
}
