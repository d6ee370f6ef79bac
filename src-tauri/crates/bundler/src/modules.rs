//! Bundles the modules.
//!
//! This supports only the JavaScript that `ui` is written in and rejects anything else: named
//! imports and exports, one line each, and no string spanning lines; the tests in `tests/ui`
//! enforce the same. A module's exports never change, so a module becomes a function that returns
//! its exports, and an import takes them from there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::compact::Compact;
use crate::{Error, FIRST, Read, TRAINER};

/// Returns the bundled files by their paths.
pub(crate) fn chunks(
    read: Read<'_>,
    chunks: &[&'static str],
) -> Result<BTreeMap<&'static str, String>, Error> {
    let mut placed = BTreeMap::new();
    let mut orders = Vec::new();
    for &chunk in chunks {
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

/// Adds a module after its imports, unless it was added before.
fn gather(
    path: &str,
    chunk: &'static str,
    read: Read<'_>,
    placed: &mut BTreeMap<String, &'static str>,
    open: &mut BTreeSet<String>,
    order: &mut Vec<Module>,
) -> Result<(), Error> {
    if placed.contains_key(path) {
        return Ok(());
    }
    if !open.insert(path.to_owned()) {
        return Err(Error::source(path, "imports itself in a circle"));
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
) -> Result<String, Error> {
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
                .ok_or_else(|| Error::source(later, "is no chunk and in none"))?;
            let name = name(later);
            body = body.replace(
                &format!("import('{later}')"),
                &format!("import('/{other}').then((chunk) => chunk.{name})"),
            );
        }
        let exports = module.exports.join(", ");
        let _ = writeln!(
            text,
            "const {} = (() => {{\n{body}return {{ {exports} }}\n}})()",
            name(&module.path)
        );
    }
    let names: Vec<_> = order.iter().map(|module| name(&module.path)).collect();
    let names = names.join(", ");
    let _ = if chunk == TRAINER.first {
        Ok(())
    } else if chunk == FIRST {
        // A module that is inlined in the page has no address to import it from.
        writeln!(text, "globalThis.$first = {{ {names} }}")
    } else {
        writeln!(text, "export {{ {names} }}")
    };
    Ok(text)
}

/// A parsed module.
#[derive(Debug)]
struct Module {
    path: String,
    /// The modules that it imports, in order.
    needs: Vec<String>,
    /// The modules that it loads lazily.
    later: Vec<String>,
    exports: Vec<String>,
    /// Its text, with imports turned into declarations and without `export`.
    body: String,
}

impl Module {
    fn parse(path: &str, text: &str) -> Result<Self, Error> {
        let mut module = Self {
            path: path.to_owned(),
            needs: Vec::new(),
            later: Vec::new(),
            exports: Vec::new(),
            body: String::new(),
        };
        let mut lines = text.lines();
        let mut compact = Compact::default();
        while let Some(line) = lines.next() {
            let odd = || Error::source(path, format!("this is not understood: {line}"));
            let Some(line) = compact.line(line) else {
                continue;
            };
            if !line.matches('`').count().is_multiple_of(2) {
                return Err(odd());
            }
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

    /// Returns a line with the full path of the module that it loads lazily, if any.
    fn loads_later(&mut self, line: &str) -> Option<String> {
        let Some((before, rest)) = line.split_once("import('") else {
            return Some(line.to_owned());
        };
        let (path, behind) = rest.split_once("')")?;
        let later = self.resolve(&format!("'{path}'"))?;
        let whole = format!("{before}import('{later}'){behind}");
        self.later.push(later);
        Some(whole)
    }

    /// Returns the path below `ui` of a module that this one names in quotes.
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

/// Returns the name that a line declares.
fn declares(declaration: &str) -> Option<String> {
    let kinds = ["const ", "async function ", "function ", "class "];
    let rest = kinds
        .iter()
        .find_map(|kind| declaration.strip_prefix(kind))?;
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let end = rest.find(|letter| !is_letter(letter))?;
    (end > 0).then(|| rest[..end].to_owned())
}

/// The variable that holds a module's exports.
fn name(path: &str) -> String {
    let stem = path.strip_suffix(".js").unwrap_or(path);
    format!("${}", stem.replace(['/', '-', '.'], "_"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CHUNKS;

    fn made(modules: &[(&str, &str)]) -> Result<BTreeMap<&'static str, String>, Error> {
        let modules: BTreeMap<&str, &str> = modules.iter().copied().collect();
        let read = |path: &str| {
            let text = modules.get(path).copied().unwrap_or_default();
            Ok(text.to_owned())
        };
        chunks(&read, &CHUNKS)
    }

    #[test]
    fn module_stands_before_its_importers_and_in_one_chunk() {
        let main = "import { a,\n  b as c } from './x/one.js'\nc(a, () => import('./about/licenses.js'))\n";
        let one = "export const a = 1\nexport async function b() {}\n";
        let others = "import * as one from './x/one.js'\nexport class Z {}\n";
        let made = made(&[
            ("main.js", main),
            ("x/one.js", one),
            ("other-screens.js", others),
        ])
        .unwrap();

        let all = "const $x_one = (() => {\nconst a = 1\nasync function b() {}\n\
            return { a, b }\n})()\nconst $main = (() => {\n\
            const { a,  b: c } = $x_one\n\
            c(a, () => import('/about/licenses.js').then((chunk) => chunk.$about_licenses))\n\
            return {  }\n})()\nglobalThis.$first = { $x_one, $main }\n";
        assert_eq!(made["main.js"], all);
        let later = "const { $x_one } = globalThis.$first\n\
            const $other_screens = (() => {\nconst one = $x_one\nclass Z {}\nreturn { Z }\n})()\n\
            export { $other_screens }\n";
        assert_eq!(made["other-screens.js"], later);
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
            "f(`a\nb`)",
        ] {
            let error = made(&[("main.js", odd)]).unwrap_err().to_string();
            assert!(error.starts_with("main.js: "), "{odd}: {error}");
        }
        let circle = [("main.js", "import { a } from './main.js'")];
        assert!(made(&circle).unwrap_err().to_string().contains("circle"));
        let nowhere = [("main.js", "void import('./nowhere.js')")];
        assert!(
            made(&nowhere)
                .unwrap_err()
                .to_string()
                .contains("nowhere.js")
        );
    }
}
