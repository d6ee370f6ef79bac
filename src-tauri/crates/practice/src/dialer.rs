//! Places the pretend Twilio's calls over real SIP.

use registrar_media::{Source, Tone};
use registrar_secret::SipPassword;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::invite::CallEnd;
use registrar_sip::uri::Uri;
use registrar_user_agent::call::{self, CallState, DialRequest, News};
use registrar_user_agent::tls::Peer;
use tokio::sync::mpsc;

use super::twilio::{BoxFuture, DialEnd, DialOrder, DialState, Dialer, OnState};

/// The host in From, which identifies no one.
const FROM_HOST: &str = "sip.practice.invalid";

/// Maximum length of a stored refusal reason, in characters; it comes from the phone.
const LONGEST_REASON: usize = 100;

/// Sends a real INVITE, answers its challenge, and plays a tone.
#[derive(Clone, Copy, Debug, Default)]
pub struct SipDialer;

impl Dialer for SipDialer {
    fn dial(&self, order: DialOrder, on_state: OnState) -> BoxFuture<DialEnd> {
        Box::pin(async move {
            // Headers after '?' are for Twilio, and not part of the address.
            let to = order.to.split('?').next().unwrap_or_default();
            // A practice registrar's realm is the called host.
            let realm = Uri::parse(to).map(|uri| uri.host).unwrap_or_default();
            let request = DialRequest {
                peer: Peer::new("localhost"),
                target: order.target,
                request_uri: to.to_owned(),
                from: format!("sip:{}@{FROM_HOST}", order.from),
                user_name: order.user_name.unwrap_or_default(),
                form: NameForm::Composite,
                proof: Proof::Password(order.password.unwrap_or_else(|| SipPassword::new(""))),
                other_realms: vec![realm.to_ascii_lowercase()],
                realm,
                transport: order.transport,
                ring_timeout: order.ring,
                talk: order.talk,
                hangup: order.cancel,
                sound: Source::Tone(Tone::default()),
                speakers: false,
            };
            let tell = move |news| match news {
                News::State(CallState::Ringing) => on_state(DialState::Ringing),
                News::State(CallState::Answered) => on_state(DialState::Answered),
                News::State(_) | News::Message(_) | News::Sound { .. } => {}
            };
            // Nobody presses keys.
            let (_, orders) = mpsc::channel(1);
            let outcome = call::dial(request, orders, &tell).await;
            end(outcome.end, outcome.status)
        })
    }
}

fn end(end: CallEnd, status: Option<u16>) -> DialEnd {
    match end {
        CallEnd::HungUp { .. } | CallEnd::Lost | CallEnd::NoCommonSound => DialEnd::HungUp,
        CallEnd::Cancelled => DialEnd::Cancelled,
        CallEnd::NotAnswered => DialEnd::NoAnswer,
        CallEnd::CannotAnswer(_)
        | CallEnd::CredentialRefused
        | CallEnd::RealmDiffers { .. }
        | CallEnd::StaleWithoutEnd => DialEnd::Refused {
            status: status.unwrap_or(407),
            reason: "Proxy Authentication Required".to_owned(),
        },
        CallEnd::Refused { status, reason } => DialEnd::Refused {
            status,
            reason: reason.chars().take(LONGEST_REASON).collect(),
        },
        CallEnd::Silent | CallEnd::Unreachable => DialEnd::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_reason_is_cut() {
        let reason = "x".repeat(30_000);

        let found = end(
            CallEnd::Refused {
                status: 603,
                reason,
            },
            None,
        );

        let kept = "x".repeat(LONGEST_REASON);
        assert_eq!(
            found,
            DialEnd::Refused {
                status: 603,
                reason: kept
            }
        );
    }

    #[test]
    fn a_refused_password_keeps_its_sip_status() {
        let found = end(CallEnd::CredentialRefused, Some(407));

        assert!(
            matches!(found, DialEnd::Refused { status: 407, .. }),
            "{found:?}"
        );
    }
}
