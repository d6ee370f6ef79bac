//! Why a password does not work, in one sentence: the mistake that made the stored hashes.

use crate::Verdict;
use registrar_activity::Tone;
use registrar_digest::why::{Made, Names, Slip, Why};

/// What to look at where the stored hashes are right.
const ELSEWHERE: &str = "The stored hashes are not the cause. Check it: the port, the transport, \
                         and the form of the name that the phone uses.";
/// What a repair brings.
const REPAIR: &str = "Store right hashes for this password: then the phone registers, and nothing \
                      in it has to be changed.";
/// What a repair brings where the stored hashes were made of another password.
const REPAIR_WRONG: &str = "Type it once more, just as the phone has it. Or store hashes of this \
                            password: then a phone that uses another one stops working at its next \
                            refresh.";

/// Says how the stored hashes were made.
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
    let made = |slips: &[Slip]| phrases(slips, of);
    match (&why.hash1, &why.hash1b) {
        (Made::Right, Made::Right) => say(
            Tone::Good,
            "The password is right: both stored hashes are made of it.".to_owned(),
            ELSEWHERE,
        ),
        (Made::Missing, Made::Missing) => bad("No hash is stored.".to_owned()),
        (Made::Unknown, Made::Unknown | Made::Missing) => Verdict {
            causes: vec![
                "None of the usual mistakes makes the stored hashes of it, so they were made of \
                 another password."
                    .to_owned(),
            ],
            ..say(
                Tone::Bad,
                "This is not the password that is stored.".to_owned(),
                REPAIR_WRONG,
            )
        },
        (Made::With(one), Made::With(other)) if one == other => {
            bad(format!("Both stored hashes were made {}.", made(one)))
        }
        (Made::With(one), Made::With(other)) if of_one_cause(one, other) => bad(format!(
            "Both stored hashes were made {}, and Hash1b {}.",
            made(one),
            made(&form_of(other)),
        )),
        (one, other) => {
            let tone = if *one == Made::Right || *other == Made::Right {
                Tone::Wait
            } else {
                Tone::Bad
            };
            let sentence = format!("Hash1 {}; Hash1b {}.", state(one, of), state(other, of));
            say(tone, sentence, half(why))
        }
    }
}

/// What a hash that is not as it should be keeps from working.
fn half(why: &Why) -> &'static str {
    match (&why.hash1, &why.hash1b) {
        (Made::Right, _) => {
            "A phone that puts the realm behind its user name cannot register; others can. Store \
             right hashes: then both can."
        }
        (_, Made::Right) => {
            "Only a phone that puts the realm behind its user name can register. Store right \
             hashes: then all can."
        }
        _ => REPAIR,
    }
}

/// Returns whether the second was made by the same mistakes as the first, but for its form.
fn of_one_cause(one: &[Slip], other: &[Slip]) -> bool {
    let rest = other.iter().filter(|slip| !slip.is_of_the_form());
    rest.eq(one.iter())
}

fn form_of(slips: &[Slip]) -> Vec<Slip> {
    let forms = slips.iter().filter(|slip| slip.is_of_the_form());
    forms.cloned().collect()
}

fn state(made: &Made, of: &Names<'_>) -> String {
    match made {
        Made::Missing => "is missing".to_owned(),
        Made::Right => "is right".to_owned(),
        Made::Unknown => "is wrong: no usual mistake makes it of this password".to_owned(),
        Made::With(slips) => format!("was made {}", phrases(slips, of)),
    }
}

fn phrases(slips: &[Slip], of: &Names<'_>) -> String {
    let mut all: Vec<String> = slips.iter().map(|slip| phrase(slip, of)).collect();
    match all.pop() {
        Some(last) if all.is_empty() => last,
        Some(last) => format!("{}, and {last}", all.join(", ")),
        None => String::new(),
    }
}

/// Goes on after 'was made'.
fn phrase(slip: &Slip, of: &Names<'_>) -> String {
    let fixed = match slip {
        Slip::Capitals => "in capital letters, while registrars make small ones",
        Slip::DomainLeftOut => "without the domain",
        Slip::NameInCapitals => "for the user name in capital letters",
        Slip::Newline => "with a newline behind the password, which echo adds",
        Slip::OtherHash => "in the form of the other one of the two",
        Slip::OtherLetters => "of the password's letters in another Unicode form",
        Slip::RealmInCapitals => "for the realm in capital letters",
        Slip::SpacesDropped => "without the spaces around the password",
        Slip::SpaceBehind => "with a space behind the password",
        Slip::SpaceBefore => "with a space before the password",
        Slip::TableForm => {
            "in the form user:realm:realm:password, which a table of the guide prints and no \
             registrar uses"
        }
        Slip::WindowsLetters => "of the password's letters as Windows-1252, not as UTF-8",
        Slip::WindowsNewline => "with a Windows line end behind the password",
        Slip::DomainAdded(domain) => {
            return format!("with the domain {domain}, which this credential does not have");
        }
        Slip::NameCase(name) => {
            let kept = registrar_digest::composite(of.user_name, of.domain);
            return format!(
                "for the user name {name}, while Bandwidth keeps it as {kept}: the letter case \
                 differs"
            );
        }
        Slip::OtherRealm(realm) => {
            return format!(
                "for {realm}, another realm of this account, not for {}",
                of.realm
            );
        }
        Slip::ShortRealm(realm) => {
            return format!(
                "for the short realm {realm}, not for its full name {}",
                of.realm
            );
        }
    };
    fixed.to_owned()
}

#[cfg(test)]
mod tests;
