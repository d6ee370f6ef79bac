//! A process with a file size limit: replaces a file by a longer one, and prints the result.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]
#![allow(clippy::print_stdout, reason = "the test that starts it reads that")]

use std::path::PathBuf;

use registrar_app::Error;
use registrar_storage::store::Store;

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap());
    let store = Store::open(&folder).unwrap();
    match store.write("state.json", 1, &vec!["x".repeat(1_000); 1_000]) {
        Ok(()) => println!("kept"),
        Err(error) => {
            let words = Error::from(error).failure();
            println!(
                "{} {} {}",
                words.sentence,
                words.causes.join(" "),
                words.next
            );
        }
    }
}
