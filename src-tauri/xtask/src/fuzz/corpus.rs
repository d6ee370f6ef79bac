//! The shared corpus: packed into one list per target, and unpacked for libFuzzer.

use std::fs;
use std::path::{Path, PathBuf};

use super::{TARGETS, Target, built, make, unusable};
use crate::count::Count;
use crate::step_report::report;
use crate::steps::{Ended, workspace};

#[allow(unreachable_pub, reason = "it is public where it is a library's")]
#[path = "../../../../tests/fuzz/src/packed.rs"]
mod packed;

/// Writes every list as it is packed: sorted, each input once.
pub(super) fn repack() -> Result<(), String> {
    for target in TARGETS {
        write(target, read(target)?)?;
    }
    Ok(())
}

/// Checks that each target has a packed list, and that the folder contains nothing else.
pub(crate) fn check() -> Result<Count, String> {
    let folder = folder();
    let files = fs::read_dir(&folder).map_err(|error| unusable(&folder, &error))?;
    let mut wrong: Vec<String> = files
        .flatten()
        .map(|file| file.path())
        .filter(|path| !TARGETS.iter().any(|target| list(*target) == *path))
        .map(|path| format!("{} is the list of no target.", path.display()))
        .collect();
    for target in TARGETS {
        let text = fs::read_to_string(list(target)).unwrap_or_default();
        let is_packed = packed::unpack(&text).is_ok_and(|inputs| packed::pack(inputs) == text);
        if text.is_empty() || !is_packed {
            let path = list(target).display().to_string();
            wrong.push(format!("{path} isn't packed. Run: cargo xtask fuzz pack"));
        }
    }
    let ended = Ended {
        succeeded: wrong.is_empty(),
        output: wrong.join("\n"),
    };
    report("corpus", &ended);
    Ok(Count::one(ended.succeeded))
}

/// Puts each input of a target into a file of its own, below the build, and returns their folder.
pub(super) fn unpack(target: Target) -> Result<PathBuf, String> {
    let folder = built().join("committed").join(target.name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| unusable(&folder, &error))?;
    }
    make(&folder)?;
    for (number, input) in read(target)?.into_iter().enumerate() {
        let path = folder.join(format!("{number:04}"));
        fs::write(&path, input).map_err(|error| unusable(&path, &error))?;
    }
    Ok(folder)
}

/// Packs the files of a folder in place of a target's inputs.
pub(super) fn pack(target: Target, folder: &Path) -> Result<(), String> {
    let files = fs::read_dir(folder).map_err(|error| unusable(folder, &error))?;
    let inputs: Result<Vec<Vec<u8>>, _> = files.map(|file| fs::read(file?.path())).collect();
    write(target, inputs.map_err(|error| unusable(folder, &error))?)
}

fn read(target: Target) -> Result<Vec<Vec<u8>>, String> {
    let path = list(target);
    let text = fs::read_to_string(&path).map_err(|error| unusable(&path, &error))?;
    let wrong = |line| format!("{}:{line}: this isn't an input.", path.display());
    packed::unpack(&text).map_err(wrong)
}

fn write(target: Target, inputs: Vec<Vec<u8>>) -> Result<(), String> {
    let path = list(target);
    fs::write(&path, packed::pack(inputs)).map_err(|error| unusable(&path, &error))
}

fn list(target: Target) -> PathBuf {
    folder().join(format!("{}.txt", target.name))
}

fn folder() -> PathBuf {
    workspace().join("tests/fuzz/corpus")
}

#[cfg(test)]
mod tests {
    use super::packed::{pack, unpack};

    #[test]
    fn every_byte_comes_back_as_it_was() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let inputs = [b"".to_vec(), b" a ".to_vec(), b"a\\x20".to_vec(), all];
        let mut sorted = inputs.to_vec();
        sorted.sort();

        let text = pack(inputs);

        assert!(text.is_ascii() && !text.contains(" \n"), "{text}");
        assert_eq!(unpack(&text), Ok(sorted));
    }

    #[test]
    fn the_same_inputs_make_the_same_list() {
        let [one, two] = [b"one".to_vec(), b"two\r\n".to_vec()];

        let text = pack([two.clone(), one.clone(), two.clone()]);

        assert_eq!(text, "one\ntwo\\r\\n\n");
        assert_eq!(pack([one, two]), text);
    }

    #[test]
    fn a_line_that_is_no_input_is_named() {
        for wrong in ["a\\q", "a\\", "a\\x4", "a\\xzz", "é", "\u{7}"] {
            assert_eq!(unpack(&format!("fine\n{wrong}\n")), Err(2), "{wrong}");
        }
    }
}
