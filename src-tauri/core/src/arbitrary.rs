//! Anything that can stand in a name or a hash, for tests of what is written and read back.

use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::dashboard::{ApplicationId, NameProblem};
use crate::digest::Hashes;
use crate::password::PasswordProblem;
use crate::secret::Hash;

/// So many cases that a property takes a second at most; a failure is shown and not written down.
pub(crate) fn few(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

/// Lists values of an enum by its variants: a new variant has to join. A pattern that lists nothing
/// says that no value of it occurs.
macro_rules! every {
    ($of:ty { $($pattern:pat => $values:expr),+ $(,)? }) => {{
        let _joined = |one: &$of| match one { $($pattern => ()),+ };
        let mut all: Vec<$of> = Vec::new();
        $({
            let values: Vec<$of> = $values.into_iter().collect();
            assert!(values.iter().all(|one| matches!(one, $pattern)));
            all.extend(values);
        })+
        all
    }};
}
pub(crate) use every;

/// Everything that can be wrong with a name.
pub(crate) fn name_problems() -> Vec<NameProblem> {
    use NameProblem::*;
    every!(NameProblem {
        AccountNumberLetters => [AccountNumberLetters],
        AccountNumberMissing => [AccountNumberMissing],
        AccountNumberTooLong => [AccountNumberTooLong],
        ApplicationId => [ApplicationId],
        DescriptionLetters => [DescriptionLetters],
        DescriptionTooLong => [DescriptionTooLong],
        DomainInvisible => [DomainInvisible],
        DomainLetters => [DomainLetters],
        DomainMissing => [DomainMissing],
        DomainTooLong => [DomainTooLong],
        RealmNameCapitals => [RealmNameCapitals],
        RealmNameLetters => [RealmNameLetters],
        RealmNameMissing => [RealmNameMissing],
        RealmNameTooLong => [RealmNameTooLong],
        UserNameAt => [UserNameAt],
        UserNameColon => [UserNameColon],
        UserNameInvisible => [UserNameInvisible],
        UserNameLetters => [UserNameLetters],
        UserNameMissing => [UserNameMissing],
        UserNameOnlySigns => [UserNameOnlySigns],
        UserNameTooLong => [UserNameTooLong],
    })
}

/// Everything that can be wrong with a SIP credential's password.
pub(crate) fn password_problems() -> Vec<PasswordProblem> {
    use PasswordProblem::*;
    every!(PasswordProblem {
        Blank => [Blank],
        ControlCharacter => [ControlCharacter],
        Empty => [Empty],
        Invisible => [Invisible],
        OuterSpace => [OuterSpace],
        TooLong => [TooLong],
        Unreadable => [Unreadable],
    })
}

/// A user name that the API takes, beginning with what a spreadsheet takes for a formula, too.
pub(crate) fn user_name() -> impl Strategy<Value = String> {
    "[-=+!._$&*~]{0,3}[a-zA-Z0-9][a-zA-Z0-9._!$&*+=~-]{0,20}"
}

/// A domain that the API takes, or none.
pub(crate) fn domain() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[a-zA-Z0-9][a-zA-Z0-9.-]{0,20}")
}

pub(crate) fn application() -> impl Strategy<Value = Option<ApplicationId>> {
    let id = any::<u128>().prop_map(|id| uuid::Uuid::from_u128(id).into());
    proptest::option::of(id)
}

pub(crate) fn hashes() -> impl Strategy<Value = Hashes> {
    ("[0-9a-f]{32}", "[0-9a-f]{32}").prop_map(|(one, other)| Hashes {
        hash1: Hash::new(one),
        hash1b: Hash::new(other),
    })
}
