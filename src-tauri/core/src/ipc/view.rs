//! What the window draws.

use serde::Serialize;

use super::checks::PathView;
use super::choice::{
    CallWay, CheckKind, EnvironmentName, FailureKind, ProofKind, SignInMethod, StepId, StepState,
    Tone, TransportName, TwilioKeyKind, WayOn,
};

outgoing! {
    /// One field that needs another value.
    pub struct FieldProblem {
        /// The field's name, as in the request that carried it.
        pub field: String,
        /// What is wrong and what is right, in one sentence.
        pub sentence: String,
    }

    /// A failure as the window shows it.
    pub struct Failure {
        /// What the window chooses by.
        pub kind: FailureKind,
        /// What happened, in one sentence.
        pub sentence: String,
        /// Why, likeliest first; more than one where they cannot be told apart.
        pub causes: Vec<String>,
        /// What to do next, in one sentence.
        pub next: String,
        /// The service's own words and number, redacted.
        pub detail: Option<String>,
        /// Fields that need another value.
        pub problems: Vec<FieldProblem>,
        /// Buttons.
        pub ways_on: Vec<WayOn>,
    }

    /// A sentence that is shown above a screen's content until it is left.
    pub struct Notice {
        /// How it is coloured.
        pub tone: Tone,
        /// What happened.
        pub sentence: String,
        /// What it means and what to do, where that is more than the sentence.
        pub next: Option<String>,
    }

    /// One step in the list beside the journey.
    pub struct StepView {
        /// Which.
        pub id: StepId,
        /// Where it stands.
        pub state: StepState,
        /// What was chosen there, such as the realm's name.
        pub detail: Option<String>,
    }

    /// What stands around every step.
    pub struct Head {
        /// The account's name, once it has one.
        pub account_name: Option<String>,
        /// The account number, once it is known.
        pub account_number: Option<String>,
        /// How this session is signed in, in words, once it is.
        pub signed_in_as: Option<String>,
        /// Nothing here is real.
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
        /// Which.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Bandwidth's account number.
        pub number: String,
        /// The way to sign in.
        pub method: SignInMethod,
        /// The environment.
        pub environment: EnvironmentName,
    }

    /// The three addresses of an environment.
    pub struct Addresses {
        /// The token endpoint.
        pub token: String,
        /// The API for Bearer.
        pub bearer: String,
        /// The API for Basic.
        pub basic: String,
    }

    /// One environment to choose, with its addresses shown.
    pub struct EnvironmentView {
        /// Which.
        pub name: EnvironmentName,
        /// Where requests go.
        pub addresses: Addresses,
    }

    /// Values that practice shows and can fill in.
    pub struct SampleSignIn {
        /// The pretend account number.
        pub account_number: String,
        /// The pretend client ID.
        pub client_id: String,
        /// The pretend client secret; it opens nothing but practice.
        pub client_secret: String,
    }

    /// What the sign-in form starts with.
    pub struct SignInForm {
        /// A name for the account.
        pub name: String,
        /// The account number.
        pub account_number: String,
        /// The way to sign in.
        pub method: SignInMethod,
        /// Client ID or API user.
        pub user: String,
        /// The environments to choose from.
        pub environments: Vec<EnvironmentView>,
        /// The chosen one.
        pub environment: EnvironmentName,
        /// The token endpoint of one's own environment.
        pub token_address: String,
        /// The API for Bearer of one's own environment.
        pub bearer_address: String,
        /// The API for Basic of one's own environment.
        pub basic_address: String,
        /// A secret for this account is in the keychain, so the field may stay empty.
        pub secret_saved: bool,
        /// The box 'Remember on this computer'.
        pub remember: bool,
        /// The step that follows when a stopped journey is taken up again.
        pub continues_at: Option<StepId>,
        /// API users are switched off at Bandwidth by now.
        pub api_users_off: bool,
        /// In practice: what to type.
        pub sample: Option<SampleSignIn>,
    }

    /// A realm as the window shows it.
    pub struct RealmView {
        /// Bandwidth's number for it.
        pub id: f64,
        /// Its full name.
        pub name: String,
        /// Its description.
        pub description: String,
        /// It is the account's default.
        pub default: bool,
        /// How many SIP credentials it holds.
        pub credentials: f64,
        /// ACTIVE: it can be chosen.
        pub active: bool,
        /// Its status in words.
        pub status: String,
    }

    /// What the realm form starts with.
    pub struct RealmForm {
        /// The short name.
        pub name: String,
        /// The description.
        pub description: String,
        /// Make it the account's default.
        pub default: bool,
    }

    /// What the credential form starts with.
    pub struct CredentialForm {
        /// The user name.
        pub user_name: String,
        /// The domain.
        pub domain: String,
        /// The voice application ID.
        pub application_id: String,
        /// How long the password is that the app made; `null` where none was made.
        pub made_password: Option<u32>,
    }

    /// What goes into the phone. The password is not among it: see `reveal`.
    pub struct PhoneSettings {
        /// The composite user name.
        pub user_name: String,
        /// The realm, which phones call domain or SIP server.
        pub realm: String,
        /// The registrar's host, where it is not the realm's name.
        pub registrar: String,
        /// The registrar's port, once it is known.
        pub port: Option<u16>,
        /// The transport.
        pub transport: TransportName,
        /// How many characters the password has; `null` where the app does not know it.
        pub password_length: Option<u32>,
        /// Where the port comes from, in words.
        pub found: String,
        /// The account's DNS records, compared with this computer's DNS.
        pub dns: Vec<DnsView>,
    }

    /// What the call form starts with.
    pub struct CallForm {
        /// Twilio's account SID.
        pub account_sid: String,
        /// The way to sign in to Twilio.
        pub key_kind: TwilioKeyKind,
        /// The API key's SID.
        pub key_sid: String,
        /// A Twilio secret is in the keychain.
        pub secret_saved: bool,
        /// The Twilio keys were accepted in this session.
        pub checked: bool,
        /// Numbers to call from.
        pub numbers: Vec<String>,
        /// The number to call from.
        pub from: String,
        /// The number to call.
        pub to: String,
        /// Where the call goes, once the number is typed: `sip:…@realm:port`.
        pub target: String,
        /// The SIP password is known, so that the call can be placed.
        pub password_known: bool,
        /// In practice: the pretend account SID and token.
        pub sample: Option<SampleTwilio>,
        /// This computer has a microphone, for a call from here.
        pub microphone: bool,
        /// This computer has speakers.
        pub speakers: bool,
        /// Whom the last call from this computer was to.
        pub local_to: String,
        /// The form that lets Bandwidth ring the phone; `null` where the environment that is signed in
        /// to names no Voice API.
        pub voice: Option<Box<VoiceForm>>,
    }

    /// What the form starts with that lets Bandwidth ring the phone.
    pub struct VoiceForm {
        /// The number to call from.
        pub from: String,
        /// The voice application's ID.
        pub application_id: String,
        /// Where Bandwidth asks what to do once the phone is answered.
        pub answer_url: String,
        /// Whom Bandwidth calls: `sip:user@realm`.
        pub target: String,
        /// The Voice API's address.
        pub address: String,
        /// Where the phone was seen registered, in words; `null` where the person has to say that it
        /// is registered.
        pub registered: Option<String>,
        /// In practice: what leads to a call that is answered.
        pub sample: Option<SampleVoice>,
    }

    /// Values that practice shows and can fill in.
    pub struct SampleVoice {
        /// The pretend account's number.
        pub from: String,
        /// The pretend account's voice application.
        pub application_id: String,
        /// An answer address at which somebody is at home.
        pub answer_url: String,
    }

    /// Values that practice shows and can fill in.
    pub struct SampleTwilio {
        /// The pretend account SID.
        pub account_sid: String,
        /// The pretend Auth Token; it opens nothing but practice.
        pub auth_token: String,
        /// A number that answers.
        pub to: String,
    }

    /// One line of the ladder: a message between this computer and the registrar.
    pub struct LadderLine {
        /// This computer sent it.
        pub sent: bool,
        /// The place of its target among those of the check.
        pub target: u32,
        /// Milliseconds since the check began.
        pub at_ms: u32,
        /// The short label, such as `401 Unauthorized`.
        pub label: String,
        /// What it means, in plain words.
        pub plain: String,
        /// The whole message, redacted.
        pub text: String,
        /// Its colour.
        pub tone: Tone,
    }

    /// A binding that the registrar lists.
    pub struct BindingView {
        /// The address in its Contact.
        pub address: String,
        /// Seconds until it ends.
        pub expires: u32,
        /// It is this computer's own.
        pub ours: bool,
    }

    /// A place where the registrar was looked for.
    pub struct TargetView {
        /// Address and port, such as `203.0.113.5:5006`.
        pub address: String,
        /// The transport.
        pub transport: TransportName,
        /// Why it was tried, in words.
        pub source: String,
        /// How that ended, in a few words.
        pub outcome: String,
        /// Its colour.
        pub tone: Tone,
    }

    /// A DNS record as the account's settings give it, compared with this computer's DNS.
    pub struct DnsView {
        /// The record's name.
        pub name: String,
        /// Its type, such as `SRV`.
        pub kind: String,
        /// What the account's settings say; empty where they do not list it.
        pub account: Vec<String>,
        /// What this computer's DNS says; empty where it says nothing.
        pub here: Vec<String>,
        /// Its colour.
        pub tone: Tone,
        /// What that means and what to do, in one sentence.
        pub sentence: String,
    }

    /// A verdict in plain words.
    pub struct Verdict {
        /// Its colour.
        pub tone: Tone,
        /// One sentence.
        pub sentence: String,
        /// Why, likeliest first.
        pub causes: Vec<String>,
        /// One thing to do.
        pub next: Option<String>,
        /// Buttons.
        pub ways_on: Vec<WayOn>,
    }

    /// What the form of a check without an account starts with.
    pub struct CheckForm {
        /// The full name of the realm.
        pub realm: String,
        /// The composite user name.
        pub user_name: String,
        /// What the secret is.
        pub proof: ProofKind,
        /// Over which transport.
        pub transport: TransportName,
        /// Which of the two kinds.
        pub kind: CheckKind,
        /// A typed `host:port` or `host`, empty to ask DNS.
        pub address: String,
        /// A password or hash of this kind was typed, so the field may stay empty.
        pub secret_known: bool,
        /// In practice: a SIP credential whose password is known.
        pub sample: Option<SampleCheck>,
    }

    /// Values that practice shows and can fill in.
    pub struct SampleCheck {
        /// The full name of a pretend realm.
        pub realm: String,
        /// The user name of a pretend SIP credential.
        pub user_name: String,
        /// Its password; it opens nothing but practice.
        pub password: String,
        /// The pretend registrar's host and port.
        pub address: String,
    }

    /// The end of a registration check.
    pub struct CheckReport {
        /// What it proved.
        pub verdict: Verdict,
        /// What that was read from, a sentence each.
        pub evidence: Vec<String>,
        /// Where it was sent, such as `UDP 203.0.113.5:5006`.
        pub target: String,
        /// Every target in the order in which they are tried.
        pub targets: Vec<TargetView>,
        /// Every message in its order.
        pub ladder: Vec<LadderLine>,
        /// What this computer's DNS says of the names that led there; empty where none was asked.
        pub dns: Vec<DnsView>,
        /// The registrar listed its bindings; without that, nothing is known of them.
        pub listed: bool,
        /// All bindings that the registrar listed, before ours was taken back.
        pub bindings: Vec<BindingView>,
        /// The user name that the registrar took.
        pub accepted_user_name: Option<String>,
        /// This computer's address as the registrar sees it.
        pub seen_as: Option<String>,
        /// What happened to our own binding, in words; `null` after a query.
        pub unregistered: Option<String>,
        /// What the answers told of the way; `null` where nothing could be sent.
        pub path: Option<PathView>,
        /// Milliseconds from the first request to the last response; 0 where none came.
        pub wire_ms: f64,
    }

    /// One look at the bindings while waiting for the phone.
    pub struct WatchReport {
        /// Seconds since the watch began.
        pub seconds: u32,
        /// The phone's own binding, in words, once it is there.
        pub registered: Option<String>,
        /// All bindings but our own.
        pub bindings: Vec<BindingView>,
        /// Why the last look failed, where it did.
        pub problem: Option<String>,
        /// The likely causes in order, after two minutes.
        pub hints: Vec<String>,
    }

    /// A line of progress.
    pub struct Progress {
        /// What is being done, in one sentence.
        pub sentence: String,
    }

    /// A change in the test call's state.
    pub struct CallProgress {
        /// The service's own word for the state.
        pub state: String,
        /// In plain words.
        pub sentence: String,
    }

    /// The end of a test call.
    pub struct CallReport {
        /// Who made it.
        pub way: CallWay,
        /// What it proved.
        pub verdict: Verdict,
        /// Each state with the second in which it was seen.
        pub states: Vec<CallState>,
        /// What Twilio's notifications say, or Bandwidth about the end, decoded.
        pub notes: Vec<String>,
    }

    /// A state of the call.
    pub struct CallState {
        /// Seconds since the call was asked for.
        pub second: u32,
        /// In plain words.
        pub sentence: String,
    }

    /// What a form, as it stands, would make and send.
    pub struct Preview {
        /// Fields that need another value. A field that is still empty is not named.
        pub problems: Vec<FieldProblem>,
        /// What Hash1 is made of, in its order; the password stands as dots.
        pub hash1: Vec<String>,
        /// What Hash1b is made of.
        pub hash1b: Vec<String>,
        /// What the step's main button will send, with secrets as dots.
        pub request: Option<String>,
        /// In the call form: where the call goes, as in [`CallForm`].
        pub target: Option<String>,
    }

    /// One exchange of the panel 'Behind the scenes', redacted when it was written.
    pub struct Exchange {
        /// Its number in this run.
        pub id: u32,
        /// What it was for, in words.
        pub title: String,
        /// When, in milliseconds since 1970.
        pub at: f64,
        /// How long it took, in milliseconds.
        pub took_ms: u32,
        /// The request as it was sent, with secrets as dots.
        pub request: String,
        /// The answer, or why there was none.
        pub response: String,
        /// How it ended.
        pub tone: Tone,
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

    /// A row of the summary.
    pub struct SummaryRow {
        /// Which value.
        pub name: String,
        /// The value.
        pub value: String,
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
        notices: Vec<Notice>,
        crash: Option<super::outside::CrashReport>,
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
    Register {
        head: Head,
        phone: PhoneSettings,
        last_check: Option<CheckReport>,
        registered: Option<String>,
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

impl FieldProblem {
    /// Names what is wrong with a field.
    #[must_use]
    pub fn new(field: &str, sentence: &str) -> Self {
        Self {
            field: field.to_owned(),
            sentence: sentence.to_owned(),
        }
    }
}
