//! `cargo xtask licenses`: generates the license list of crates and font shown in 'About'.

mod shipped;
mod texts;

use std::fs;

use serde_json::json;

use crate::count::Count;
use crate::steps::workspace;
use texts::Text;

/// The window's file of licenses.
const FILE: &str = "ui/about/licenses.js";

const HEAD: &str = "\
// Written by `cargo xtask licenses`: what the app is made of.

/**
 * Texts of licenses, each with those whose license it is.
 *
 * @type {ReadonlyArray<{ of: ReadonlyArray<string>, license: string, text: string }>}
 */
export const licenses = [
";

/// Writes the file again.
pub(crate) fn write() -> Result<(), String> {
    let path = workspace().join(FILE);
    let made = make()?;
    fs::write(&path, made).map_err(|error| format!("{FILE} cannot be written: {error}."))
}

/// Compares the committed file with what the lock file says.
pub(crate) fn check() -> Result<Count, String> {
    let made = make()?;
    let same = fs::read_to_string(workspace().join(FILE)).is_ok_and(|there| there == made);
    if !same {
        println!("{FILE} is not what is shipped. Write it anew: cargo xtask licenses");
    }
    Ok(Count::one(same))
}

fn make() -> Result<String, String> {
    let workspace = workspace();
    let mut texts = vec![texts::our_own()];
    texts.extend(texts::of(&shipped::find()?)?);
    texts.push(texts::of_the_font(&workspace)?);
    Ok(render(&texts))
}

fn render(texts: &[Text]) -> String {
    let entries: Vec<String> = texts.iter().map(entry).collect();
    format!("{HEAD}{}\n]\n", entries.join(",\n"))
}

/// Writes one entry on a line of its own, so that a change is seen as what it is.
fn entry(text: &Text) -> String {
    let entry = json!({ "license": text.license, "of": text.of, "text": text.words });
    format!("  {entry}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_once_under_all_whose_it_is() {
        let text = Text {
            of: vec!["one 1.0.0".into(), "two 2.0.0".into()],
            license: "MIT".into(),
            words: "\"As is\"\nwithout warranty".into(),
        };

        let file = render(&[text]);

        assert!(
            file.contains(r#""of":["one 1.0.0","two 2.0.0"],"text":"\"As is\"\nwithout warranty""#),
            "{file}"
        );
    }
}
