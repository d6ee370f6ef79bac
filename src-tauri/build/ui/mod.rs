//! Puts the window's modules and styles together: a handful of files is at hand sooner than a hundred
//! small ones, each of which is asked for only once the one before it was read.
//!
//! What the first screen needs stands in the page itself, for each file more is a question to the app
//! that is still opening its window, and a long one comes in pieces. The other screens' templates come
//! with their modules.

mod brief;
mod modules;
mod page;

use std::fs;
use std::path::Path;

/// The modules that are loaded by themselves. Each brings along what it imports and none before it has.
const CHUNKS: [&str; 3] = [FIRST, OTHERS, "about/licenses.js"];
/// What stands in the page.
const FIRST: &str = "main.js";
/// The screen that the window begins with.
const FIRST_SCREEN: &str = "home";
/// What brings the templates that are not in the page.
const OTHERS: &str = "other-screens.js";
const PAGE: &str = "index.html";
/// The styles that stand in the page.
const STYLES: &str = "css/index.css";
/// What the other screens add to them.
const OTHER_STYLES: &str = "css/other-screens.css";
const FONTS: &str = "fonts";

/// Writes the window that lies in `from` to `to`.
pub(crate) fn write(from: &Path, to: &Path) -> Result<(), String> {
    let read = |path: &str| {
        let path = from.join(path);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let mut chunks = modules::chunks(&read)?;
    let first = chunks.remove(FIRST).ok_or("there are no modules")?;
    let (page, templates) = page::split(&read(PAGE)?, &first)?;
    let page = page::fill(&page, &page::styles(STYLES, &read)?, &first)?;
    put(&to.join(PAGE), page.as_bytes())?;
    let others = page::styles(OTHER_STYLES, &read)?;
    put(&to.join(OTHER_STYLES), others.as_bytes())?;
    for (path, text) in chunks {
        let text = if path == OTHERS {
            // Markup from a string, because it is what the page itself would hold: the app's own, fixed
            // when it is built, and nothing that was typed or answered can be in it.
            format!("document.body.insertAdjacentHTML('beforeend', {templates})\n{text}")
        } else {
            text
        };
        put(&to.join(path), text.as_bytes())?;
    }
    for font in fs::read_dir(from.join(FONTS)).map_err(|error| error.to_string())? {
        let font = font.map_err(|error| error.to_string())?;
        let bytes = fs::read(font.path()).map_err(|error| error.to_string())?;
        put(&to.join(FONTS).join(font.file_name()), &bytes)?;
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_becomes_few_files() {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");

        write(&from, folder.path()).unwrap();

        let modules = fs::read_dir(folder.path()).unwrap().filter(|file| {
            let path = file.as_ref().unwrap().path();
            path.extension().is_some_and(|ending| ending == "js")
        });
        assert_eq!(modules.count(), 1, "the other screens");
        let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();
        let (page, others) = (read("index.html"), read("other-screens.js"));
        for (part, at_once) in [
            ("const $steps_home = ", true),
            ("template-home\"", true),
            ("template-failure\"", true),
            ("template-desk\"", false),
            ("@layer tokens {", true),
            ("url(\"/fonts/inter-latin.woff2\")", true),
            ("const $desk_desk = ", false),
            ("template-desk-row", false),
        ] {
            assert_eq!(page.contains(part), at_once, "{part}");
        }
        assert!(others.starts_with("document.body.insertAdjacentHTML("));
        assert!(others.contains("template-desk-row"));
        let styles = read("css/other-screens.css");
        for (rule, at_once) in [
            (".tile {", true),
            (".desk-rail {", false),
            (".ladder {", false),
        ] {
            assert_eq!(page.contains(rule), at_once, "{rule}");
            assert_ne!(styles.contains(rule), at_once, "{rule}");
        }
        assert!(folder.path().join("fonts/inter-latin.woff2").exists());
    }
}
