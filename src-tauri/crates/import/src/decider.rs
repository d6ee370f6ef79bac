//! Decides what to do for a row by comparing it, by the stored hashes, with what the account has.
//! Sends no request.

use uuid::Uuid;

use super::csv::{Cells, Column};
use super::existing::{Existing, Stored};
use super::problem::Problem;
use super::row::{Proof, Rules, Wanted};
use super::warnings::{Warning, Warnings};
use registrar_bandwidth::dashboard::ApplicationId;
use registrar_digest::{Digits, HashMaker, Hashes, StoredHashes};
use registrar_jobs::{Action, Precondition, Secret, Step};
use registrar_secret::redact;

/// Longest name of a refused row that is kept, in characters.
const LONGEST_NAME: usize = 64;

/// Decides rows one by one.
#[derive(Debug)]
pub struct Decider<'r> {
    rules: Rules<'r>,
    existing: &'r Existing,
    hashes: HashMaker,
}

impl<'r> Decider<'r> {
    /// Begins.
    #[must_use]
    pub fn new(rules: Rules<'r>, existing: &'r Existing) -> Self {
        Self {
            rules,
            existing,
            hashes: HashMaker::default(),
        }
    }

    /// Decides a row. Returns the step and, if the row is usable, its name's key.
    pub fn decide(&mut self, cells: &Cells<'_>) -> (Step, Warnings, Option<u64>) {
        let line = cells.first_line;
        let (wanted, problem) = match self.rules.check(cells) {
            Ok(wanted) => match self.step(line, wanted) {
                Ok(decided) => return decided,
                Err(refused) => refused,
            },
            Err(problem) => (self.as_written(cells), problem),
        };
        let (user_name, domain, realm) = wanted;
        let step = Step {
            line,
            user_name,
            domain,
            realm,
            action: problem.into_action(),
        };
        (step, Warnings::default(), None)
    }

    fn step(&mut self, line: u64, wanted: Wanted<'_>) -> Result<Decided, RefusedRow> {
        let Wanted {
            user_name,
            domain,
            realm,
            proof,
            application,
            mut warnings,
        } = wanted;
        let stored = self.existing.find(realm.id, user_name, domain);
        let (user, host) = stored.map_or((user_name, domain), Stored::names);
        let other_case =
            user != user_name || host.unwrap_or_default() != domain.unwrap_or_default();
        let named = || {
            let domain = domain.map(str::to_owned);
            (user_name.to_owned(), domain, realm.name.clone())
        };
        let secret = self
            .secret(proof, user, host, &realm.name, other_case)
            .map_err(|problem| (named(), problem))?;
        if other_case {
            warnings.add(Warning::LetterCase);
        }
        let action = match stored {
            Some(stored) => change(stored, secret, application),
            None => Action::Create {
                realm: realm.id,
                application: application.map(ApplicationId::from),
                secret: secret.map_or(Secret::ToMake, Secret::Given),
            },
        };
        let step = Step {
            line,
            user_name: user.to_owned(),
            domain: host.map(str::to_owned),
            realm: realm.name.clone(),
            action,
        };
        let key = self.existing.key(realm.id, user_name, domain);
        Ok((step, warnings, Some(key)))
    }

    /// Computes the hashes from the names as stored; `None` if no secret was given.
    fn secret(
        &mut self,
        proof: Proof<'_>,
        user_name: &str,
        domain: Option<&str>,
        realm: &str,
        other_case: bool,
    ) -> Result<Option<Hashes>, Problem> {
        let fit = |one: &[Digits; 2], other: &[Digits; 2]| {
            let [one, other] = [Hashes::from(one), Hashes::from(other)];
            one.matches(&other)
        };
        match proof {
            Proof::Nothing => Ok(None),
            Proof::Password(password) => {
                let made = self.hashes.make(user_name, domain, realm, password);
                Ok(Some(Hashes::from(&made)))
            }
            Proof::Hashes(_) if other_case => Err(Problem::HashesOfOtherCase),
            Proof::Hashes(given) => Ok(Some(Hashes::from(&given))),
            Proof::PasswordAndHashes(password, given) => {
                let made = self.hashes.make(user_name, domain, realm, password);
                if fit(&made, &given) || other_case {
                    Ok(Some(Hashes::from(&made)))
                } else {
                    Err(Problem::HashesOfOtherPassword)
                }
            }
        }
    }

    /// Returns the names of an unusable row, as far as they can be determined. Nothing is taken
    /// from a row whose cells are shifted, because a password may be in their place.
    fn as_written(&self, cells: &Cells<'_>) -> Names {
        if cells.trouble.is_some() || self.rules.layout.has_more(cells) {
            return (String::new(), None, String::new());
        }
        let cell = |column| {
            let cell = self.rules.layout.cell(cells, column);
            redact::sanitized_line(cell.trim(), LONGEST_NAME)
        };
        let realm = self.rules.layout.cell(cells, Column::Realm);
        let realm = self.rules.realms.named(realm);
        let domain = cell(Column::Domain);
        (
            cell(Column::UserName),
            (!domain.is_empty()).then_some(domain),
            realm.map_or_else(|_| String::new(), |realm| realm.name.clone()),
        )
    }
}

type Decided = (Step, Warnings, Option<u64>);
type Names = (String, Option<String>, String);
type RefusedRow = (Names, Problem);

/// Returns what must change in an existing credential: its hashes, its voice application, both or
/// nothing. Whatever the row leaves empty stays unchanged.
fn change(stored: &Stored, secret: Option<Hashes>, application: Option<Uuid>) -> Action {
    let of = stored.key();
    let precondition = Precondition::of(stored.hashes.as_ref(), stored.application_id.as_deref());
    let secret = secret.filter(|made| {
        let right = |stored: &StoredHashes| stored.are(made);
        !stored.hashes.as_ref().is_some_and(right)
    });
    let current = stored.application_id.as_deref();
    let application = application
        .filter(|wanted| current.and_then(|id| Uuid::try_parse(id).ok()) != Some(*wanted))
        .map(ApplicationId::from);
    match (secret, application) {
        (Some(hashes), application) => Action::Replace {
            of,
            precondition,
            application,
            secret: Secret::Given(hashes),
        },
        (None, Some(application)) => Action::Move {
            of,
            precondition,
            application,
        },
        (None, None) => Action::AlreadyRight,
    }
}
