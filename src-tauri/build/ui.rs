//! Puts the window's modules and styles together: a handful of files is at hand sooner than a hundred
//! small ones, each of which is asked for only once the one before it was read.
//!
//! What the first screen needs stands in the page itself, for each file more is a question to the app
//! that is still opening its window. The other screens' templates come with their modules.
//!
//! It knows the JavaScript that `ui` is written in and refuses any other: named imports and exports, a
//! line for each; the tests in `tests/ui` see to the same. What a module exports never changes, so a
//! module becomes a function that gives its exports, and an import takes them from there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// The modules that are loaded by themselves. Each brings along what it imports and none before it has.
const CHUNKS: [&str; 3] = [FIRST, OTHERS, "about/licences.js"];
/// What stands in the page.
const FIRST: &str = "main.js";
/// What brings the templates that are not in the page.
const OTHERS: &str = "other-screens.js";
const PAGE: &str = "index.html";
const STYLES: &str = "css/index.css";
const FONTS: &str = "fonts";

/// Writes the window that lies in `from` to `to`.
pub(crate) fn write(from: &Path, to: &Path) -> Result<(), String> {
    let read = |path: &str| {
        let path = from.join(path);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let mut chunks = chunks(&read)?;
    let first = chunks.remove(FIRST).ok_or("there are no modules")?;
    let (page, templates) = split(&read(PAGE)?, &first)?;
    let page = fill(&page, &styles(&read)?, &first)?;
    put(&to.join(PAGE), page.as_bytes())?;
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

/// Takes the templates out of the page that the first modules do not name. Returns the page, and the
/// templates as a string of JavaScript.
fn split(page: &str, first: &str) -> Result<(String, Value), String> {
    const BEGINS: &str = "  <template id=\"template-";
    const ENDS: &str = "  </template>\n";
    let (mut kept, mut taken) = (String::new(), String::new());
    let mut rest = page;
    while let Some(at) = rest.find(BEGINS) {
        kept.push_str(&rest[..at]);
        let odd = || format!("{PAGE}: this is not understood: {:.60}", &rest[at..]);
        let (name, _) = rest[at + BEGINS.len()..].split_once('"').ok_or_else(odd)?;
        let end = rest[at..].find(ENDS).ok_or_else(odd)? + at + ENDS.len();
        let place = if first.contains(&format!("'{name}'")) {
            &mut kept
        } else {
            &mut taken
        };
        place.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    Ok((kept, Value::from(taken)))
}

/// Puts the styles and the first modules into the page, in place of what asks for their files.
fn fill(page: &str, styles: &str, first: &str) -> Result<String, String> {
    // Only these end such an element, or hide its end.
    for (text, odd) in [(styles, "</style"), (first, "</script"), (first, "<script")] {
        if text.contains(odd) {
            return Err(format!("{odd} cannot stand in the page"));
        }
    }
    let styles = styles.replace("url(\"../", "url(\"/");
    let mut filled = page.to_owned();
    for (asks, element) in [
        (
            format!("<link rel=\"stylesheet\" href=\"{STYLES}\">"),
            format!("<style>\n{styles}</style>"),
        ),
        (
            format!("<script type=\"module\" src=\"{FIRST}\"></script>"),
            format!("<script type=\"module\">\n{first}</script>"),
        ),
    ] {
        let (before, behind) = filled
            .split_once(&asks)
            .ok_or_else(|| format!("{PAGE} has no {asks}"))?;
        filled = [before, &element, behind].concat();
    }
    Ok(filled)
}

/// Puts each style sheet in the place where it is imported.
fn styles(read: &dyn Fn(&str) -> Result<String, String>) -> Result<String, String> {
    let mut all = String::new();
    for line in read(STYLES)?.lines() {
        let Some(import) = line.strip_prefix("@import url(\"") else {
            all.push_str(line);
            all.push('\n');
            continue;
        };
        let (path, rest) = import.split_once("\") layer(").ok_or(line)?;
        let layer = rest.strip_suffix(");").ok_or(line)?;
        let text = read(&format!("css/{path}"))?;
        if text.contains("@import") {
            return Err(format!("{path} imports styles itself"));
        }
        let _ = writeln!(all, "@layer {layer} {{\n{text}}}");
    }
    Ok(all)
}

/// Returns the files that all modules become, by their paths.
fn chunks(
    read: &dyn Fn(&str) -> Result<String, String>,
) -> Result<BTreeMap<&'static str, String>, String> {
    let mut placed = BTreeMap::new();
    let mut orders = Vec::new();
    for chunk in CHUNKS {
        let mut order = Vec::new();
        gather(
            chunk,
            chunk,
            read,
            &mut placed,
            &mut BTreeSet::new(),
            &mut order,
        )?;
        orders.push((chunk, order));
    }
    orders
        .into_iter()
        .map(|(chunk, order)| Ok((chunk, join(chunk, &order, &placed)?)))
        .collect()
}

/// Reads a module after those that it imports, unless it has its place already.
fn gather(
    path: &str,
    chunk: &'static str,
    read: &dyn Fn(&str) -> Result<String, String>,
    placed: &mut BTreeMap<String, &'static str>,
    open: &mut BTreeSet<String>,
    order: &mut Vec<Module>,
) -> Result<(), String> {
    if placed.contains_key(path) {
        return Ok(());
    }
    if !open.insert(path.to_owned()) {
        return Err(format!("{path} imports itself in a circle"));
    }
    let module = Module::parse(path, &read(path)?)?;
    for imported in &module.needs {
        gather(imported, chunk, read, placed, open, order)?;
    }
    placed.insert(path.to_owned(), chunk);
    order.push(module);
    Ok(())
}

/// Writes a chunk: its modules, and their names for the chunks that are loaded later.
fn join(
    chunk: &str,
    order: &[Module],
    placed: &BTreeMap<String, &'static str>,
) -> Result<String, String> {
    let mut foreign: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for needed in order.iter().flat_map(|module| &module.needs) {
        if placed[needed] != chunk {
            foreign
                .entry(placed[needed])
                .or_default()
                .insert(name(needed));
        }
    }
    let mut text = String::new();
    for (other, names) in foreign {
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        let _ = if other == FIRST {
            writeln!(text, "const {{ {names} }} = globalThis.$first")
        } else {
            writeln!(text, "import {{ {names} }} from '/{other}'")
        };
    }
    for module in order {
        let mut body = module.body.clone();
        for later in &module.later {
            let other = placed
                .get(later)
                .ok_or_else(|| format!("{later} is no chunk and in none"))?;
            let name = name(later);
            body = body.replace(
                &format!("import('{later}')"),
                &format!("import('/{other}').then((chunk) => chunk.{name})"),
            );
        }
        let exports = module.exports.join(", ");
        let _ = writeln!(
            text,
            "// {}\nconst {} = (() => {{\n{body}return {{ {exports} }}\n}})()",
            module.path,
            name(&module.path)
        );
    }
    let names: Vec<_> = order.iter().map(|module| name(&module.path)).collect();
    let names = names.join(", ");
    let _ = if chunk == FIRST {
        // What stands in the page has no address to be imported from.
        writeln!(text, "globalThis.$first = {{ {names} }}")
    } else {
        writeln!(text, "export {{ {names} }}")
    };
    Ok(text)
}

/// One module, read.
#[derive(Debug)]
struct Module {
    path: String,
    /// The modules that it imports, in their order.
    needs: Vec<String>,
    /// Those that it loads when it wants them.
    later: Vec<String>,
    exports: Vec<String>,
    /// Its text with each import taken from a module's name, and without the word `export`.
    body: String,
}

impl Module {
    fn parse(path: &str, text: &str) -> Result<Self, String> {
        let mut module = Self {
            path: path.to_owned(),
            needs: Vec::new(),
            later: Vec::new(),
            exports: Vec::new(),
            body: String::new(),
        };
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let odd = || format!("{path}: this is not understood: {line}");
            if line.starts_with("import ") {
                let mut statement = line.to_owned();
                while !statement.contains(" from '") {
                    statement.push_str(lines.next().ok_or_else(odd)?);
                }
                let taken = module.import(&statement).ok_or_else(odd)?;
                module.body.push_str(&taken);
            } else if let Some(from) = line.strip_prefix("export * from ") {
                let needed = module.resolve(from).ok_or_else(odd)?;
                module.exports.push(format!("...{}", name(&needed)));
                module.needs.push(needed);
            } else if let Some(declared) = line.strip_prefix("export ") {
                module.exports.push(declares(declared).ok_or_else(odd)?);
                module.body.push_str(declared);
            } else {
                let line = module.loads_later(line).ok_or_else(odd)?;
                module.body.push_str(&line);
            }
            module.body.push('\n');
        }
        Ok(module)
    }

    /// Returns an import as a declaration.
    fn import(&mut self, statement: &str) -> Option<String> {
        let (what, from) = statement.strip_prefix("import ")?.split_once(" from ")?;
        let needed = self.resolve(from)?;
        let source = name(&needed);
        self.needs.push(needed);
        if let Some(whole) = what.strip_prefix("* as ") {
            return Some(format!("const {whole} = {source}"));
        }
        let names = what.strip_prefix('{')?.strip_suffix('}')?;
        Some(format!(
            "const {{{}}} = {source}",
            names.replace(" as ", ": ")
        ))
    }

    /// Returns a line with the path of a module that is loaded later, if it has one, in full.
    fn loads_later(&mut self, line: &str) -> Option<String> {
        let is_comment = line.trim_start().starts_with(['*', '/']);
        let Some((before, rest)) = line.split_once("import('").filter(|_| !is_comment) else {
            return Some(line.to_owned());
        };
        let (path, behind) = rest.split_once("')")?;
        let later = self.resolve(&format!("'{path}'"))?;
        let whole = format!("{before}import('{later}'){behind}");
        self.later.push(later);
        Some(whole)
    }

    /// Returns the path in `ui` of a module that this one names in quotes.
    fn resolve(&self, quoted: &str) -> Option<String> {
        let named = quoted.trim().strip_prefix('\'')?.strip_suffix('\'')?;
        let mut parts: Vec<&str> = self.path.split('/').collect();
        parts.pop();
        for part in named.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

/// Returns the name that a declaration gives.
fn declares(declaration: &str) -> Option<String> {
    let kinds = ["const ", "async function ", "function ", "class "];
    let rest = kinds
        .iter()
        .find_map(|kind| declaration.strip_prefix(kind))?;
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let end = rest.find(|letter| !is_letter(letter))?;
    (end > 0).then(|| rest[..end].to_owned())
}

/// The name under which a module's exports are at hand.
fn name(path: &str) -> String {
    let stem = path.strip_suffix(".js").unwrap_or(path);
    format!("${}", stem.replace(['/', '-'], "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(modules: &[(&str, &str)]) -> Result<BTreeMap<&'static str, String>, String> {
        let modules: BTreeMap<&str, &str> = modules.iter().copied().collect();
        chunks(&|path| {
            let text = modules.get(path).copied().unwrap_or_default();
            Ok(text.to_owned())
        })
    }

    #[test]
    fn a_module_stands_before_those_that_import_it_and_in_one_chunk() {
        let main = "import { a,\n  b as c } from './x/one.js'\nc(a, () => import('./about/licences.js'))\n";
        let one = "export const a = 1\nexport async function b() {}\n";
        let others = "import * as one from './x/one.js'\nexport class Z {}\n";
        let made = made(&[
            ("main.js", main),
            ("x/one.js", one),
            ("other-screens.js", others),
        ])
        .unwrap();

        let all = "// x/one.js\nconst $x_one = (() => {\nconst a = 1\nasync function b() {}\n\
            return { a, b }\n})()\n// main.js\nconst $main = (() => {\n\
            const { a,  b: c } = $x_one\n\
            c(a, () => import('/about/licences.js').then((chunk) => chunk.$about_licences))\n\
            return {  }\n})()\nglobalThis.$first = { $x_one, $main }\n";
        assert_eq!(made["main.js"], all);
        let later = "const { $x_one } = globalThis.$first\n// other-screens.js\n\
            const $other_screens = (() => {\nconst one = $x_one\nclass Z {}\nreturn { Z }\n})()\n\
            export { $other_screens }\n";
        assert_eq!(made["other-screens.js"], later);
    }

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
            ("template-home", true),
            ("@layer tokens {", true),
            ("url(\"/fonts/inter-latin.woff2\")", true),
            ("const $desk_desk = ", false),
            ("template-desk-row", false),
        ] {
            assert_eq!(page.contains(part), at_once, "{part}");
        }
        assert!(others.starts_with("document.body.insertAdjacentHTML("));
        assert!(others.contains("template-desk-row"));
        assert!(folder.path().join("fonts/inter-latin.woff2").exists());
    }

    #[test]
    fn a_page_keeps_the_templates_that_the_first_modules_name() {
        let page = "<body>\n  <template id=\"template-a\">\n    <p></p>\n  </template>\n\n  \
                    <template id=\"template-b\">\n  </template>\n</body>\n";

        let (kept, taken) = split(page, "clone('a')").unwrap();

        let a = "  <template id=\"template-a\">\n    <p></p>\n  </template>\n";
        assert_eq!(kept, format!("<body>\n{a}\n</body>\n"));
        assert_eq!(taken, "  <template id=\"template-b\">\n  </template>\n");
        assert!(split("  <template id=\"template-a\">", "").is_err());
    }

    #[test]
    fn what_would_end_its_own_element_is_refused() {
        let page = "<link rel=\"stylesheet\" href=\"css/index.css\">\
                    <script type=\"module\" src=\"main.js\"></script>";

        let filled = fill(page, "a {}\n", "b()\n").unwrap();
        assert_eq!(
            filled,
            "<style>\na {}\n</style><script type=\"module\">\nb()\n</script>"
        );
        for (styles, first) in [("</style>", ""), ("", "'</script>'"), ("", "'<script>'")] {
            assert!(fill(page, styles, first).is_err(), "{styles}{first}");
        }
        assert!(fill("<link>", "", "").is_err());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for odd in [
            "export default 1",
            "export { a }",
            "export let a = 1",
            "import a from './x.js'",
            "import { a } from \"./x.js\"",
            "import { a }",
        ] {
            let error = made(&[("main.js", odd)]).unwrap_err();
            assert!(error.starts_with("main.js: "), "{odd}: {error}");
        }
        let circle = [("main.js", "import { a } from './main.js'")];
        assert!(made(&circle).unwrap_err().contains("circle"));
        let nowhere = [("main.js", "void import('./nowhere.js')")];
        assert!(made(&nowhere).unwrap_err().contains("nowhere.js"));
    }

    #[test]
    fn every_style_sheet_stands_in_its_layer() {
        let read = |path: &str| {
            Ok(match path {
                "css/index.css" => "@layer a, b;\n@import url(\"a.css\") layer(a);\n",
                _ => "p {\n}\n",
            }
            .to_owned())
        };
        assert_eq!(
            styles(&read).unwrap(),
            "@layer a, b;\n@layer a {\np {\n}\n}\n"
        );
    }
}
