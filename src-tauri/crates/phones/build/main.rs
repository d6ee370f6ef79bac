//! Checks `data/` and turns it into the constants of the crate, so that a wrong file is refused when
//! the crate is built, and no parser is shipped.

#![expect(clippy::print_stdout, reason = "cargo reads what is printed")]

use std::path::Path;
use std::{env, fs};

mod check;
mod data;
mod emit;

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=data");
    let sources = data::sources(&text(Path::new("data/sources.toml"))?)?;
    let texts = data::texts(&text(Path::new("data/texts.en.toml"))?)?;
    let mut paths = fs::read_dir("data/phones")
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|error| format!("data/phones: {error}"))?;
    paths.sort();
    let mut phones = Vec::new();
    for path in &paths {
        let id = path.file_stem().unwrap_or_default().to_string_lossy();
        phones.push(data::phone(&id, &text(path)?, &sources, &texts)?);
    }
    check::unused(&phones, &texts)?;
    let folder = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let written = Path::new(&folder).join("phones.rs");
    let constants = emit::phones(&phones) + &emit::sentences(&texts);
    fs::write(written, constants).map_err(|error| error.to_string())
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
