//! Sample values for other crates' tests.

use registrar_secret::password::PasswordProblem;

use crate::NameProblem;

/// Lists values of an enum by its variants: a new variant has to join. A pattern that lists nothing
/// says that no value of it occurs.
#[macro_export]
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
/// Everything that can be wrong with a name.
#[must_use]
pub fn name_problems() -> Vec<NameProblem> {
    use NameProblem::{
        AccountNumberLetters, AccountNumberMissing, AccountNumberTooLong, ApplicationId,
        DescriptionLetters, DescriptionTooLong, DomainInvisible, DomainLetters, DomainMissing,
        DomainTooLong, RealmNameCapitals, RealmNameLetters, RealmNameMissing, RealmNameTooLong,
        UserNameAt, UserNameColon, UserNameInvisible, UserNameLetters, UserNameMissing,
        UserNameOnlySigns, UserNameTooLong,
    };
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
#[must_use]
pub fn password_problems() -> Vec<PasswordProblem> {
    use PasswordProblem::{
        Blank, ControlCharacter, Empty, Invisible, OuterSpace, TooLong, Unreadable,
    };
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
