//! The pretend dashboard against the published description of the real one.

mod credentials;
mod faults;
mod realms;
mod settings;

use crate::api::Answer;
use crate::shape::shape;

/// Fails unless the answer has the status, and the elements of the sample in their order.
pub(crate) fn assert_sample(answer: &Answer, status: u16, sample: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/contract/samples");
    let expected = std::fs::read_to_string(format!("{folder}/{sample}.xml")).unwrap();
    assert_eq!(answer.status, status, "{sample}: {}", answer.body);
    assert_eq!(
        shape(&answer.body),
        shape(&expected),
        "{sample}: {}",
        answer.body
    );
}

/// Fails unless the answer is a refusal with this status and Bandwidth's number.
pub(crate) fn assert_refused(answer: &Answer, status: u16, code: u32) {
    assert_eq!(
        (answer.status, answer.code()),
        (status, Some(code)),
        "{}",
        answer.body
    );
}
