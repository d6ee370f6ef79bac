//! Credentials with awkward passwords, and their hashes as computed by Python.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Mutex;

use registrar_digest::{Hashes, composite};
use registrar_secret::{Hash, SipPassword};
use registrar_sip::answer::Proof;

use crate::REALM;

/// A SIP credential.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Credential {
    pub(crate) user: &'static str,
    pub(crate) domain: Option<&'static str>,
    pub(crate) password: &'static str,
}

/// With and without a domain; spaces, UTF-8, quotes, colons, at-signs and backslashes. baresip's
/// account file takes a quote only behind a backslash, so that each quote here has one.
pub(crate) const CREDENTIALS: [Credential; 4] = [
    Credential {
        user: "sipauthtest",
        domain: None,
        password: "password",
    },
    Credential {
        user: "bob",
        domain: Some("somewhere.com"),
        password: "pä ss:@\\\"q\\o",
    },
    Credential {
        user: "anna.b-1_x",
        domain: None,
        password: ": two  spaces @ the ends :",
    },
    Credential {
        user: "carol",
        domain: Some("else.example"),
        password: "密码\\\\ & <'%41'>\\\"",
    },
];

impl Credential {
    /// The name that a phone registers with.
    pub(crate) fn name(&self) -> String {
        composite(self.user, self.domain)
    }

    pub(crate) fn password(&self) -> SipPassword {
        SipPassword::new(self.password)
    }

    /// The hashes that the app makes.
    pub(crate) fn hashes(&self) -> Hashes {
        Hashes::make(&self.name(), REALM, &self.password())
    }

    /// The hashes that Python makes.
    pub(crate) fn python_hashes(&self) -> Hashes {
        let name = self.name();
        Hashes {
            hash1: Hash::new(hash_digits(&name, self.password)),
            hash1b: Hash::new(hash_digits(&format!("{name}@{REALM}"), self.password)),
        }
    }

    /// The digits of Hash1 that Python makes, for peers that hold hashes.
    pub(crate) fn python_hash1(&self) -> String {
        hash_digits(&self.name(), self.password)
    }

    /// Every proof that must be as good as any other.
    pub(crate) fn proofs(&self) -> [Proof; 3] {
        [
            Proof::Password(self.password()),
            Proof::Hashes(self.hashes().into()),
            Proof::Hashes(self.python_hashes().into()),
        ]
    }

    /// A line of Kamailio's credentials file, from Python's hashes.
    pub(crate) fn row(&self) -> String {
        let name = self.name();
        let hash1 = hash_digits(&name, self.password);
        let hash1b = hash_digits(&format!("{name}@{REALM}"), self.password);
        let domain = self.domain.unwrap_or("-");
        format!("{}\t{domain}\t{hash1}\t{hash1b}\n", self.user)
    }
}

/// Makes `md5(name:realm:password)` with Python's hashlib, once for each.
fn hash_digits(name: &str, password: &str) -> String {
    static MADE: Mutex<BTreeMap<(String, String), String>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap();
    made.entry((name.to_owned(), password.to_owned()))
        .or_insert_with(|| asked_of_python(name, password))
        .clone()
}

fn asked_of_python(name: &str, password: &str) -> String {
    let program = "import hashlib, os, sys\n\
                   text = b':'.join(os.fsencode(part) for part in sys.argv[1:])\n\
                   print(hashlib.md5(text).hexdigest())";
    let output = Command::new("python3")
        .args(["-c", program, name, REALM, password])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let digits = String::from_utf8(output.stdout).unwrap();
    assert_eq!(digits.trim().len(), 32);
    digits.trim().to_owned()
}

#[test]
fn the_app_and_python_make_the_same_hashes() {
    for credential in CREDENTIALS {
        assert!(
            credential.hashes().matches(&credential.python_hashes()),
            "{credential:?}"
        );
    }
}
