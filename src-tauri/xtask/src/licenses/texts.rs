//! The license texts, without duplicates.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::shipped::Crate;

/// Our own licenses, for crates without a license text: they name a common one.
const OURS: &str = include_str!("../../../../LICENSE");

/// A text, and the crates it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// Names with versions.
    pub(super) of: Vec<String>,
    pub(super) license: String,
    pub(super) words: String,
}

/// Returns the license of the app itself.
pub(super) fn our_own() -> Text {
    Text {
        of: vec!["SIP Registrar Setup".to_owned()],
        license: "MIT OR Apache-2.0".to_owned(),
        words: OURS.trim_end().to_owned(),
    }
}

/// Gathers the texts of crates, in the order of the first name of each.
pub(super) fn of(crates: &[Crate]) -> Result<Vec<Text>, String> {
    let mut texts: BTreeMap<(String, String), Text> = BTreeMap::new();
    for shipped in crates {
        let name = format!("{} {}", shipped.name, shipped.version);
        let text = whole(shipped, crates)?;
        // The words are the same, only wrapped differently.
        let unbroken = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = texts
            .entry((unbroken, shipped.license.clone()))
            .or_insert_with(|| Text {
                of: Vec::new(),
                license: shipped.license.clone(),
                words: text,
            });
        known.of.push(name);
    }
    let mut texts: Vec<Text> = texts.into_values().collect();
    texts.sort_by(|one, other| one.of.cmp(&other.of));
    Ok(texts)
}

/// Returns the license of the window's font.
pub(super) fn of_the_font(workspace: &Path) -> Result<Text, String> {
    Ok(Text {
        of: vec!["Inter (font)".to_owned()],
        license: "OFL-1.1".to_owned(),
        words: read(&workspace.join("ui/fonts/OFL.txt"))?,
    })
}

/// Returns a crate's license text, or that of the license it names.
fn whole(shipped: &Crate, crates: &[Crate]) -> Result<String, String> {
    if let Some(text) = brought(shipped)? {
        return Ok(text);
    }
    if let Some(text) = standard(shipped)? {
        return Ok(text);
    }
    // The same authors' other crates first, because some licenses name the authors.
    let mut alike: Vec<&Crate> = crates
        .iter()
        .filter(|other| other.license == shipped.license && *other != shipped)
        .collect();
    alike.sort_by_key(|other| other.authors != shipped.authors);
    for other in alike {
        if let Some(text) = brought(other)? {
            return Ok(text);
        }
    }
    Err(format!(
        "{} {} brings no text of its license, {}.",
        shipped.name, shipped.version, shipped.license
    ))
}

/// Joins a crate's license texts, if it has any.
fn brought(shipped: &Crate) -> Result<Option<String>, String> {
    let folder = &shipped.folder;
    let unreadable = |error| format!("{} cannot be read: {error}.", folder.display());
    let mut names = Vec::new();
    for file in fs::read_dir(folder).map_err(unreadable)? {
        let file = file.map_err(unreadable)?;
        if file.file_type().map_err(unreadable)?.is_file() {
            names.push(file.file_name().to_string_lossy().into_owned());
        }
    }
    let chosen = choose(names, &shipped.license);
    let texts: Vec<String> = chosen
        .iter()
        .map(|name| read(&folder.join(name)))
        .collect::<Result<_, _>>()?;
    Ok((!texts.is_empty()).then(|| texts.join("\n\n----\n\n")))
}

/// Chooses among the files of a crate those that must be shown: of licenses to choose from, MIT is
/// taken where it is offered, because its text is short; otherwise all.
fn choose(mut names: Vec<String>, license: &str) -> Vec<String> {
    names.sort();
    names.retain(|name| {
        let upper = name.to_uppercase();
        let starts = [
            "COPYING",
            "COPYRIGHT",
            "LICENCE",
            "LICENSE",
            "NOTICE",
            "UNLICENSE",
        ];
        starts.iter().any(|start| upper.starts_with(start)) && !is_for_machines(&upper)
    });
    if !offers_mit(license) {
        return names;
    }
    let is_mit = |name: &&String| name.to_uppercase().contains("MIT");
    let mit: Vec<String> = names.iter().filter(is_mit).cloned().collect();
    if mit.is_empty() { names } else { mit }
}

/// Returns whether a file is read by programs only, such as `LICENSE.spdx` or `license.rs`.
fn is_for_machines(upper: &str) -> bool {
    let ending = upper.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ["RS", "SPDX", "TOML"].contains(&ending))
}

/// Returns whether MIT alone is enough.
fn offers_mit(license: &str) -> bool {
    !license.contains("AND")
        && license
            .split(['/', ' ', '(', ')'])
            .any(|choice| choice == "MIT")
}

/// The text of a license that is only named, if known.
fn standard(shipped: &Crate) -> Result<Option<String>, String> {
    let (mit, apache) = ours().ok_or("LICENSE is not what was expected.")?;
    let authors = if shipped.authors.is_empty() {
        format!("the authors of {}", shipped.name)
    } else {
        shipped.authors.join(", ")
    };
    Ok(if offers_mit(&shipped.license) {
        Some(mit.replace("the contributors to SIP Registrar Setup", &authors))
    } else if shipped.license == "Apache-2.0" {
        Some(format!("Copyright {authors}\n\n{apache}"))
    } else {
        None
    })
}

/// Splits our own file into the two licenses.
fn ours() -> Option<(&'static str, &'static str)> {
    let mut parts = OURS.split("\n================");
    let after_line = |part: &'static str| Some(part.split_once('\n')?.1.trim());
    let (_, mit, apache) = (parts.next()?, parts.next()?, parts.next()?);
    Some((after_line(mit)?, after_line(apache)?))
}

fn read(path: &Path) -> Result<String, String> {
    let bytes =
        fs::read(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    Ok(lines.join("\n").trim_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(names: &[&str], license: &str) -> Vec<String> {
        choose(names.iter().map(|&name| name.to_owned()).collect(), license)
    }

    #[test]
    fn of_licenses_to_choose_from_the_short_one_is_shown() {
        let files = ["LICENSE-MIT", "src", "LICENSE-APACHE", "Cargo.toml"];

        assert_eq!(chosen(&files, "MIT OR Apache-2.0"), ["LICENSE-MIT"]);
        assert_eq!(chosen(&files, "Apache-2.0/MIT"), ["LICENSE-MIT"]);
        assert_eq!(
            chosen(&files, "MIT AND Apache-2.0"),
            ["LICENSE-APACHE", "LICENSE-MIT"],
            "both are asked for"
        );
        assert_eq!(chosen(&["LICENSE"], "MIT OR Apache-2.0"), ["LICENSE"]);
        assert_eq!(chosen(&["license.rs", "NOTICE"], "ISC"), ["NOTICE"]);
    }

    #[test]
    fn a_crate_without_a_text_is_shown_under_the_one_that_it_names() {
        let mut shipped = Crate {
            name: "small".into(),
            version: "1.0.0".into(),
            license: "MIT OR Apache-2.0".into(),
            authors: vec!["Someone <someone@example.com>".into()],
            folder: "/nowhere".into(),
        };

        let mit = standard(&shipped).unwrap().unwrap();
        shipped.license = "Apache-2.0".into();
        let apache = standard(&shipped).unwrap().unwrap();
        shipped.license = "Unknown".into();

        assert!(
            mit.contains("Copyright (c) Someone <someone@example.com>"),
            "{mit}"
        );
        assert!(
            mit.starts_with("MIT License") && mit.ends_with("SOFTWARE."),
            "{mit}"
        );
        assert!(apache.contains("TERMS AND CONDITIONS FOR USE"), "{apache}");
        assert_eq!(standard(&shipped), Ok(None));
    }
}
