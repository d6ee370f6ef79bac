//! Why a password doesn't work, in one sentence: the mistake in the stored hashes.

use crate::Verdict;
use registrar_activity::Tone;
use registrar_digest::why::{Made, Names, Slip, Why};

/// What to check if the stored hashes are right.
const ELSEWHERE: &str = "The stored hashes aren’t the cause. Check the port, the transport, and \
                         the form of the user name in the phone.";
/// What storing the right hashes achieves.
const REPAIR: &str = "Replace the stored password with this one. The phone then registers without \
                      being changed.";
/// What replacing the password achieves if the stored hashes are another password's.
const REPAIR_WRONG: &str = "Enter the password again, exactly as the phone has it. Or replace the \
                            stored password with this one. Phones that use another password then \
                            stop working the next time they register.";

/// Explains how the stored hashes were computed.
#[must_use]
pub fn verdict(why: &Why, of: &Names<'_>) -> Verdict {
    let say = |tone, sentence: String, next: &str| Verdict {
        tone,
        sentence,
        causes: Vec::new(),
        next: Some(next.to_owned()),
        recovery_options: Vec::new(),
    };
    let bad = |sentence: String| say(Tone::Bad, sentence, REPAIR);
    let made = |slips: &[Slip]| mistakes(slips, of);
    match (&why.hash1, &why.hash1b) {
        (Made::Right, Made::Right) => say(
            Tone::Good,
            "The password is correct. Both stored hashes match it.".to_owned(),
            ELSEWHERE,
        ),
        (Made::Missing, Made::Missing) => bad("No hash is stored.".to_owned()),
        (Made::Unknown, Made::Unknown | Made::Missing) => Verdict {
            causes: vec![
                "No common mistake matches. The stored password, user name, or realm may be \
                 different."
                    .to_owned(),
            ],
            ..say(
                Tone::Bad,
                "The stored hashes don’t match this password.".to_owned(),
                REPAIR_WRONG,
            )
        },
        (Made::With(one), Made::With(other)) if one == other => bad(match one.as_slice() {
            [_] => format!("Both stored hashes were made with a mistake. {}", made(one)),
            _ => format!("Both stored hashes were made with mistakes. {}", made(one)),
        }),
        (Made::With(one), Made::With(other)) if of_one_cause(one, other) => bad(format!(
            "Both stored hashes were made with mistakes. {} Hash1b has one more. {}",
            made(one),
            made(&form_of(other)),
        )),
        (one, other) => {
            let tone = if *one == Made::Right || *other == Made::Right {
                Tone::Wait
            } else {
                Tone::Bad
            };
            let (one, other) = (state("Hash1", one, of), state("Hash1b", other, of));
            let sentence = format!("{one} {other}");
            say(tone, sentence, half(why))
        }
    }
}

/// What a wrong hash prevents.
fn half(why: &Why) -> &'static str {
    match (&why.hash1, &why.hash1b) {
        (Made::Right, _) => {
            "Phones that add the realm to the user name can’t register. Others can. Replace the \
             stored password with this one, and both can."
        }
        (_, Made::Right) => {
            "Only phones that add the realm to the user name can register. Replace the stored \
             password with this one, and all can."
        }
        _ => REPAIR,
    }
}

/// Returns whether both were made by the same mistakes, apart from the format.
fn of_one_cause(one: &[Slip], other: &[Slip]) -> bool {
    let rest = other.iter().filter(|slip| !slip.is_of_the_form());
    rest.eq(one.iter())
}

fn form_of(slips: &[Slip]) -> Vec<Slip> {
    let forms = slips.iter().filter(|slip| slip.is_of_the_form());
    forms.cloned().collect()
}

fn state(hash: &str, made: &Made, of: &Names<'_>) -> String {
    match made {
        Made::Missing => format!("{hash} is missing."),
        Made::Right => format!("{hash} is correct."),
        Made::Unknown => {
            format!("{hash} doesn’t match this password, and no common mistake explains it.")
        }
        Made::With(slips) => match slips.as_slice() {
            [_] => format!("{hash} was made with a mistake. {}", mistakes(slips, of)),
            _ => format!("{hash} was made with mistakes. {}", mistakes(slips, of)),
        },
    }
}

fn mistakes(slips: &[Slip], of: &Names<'_>) -> String {
    let all: Vec<String> = slips.iter().map(|slip| mistake(slip, of)).collect();
    all.join(" ")
}

/// Describes a mistake in a whole sentence.
fn mistake(slip: &Slip, of: &Names<'_>) -> String {
    let fixed = match slip {
        Slip::Capitals => "The hash was in capital letters, but registrars use lowercase.",
        Slip::DomainLeftOut => "The domain was left out.",
        Slip::NameInCapitals => "The user name was in capital letters.",
        Slip::Newline => "A newline followed the password, which the echo command adds.",
        Slip::OtherHash => "The form of the other hash was used.",
        Slip::OtherLetters => "The password’s letters were in another Unicode form.",
        Slip::RealmInCapitals => "The realm was in capital letters.",
        Slip::SpacesDropped => "The spaces around the password were left out.",
        Slip::SpaceBehind => "A space followed the password.",
        Slip::SpaceBefore => "A space came before the password.",
        Slip::TableForm => {
            "The form was user:realm:realm:password, which a table in the guide shows but no \
             registrar uses."
        }
        Slip::WindowsLetters => {
            "The password’s letters were encoded as Windows-1252, not as UTF-8."
        }
        Slip::WindowsNewline => "A Windows line ending followed the password.",
        Slip::DomainAdded(domain) => {
            return format!("The domain {domain} was added, which this credential doesn’t have.");
        }
        Slip::NameCase(name) => {
            let kept = registrar_digest::composite(of.user_name, of.domain);
            return format!(
                "The user name was {name}, but Bandwidth has {kept}. The letter case differs."
            );
        }
        Slip::OtherRealm(realm) => {
            return format!(
                "The realm was {realm}, another realm of this account, not {}.",
                of.realm
            );
        }
        Slip::ShortRealm(realm) => {
            return format!(
                "The realm was {realm}, the short name, not the full name {}.",
                of.realm
            );
        }
    };
    fixed.to_owned()
}

#[cfg(test)]
mod tests;
