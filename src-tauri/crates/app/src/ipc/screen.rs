//! The screen that the window draws, and the frame around a step.

use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_explain::{CheckReport, Notice, SummaryRow};
use serde::Serialize;

use super::calls::CallReport;
use super::checks::{CheckForm, RegisteredPhone};
use super::choice::{RegisterPart, SignInMethod, StepId, StepState};
use super::draft::PhoneChoice;
use super::forms::{CallForm, CredentialForm, PhoneSettings, RealmForm, RealmView, SignInForm};
use super::phones::{PhoneList, PhonePage};

outgoing! {
    /// One step in the list beside the journey.
    pub struct StepView {
        /// Which one.
        pub id: StepId,
        /// Filters and scroll position.
        pub state: StepState,
        /// What was chosen there, such as the realm's name.
        pub detail: Option<String>,
        /// The parts of the open step, where it has any.
        pub parts: Vec<PartView>,
    }

    /// One part of a step.
    pub struct PartView {
        /// Which one.
        pub id: RegisterPart,
        /// Filters and scroll position.
        pub state: StepState,
    }

    /// What stands around every step.
    pub struct Head {
        /// The account's name, once it has one.
        pub account_name: Option<String>,
        /// The account number, once it is known.
        pub account_number: Option<String>,
        /// How this session is signed in, in words, once it is.
        pub signed_in_as: Option<String>,
        /// Whether it's practice.
        pub practice: bool,
        /// All steps in their order.
        pub steps: Vec<StepView>,
        /// What to say above the content.
        pub notices: Vec<Notice>,
    }

    /// A journey that can be continued.
    pub struct SavedJourney {
        /// Which account; `practice` for the practice account.
        pub account: String,
        /// The account's name.
        pub account_name: String,
        /// It belongs to practice.
        pub practice: bool,
        /// Where it stopped.
        pub step: StepId,
        /// When, in milliseconds since 1970.
        pub stopped_at: f64,
    }

    /// A saved account, without its secret.
    pub struct AccountView {
        /// Which one.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Bandwidth's account number.
        pub number: String,
        /// The way to sign in.
        pub method: SignInMethod,
        /// The environment.
        pub environment: EnvironmentName,
        /// It signs in with an API user: when that ends, and what to do.
        pub api_user: Option<Notice>,
    }

    /// Everything on one page, without a secret.
    pub struct Summary {
        /// Rows of a name and a value.
        pub rows: Vec<SummaryRow>,
        /// What was checked and how it ended.
        pub checks: Vec<Notice>,
        /// What was neither set up nor tested.
        pub left_open: Vec<String>,
        /// The SIP password is known, so that it can be copied until the journey is finished.
        pub password_known: bool,
    }
}

/// The screen to draw. The journey lives in Rust; the window draws this.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(
    tag = "screen",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[allow(
    missing_docs,
    reason = "each variant is a step, each field's type says what it is"
)]
pub enum Screen {
    Home {
        continues: Vec<SavedJourney>,
        accounts: Vec<AccountView>,
        /// There is something in practice that can be reset.
        practice_begun: bool,
        notices: Vec<Notice>,
        crash: Option<super::lifecycle::CrashReport>,
    },
    About {
        about: super::about::AboutView,
        notices: Vec<Notice>,
    },
    Accounts {
        accounts: Vec<super::accounts::AccountCard>,
        notices: Vec<Notice>,
    },
    Account {
        name: Option<String>,
        form: SignInForm,
        notices: Vec<Notice>,
    },
    AccountList {
        file: String,
        rows: Vec<super::accounts::ListedAccount>,
        notices: Vec<Notice>,
    },
    Activity {
        view: super::activity::ActivityView,
        notices: Vec<Notice>,
    },
    Desk {
        desk: super::desk::DeskView,
        notices: Vec<Notice>,
    },
    Realms {
        desk: super::desk::DeskView,
        realms: Vec<super::realms::RealmCard>,
        form: RealmForm,
        notices: Vec<Notice>,
    },
    Import {
        import: super::import::ImportView,
        notices: Vec<Notice>,
    },
    Prepare {
        head: Head,
        sales_text: String,
        support_text: String,
    },
    SignIn {
        head: Head,
        form: SignInForm,
    },
    Realm {
        head: Head,
        realms: Vec<RealmView>,
        form: RealmForm,
    },
    Credential {
        head: Head,
        realm: String,
        form: CredentialForm,
    },
    Test {
        head: Head,
        phone: PhoneSettings,
        last_check: Option<CheckReport>,
        /// The details were open when they were last seen.
        details_open: bool,
    },
    Phone {
        head: Head,
        phone: PhoneSettings,
        phones: PhoneList,
        /// The chosen phone; `null` until one is chosen.
        choice: Option<PhoneChoice>,
        /// Its page, where it is a listed one.
        page: Option<Box<PhonePage>>,
        /// The label of the field to lead the person to.
        field: Option<String>,
    },
    Wait {
        head: Head,
        phone: PhoneSettings,
        /// The name of the chosen phone; `null` for one that isn't listed.
        phone_name: Option<String>,
        registered: Option<RegisteredPhone>,
        /// Where files were saved for the phone that are still to be deleted.
        saved_files: Vec<String>,
    },
    Call {
        head: Head,
        form: CallForm,
        last_call: Option<CallReport>,
    },
    Finish {
        head: Head,
        summary: Summary,
    },
    Check {
        practice: bool,
        form: CheckForm,
        last: Option<CheckReport>,
        notices: Vec<Notice>,
    },
}
