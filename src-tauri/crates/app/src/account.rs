//! Saved accounts: everything except the secret.

use registrar_bandwidth::dashboard::{
    AccountNumber, AddressOf, AddressProblem, Environment, EnvironmentName, SignIn,
};
use registrar_explain as explain;
use registrar_explain::FieldProblem;
use registrar_secret::SignInSecret;
use serde::{Deserialize, Serialize};

use crate::ipc::{AccountView, SignInDraft, SignInMethod, TwilioDraft};
use crate::{Error, api_users};

/// Maximum length of an account's name and of a client ID, in characters.
const LONGEST: usize = 200;

/// A saved account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// A random ID, which is also used in the keychain's entries.
    pub id: String,
    /// The name that the person gave it.
    pub name: String,
    /// Bandwidth's account number.
    pub number: AccountNumber,
    /// The way to sign in.
    pub method: SignInMethod,
    /// Client ID or API user.
    pub user: String,
    /// Which addresses.
    pub environment: EnvironmentName,
    /// The three addresses, if they are custom.
    pub own_addresses: Option<OwnAddresses>,
    /// Whether the secret is stored in the keychain.
    pub remember: bool,
    /// How this account signs in to Twilio, once it has.
    pub twilio: Option<TwilioDraft>,
    /// Whether the Twilio secret is in the keychain.
    #[serde(default)]
    pub twilio_remembered: bool,
}

/// The three addresses of a custom environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAddresses {
    /// The token endpoint.
    pub token: String,
    /// The API for Bearer.
    pub bearer: String,
    /// The API for Basic.
    pub basic: String,
}

impl Account {
    /// Creates an account from the typed form, with the given ID.
    pub fn from_draft(id: String, draft: &SignInDraft) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let name = one_line(&draft.name);
        let user = one_line(&draft.user);

        let number = AccountNumber::parse(&draft.account_number)
            .map_err(explain::name::sentence)
            .map_err(|sentence| problems.push(FieldProblem::new("accountNumber", sentence)))
            .ok();
        if name.chars().count() > LONGEST {
            problems.push(FieldProblem::new("name", "Use at most 200 characters."));
        }
        problems.extend(user_problem(&user, draft.method));
        let own_addresses = (draft.environment == EnvironmentName::Own).then(|| OwnAddresses {
            token: one_line(&draft.token_address),
            bearer: one_line(&draft.bearer_address),
            basic: one_line(&draft.basic_address),
        });
        if let Some(own) = &own_addresses
            && let Err(more) = own.read()
        {
            problems.extend(more.into_iter().map(address_problem));
        }

        match number {
            Some(number) if problems.is_empty() => Ok(Self {
                id,
                name: if name.is_empty() {
                    format!("Account {number}")
                } else {
                    name
                },
                number,
                method: draft.method,
                user,
                environment: draft.environment,
                own_addresses,
                remember: draft.remember,
                twilio: None,
                twilio_remembered: false,
            }),
            _ => Err(Error::Invalid { problems }),
        }
    }

    /// Returns whether both are the same account at Bandwidth with the same sign-in.
    #[must_use]
    pub fn same_sign_in(&self, other: &Self) -> bool {
        self.same_account(other) && self.method == other.method && self.user == other.user
    }

    /// Returns whether both are the same account at Bandwidth, regardless of the sign-in.
    #[must_use]
    pub fn same_account(&self, other: &Self) -> bool {
        self.number == other.number
            && self.environment == other.environment
            && self.own_addresses == other.own_addresses
    }

    /// Returns the sign-in form's values for it.
    #[must_use]
    pub fn draft(&self) -> SignInDraft {
        let own = self.own_addresses.clone();
        let own = own.unwrap_or(OwnAddresses {
            token: String::new(),
            bearer: String::new(),
            basic: String::new(),
        });
        SignInDraft {
            name: self.name.clone(),
            account_number: self.number.to_string(),
            method: self.method,
            user: self.user.clone(),
            environment: self.environment,
            token_address: own.token,
            bearer_address: own.bearer,
            basic_address: own.basic,
            remember: self.remember,
        }
    }

    /// Returns this account's sign-in with its secret.
    #[must_use]
    pub fn sign_in_with(&self, secret: &SignInSecret) -> SignIn {
        match self.method {
            SignInMethod::ApiClient => SignIn::ApiClient {
                client_id: self.user.clone(),
                secret: secret.clone(),
            },
            SignInMethod::ApiUser => SignIn::ApiUser {
                name: self.user.clone(),
                password: secret.clone(),
            },
        }
    }

    /// Parses a typed secret; `None` if nothing was typed.
    pub fn typed_secret(&self, typed: Option<SignInSecret>) -> Result<Option<SignInSecret>, Error> {
        let typed = typed.map(|secret| secret.without_line_breaks());
        match typed.filter(|secret| !secret.is_empty()) {
            Some(secret) if secret.length() > 1000 => {
                Err(Error::field("secret", "Use at most 1,000 characters."))
            }
            typed => Ok(typed),
        }
    }

    /// Returns the error that asks for the missing secret.
    #[must_use]
    pub fn missing_secret(&self) -> Error {
        let missing = match self.method {
            SignInMethod::ApiClient => "Enter the API client’s secret.",
            SignInMethod::ApiUser => "Enter the API user’s password.",
        };
        Error::field("secret", missing)
    }

    /// Returns its entry in the list of accounts.
    #[must_use]
    pub fn view(&self, now_ms: u64) -> AccountView {
        AccountView {
            id: self.id.clone(),
            name: self.name.clone(),
            number: self.number.to_string(),
            method: self.method,
            environment: self.environment,
            api_user: api_users::notice(self.method, now_ms),
        }
    }
}

impl OwnAddresses {
    /// Validates the three addresses.
    pub fn environment(&self) -> Result<Environment, Error> {
        self.read().map_err(|problems| Error::Invalid {
            problems: problems.into_iter().map(address_problem).collect(),
        })
    }

    fn read(&self) -> Result<Environment, Vec<AddressProblem>> {
        Environment::own(&self.token, &self.bearer, &self.basic)
    }
}

/// Removes line breaks and outer spaces from pasted text.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split(['\r', '\n', '\t'])
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

fn address_problem(problem: AddressProblem) -> FieldProblem {
    let field = match problem.of {
        AddressOf::Basic => "basicAddress",
        AddressOf::Bearer => "bearerAddress",
        AddressOf::Token => "tokenAddress",
    };
    FieldProblem::new(field, explain::name::address(problem.fault))
}

fn user_problem(user: &str, method: SignInMethod) -> Option<FieldProblem> {
    let (missing, with_colon, too_long) = match method {
        SignInMethod::ApiClient => (
            "Enter the API client’s ID.",
            "A client ID can’t have a colon. Copy it again from the Bandwidth App.",
            "Use at most 200 characters for the client ID.",
        ),
        SignInMethod::ApiUser => (
            "Enter the API user’s name.",
            "An API user’s name can’t have a colon. Copy it again from the Bandwidth App.",
            "Use at most 200 characters for the API user’s name.",
        ),
    };
    if user.is_empty() {
        return Some(FieldProblem::new("user", missing));
    }
    // RFC 7617 section 2: a user-id with a colon cannot be sent with Basic.
    if user.contains(':') || user.chars().any(char::is_control) {
        return Some(FieldProblem::new("user", with_colon));
    }
    (user.chars().count() > LONGEST).then(|| FieldProblem::new("user", too_long))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn draft() -> SignInDraft {
        SignInDraft {
            name: "Northwind Dental".to_owned(),
            account_number: "5500123".to_owned(),
            method: SignInMethod::ApiClient,
            user: "client-1".to_owned(),
            environment: EnvironmentName::Production,
            token_address: String::new(),
            bearer_address: String::new(),
            basic_address: String::new(),
            remember: true,
        }
    }

    fn problem_fields(draft: &SignInDraft) -> Vec<String> {
        match Account::from_draft("a".to_owned(), draft) {
            Err(Error::Invalid { problems }) => {
                problems.into_iter().map(|problem| problem.field).collect()
            }
            other => panic!("expected problems, got {other:?}"),
        }
    }

    #[test]
    fn what_was_typed_comes_back_into_the_form() {
        let account = Account::from_draft("a".to_owned(), &draft()).unwrap();

        assert_eq!(account.draft(), draft());
    }

    #[test]
    fn pasted_spaces_and_line_breaks_are_taken_away() {
        let pasted = SignInDraft {
            account_number: " 5500123\r\n".to_owned(),
            user: "\tclient-1\n".to_owned(),
            ..draft()
        };

        let account = Account::from_draft("a".to_owned(), &pasted).unwrap();

        assert_eq!(account.number.to_string(), "5500123");
        assert_eq!(account.user, "client-1");
    }

    #[test]
    fn every_field_that_is_wrong_is_named_at_once() {
        let wrong = SignInDraft {
            account_number: "55x".to_owned(),
            user: String::new(),
            environment: EnvironmentName::Own,
            token_address: "http://example.com/token".to_owned(),
            ..draft()
        };

        let fields = problem_fields(&wrong);

        for field in [
            "accountNumber",
            "user",
            "tokenAddress",
            "bearerAddress",
            "basicAddress",
        ] {
            assert!(
                fields.iter().any(|named| named == field),
                "{field} in {fields:?}"
            );
        }
    }

    #[test]
    fn ten_thousand_letters_are_refused_beside_their_field() {
        let long = "x".repeat(10_000);
        let wrong = SignInDraft {
            name: long.clone(),
            user: long.clone(),
            ..draft()
        };

        assert_eq!(problem_fields(&wrong), ["name", "user"]);
    }

    #[test]
    fn an_account_without_a_name_is_called_by_its_number() {
        let unnamed = SignInDraft {
            name: " ".to_owned(),
            ..draft()
        };

        let account = Account::from_draft("a".to_owned(), &unnamed).unwrap();

        assert_eq!(account.name, "Account 5500123");
    }
}
