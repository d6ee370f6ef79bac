//! Writes the window to a folder and says how many bytes each file has, to compare before and after a
//! change: `cargo run -q -p registrar-bundler --example bundle -- ui target/window`

use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[expect(clippy::print_stdout, reason = "what it says is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else {
        return Err("which folder, and where to?".into());
    };
    registrar_bundler::write(Path::new(from), Path::new(to))?;
    for file in ["index.html", "other-screens.js", "styles/other-screens.css"] {
        println!(
            "{file}: {} bytes",
            fs::metadata(Path::new(to).join(file))?.len()
        );
    }
    Ok(())
}
