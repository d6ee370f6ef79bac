//! Bundles the window's files. A few files load faster than a hundred small ones, each of which is
//! requested only after the one before it was parsed.
//!
//! There are two pages: the window's, and the trainer's panel, which stands by itself.
//!
//! What the first screen needs is inlined in the page, because each file is another request to the
//! app, which is still opening its window, and a long one arrives in pieces. The other screens'
//! templates come with their modules. `README.md` explains how files get into the page and what is
//! refused.
//!
//! [`write()`] is the only entry point; its [`Error`] names the file to look at.
//!
//! ```no_run
//! use std::path::Path;
//!
//! registrar_bundler::write(Path::new("ui"), Path::new("target/window"))?;
//! # Ok::<(), registrar_bundler::Error>(())
//! ```

mod compact;
mod modules;
mod page;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The entry modules. Each chunk contains the imports that no earlier chunk has.
const CHUNKS: [&str; 3] = [FIRST, OTHERS, "about/licenses.js"];
/// The module that is inlined in the page.
const FIRST: &str = "main.js";
/// The first screen.
const FIRST_SCREEN: &str = "home";
/// The module that brings the templates that aren't in the page.
const OTHERS: &str = "other-screens.js";
/// A page, with what is inlined in it.
#[derive(Clone, Copy)]
struct Page {
    path: &'static str,
    /// Its first modules.
    first: &'static str,
    styles: &'static str,
}

const MAIN: Page = Page {
    path: "index.html",
    first: FIRST,
    styles: "styles/index.css",
};
/// The page of the trainer's panel, which loads nothing later.
const TRAINER: Page = Page {
    path: "trainer/trainer.html",
    first: "trainer/main.js",
    styles: "trainer/styles.css",
};
/// The other screens' styles.
const OTHER_STYLES: &str = "styles/other-screens.css";
const FONTS: &str = "fonts";

/// Why the window can't be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder can't be read or written: check the disk.
    #[error("{}: {source}", path.display())]
    Disk { path: PathBuf, source: io::Error },
    /// A file isn't in the form that this crate supports: change the file.
    #[error("{file}: {problem}")]
    Source { file: String, problem: String },
}

impl Error {
    fn source(file: &str, problem: impl Into<String>) -> Self {
        Self::Source {
            file: file.to_owned(),
            problem: problem.into(),
        }
    }
}

/// Reads a file by its path below `ui`.
type Read<'a> = &'a dyn Fn(&str) -> Result<String, Error>;

/// Builds the window from `from` into `to`. Existing files are overwritten, not deleted.
pub fn write(from: &Path, to: &Path) -> Result<(), Error> {
    let read = |path: &str| {
        let path = from.join(path);
        fs::read_to_string(&path).map_err(|source| Error::Disk { path, source })
    };
    let mut chunks = modules::chunks(&read, &CHUNKS)?;
    let first = chunks.remove(FIRST).unwrap_or_default();
    let mut templates = Vec::new();
    for path in templates_below(from)? {
        templates.extend(page::templates(&path, &read(&path)?)?);
    }
    let (at_once, later) = page::split(&templates, &first);
    put_page(to, MAIN, &at_once, &first, &read)?;
    let mut trainer = modules::chunks(&read, &[TRAINER.first])?;
    let first = trainer.remove(TRAINER.first).unwrap_or_default();
    put_page(to, TRAINER, "", &first, &read)?;
    let others = page::styles(OTHER_STYLES, &read)?;
    put(&to.join(OTHER_STYLES), others.as_bytes())?;
    for (path, text) in chunks {
        let text = if path == OTHERS {
            // Markup from a string, because it is what the page itself would hold: the app's own, fixed
            // when it is built, and nothing that was typed or answered can be in it.
            let later = serde_json::Value::from(later.as_str());
            format!("document.body.insertAdjacentHTML('beforeend', {later})\n{text}")
        } else {
            text
        };
        put(&to.join(path), text.as_bytes())?;
    }
    for font in files(&from.join(FONTS))? {
        let bytes = fs::read(&font).map_err(|source| disk(&font, source))?;
        put(
            &to.join(FONTS).join(font.file_name().unwrap_or_default()),
            &bytes,
        )?;
    }
    Ok(())
}

fn put_page(
    to: &Path,
    page: Page,
    templates: &str,
    first: &str,
    read: Read<'_>,
) -> Result<(), Error> {
    let styles = page::styles(page.styles, read)?;
    let filled = page::fill(page, &read(page.path)?, &styles, templates, first)?;
    put(&to.join(page.path), filled.as_bytes())
}

/// Returns the files with templates, by their paths below `root` with slashes, sorted.
fn templates_below(root: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in files(&folder)? {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                let below = path.strip_prefix(root).unwrap_or(&path);
                let parts = below.iter().map(|part| part.to_string_lossy());
                found.push(parts.collect::<Vec<_>>().join("/"));
            }
        }
    }
    found.retain(|path| path != MAIN.path && path != TRAINER.path);
    found.sort_unstable();
    Ok(found)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|source| disk(folder, source))?;
    Ok(entries.into_iter().map(|entry| entry.path()).collect())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes));
    written.map_err(|source| disk(path, source))
}

fn disk(path: &Path, source: io::Error) -> Error {
    Error::Disk {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_becomes_few_files() {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui");

        write(&from, folder.path()).unwrap();

        let modules = fs::read_dir(folder.path()).unwrap().filter(|file| {
            let path = file.as_ref().unwrap().path();
            path.extension().is_some_and(|ending| ending == "js")
        });
        assert_eq!(modules.count(), 1, "the other screens");
        let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();
        let (page, others) = (read("index.html"), read("other-screens.js"));
        for (part, at_once) in [
            ("const $home_home = ", true),
            ("template-home\"", true),
            ("template-failure\"", true),
            ("template-desk\"", false),
            ("@layer tokens {", true),
            ("url(\"/fonts/inter-latin.woff2\")", true),
            ("const $support_desk_support_desk = ", false),
            ("template-desk-row", false),
        ] {
            assert_eq!(page.contains(part), at_once, "{part}");
        }
        assert!(others.starts_with("document.body.insertAdjacentHTML("));
        assert!(others.contains("template-desk-row"));
        let styles = read("styles/other-screens.css");
        for (rule, at_once) in [
            (".tile {", true),
            (".sidebar {", false),
            (".message-chart {", false),
        ] {
            assert_eq!(page.contains(rule), at_once, "{rule}");
            assert_ne!(styles.contains(rule), at_once, "{rule}");
        }
        assert!(folder.path().join("fonts/inter-latin.woff2").exists());
    }

    #[test]
    fn templates_are_found_in_every_folder() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["index.html", "b/two.html", "a/one/deep.html", "a/one.css"] {
            put(&folder.path().join(path), b"").unwrap();
        }

        let found = templates_below(folder.path()).unwrap();

        assert_eq!(found, ["a/one/deep.html", "b/two.html"]);
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();

        let error = write(folder.path(), &folder.path().join("to")).unwrap_err();

        assert!(
            matches!(&error, Error::Disk { path, .. } if path.ends_with("main.js")),
            "{error}"
        );
    }
}
