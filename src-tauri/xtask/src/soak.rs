//! `cargo xtask soak`: runs many journeys over unreliable connections, and many that are killed.

use crate::step_report::FEATURES;
use crate::steps::{cargo, stream};
use crate::system::{TO_BUILD, provide};

/// Default numbers of journeys and kills.
const JOURNEYS: u64 = 10_000;
const KILLS: u64 = 500;

/// Runs them, and shows their progress.
pub(crate) fn run(arguments: &[&str]) -> Result<(), String> {
    let (journeys, kills) = parse(arguments)?;
    provide(&[TO_BUILD])?;
    let mut test = cargo(&[
        "test",
        "--locked",
        "--workspace",
        "--features",
        FEATURES,
        "--test",
        "soak",
        "--",
        "--nocapture",
        "--test-threads=1",
    ]);
    test.env("SOAK_JOURNEYS", journeys.to_string())
        .env("SOAK_KILLS", kills.to_string());
    stream(&mut test)
}

fn parse(arguments: &[&str]) -> Result<(u64, u64), String> {
    let numbers: Result<Vec<u64>, _> = arguments.iter().map(|text| text.parse()).collect();
    match numbers.as_deref() {
        Ok([]) => Ok((JOURNEYS, KILLS)),
        Ok([journeys]) => Ok((*journeys, KILLS)),
        Ok([journeys, kills]) => Ok((*journeys, *kills)),
        _ => Err("cargo xtask soak [JOURNEYS [KILLS]]".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_may_be_left_out() {
        assert_eq!(parse(&[]), Ok((JOURNEYS, KILLS)));
        assert_eq!(parse(&["7"]), Ok((7, KILLS)));
        assert_eq!(parse(&["7", "8"]), Ok((7, 8)));
        for odd in [&["x"][..], &["1", "2", "3"], &["-1"]] {
            assert!(parse(odd).is_err(), "{odd:?}");
        }
    }
}
