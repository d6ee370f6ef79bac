//! The three ways of a test call.

use std::sync::Arc;
use std::time::Duration;

use registrar_activity::Activity;
use registrar_bandwidth::dashboard::ApplicationId;
use registrar_bandwidth::voice::{AnswerUrl, NewCall, Voice};
use registrar_explain::call::Asked;
use registrar_explain::{CallSound, call as call_words, twilio as twilio_words};
use registrar_media::{Source, Tone};
use registrar_practice::{ANSWERS, Practice};
use registrar_secret::{SipPassword, TwilioSecret};
use registrar_sip::TransportName;
use registrar_sip::answer::NameForm;
use registrar_twilio::{AccountSid, Key, PhoneNumber, Twilio};
use registrar_user_agent::call::{DialRequest, dial};
use registrar_user_agent::tls::Peer;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{EVERY, Room, said, without};

impl Room {
    pub(super) async fn call(&self) -> (String, String) {
        let request = self.request(TransportName::Udp, false);
        let target = request.targets[0].address;
        let ring = Duration::from_secs(3);
        let asked = Asked {
            callee: ANSWERS.to_owned(),
            user_name: request.composite.clone(),
            realm: request.realm.clone(),
            host: request.realm.clone(),
            place: request.realm.clone(),
            target: target.to_string(),
            with_password: true,
            sound: CallSound::Tone,
            ring,
        };
        let dialed = DialRequest {
            target,
            peer: Peer::new(&request.realm),
            request_uri: format!("sip:{ANSWERS}@{}", request.realm),
            from: format!("sip:{}@{}", request.composite, request.realm),
            user_name: request.composite,
            form: NameForm::Composite,
            proof: request.proof,
            realm: request.realm,
            other_realms: Vec::new(),
            transport: TransportName::Udp,
            ring_timeout: ring,
            talk: Duration::from_secs(3),
            hangup: CancellationToken::new(),
            sound: Source::Tone(Tone::default()),
            speakers: false,
        };
        let (_, orders) = mpsc::channel(1);
        let outcome = dial(dialed, orders, &|_| {}).await;
        let verdict = call_words::report(&asked, Vec::new(), outcome).verdict;
        let sentence = without(&verdict.sentence, "good enough. ", "N", 10);
        (sentence, verdict.next.unwrap_or_default())
    }

    pub(super) async fn twilio_call(&self) -> (String, String) {
        let sample = Practice::sample_twilio();
        let twilio = Twilio::new(
            Url::parse(&self.practice.addresses().twilio.expose()).unwrap(),
            AccountSid::parse(&sample.account_sid).unwrap(),
            Key::AuthToken(TwilioSecret::new(sample.auth_token)),
            Arc::new(Activity::default()),
        )
        .unwrap();
        let from = twilio.numbers().await.unwrap().remove(0);
        let request = self.request(TransportName::Udp, false);
        let to = PhoneNumber::parse(ANSWERS).unwrap();
        let port = self.practice.registrar().port();
        let order = registrar_twilio::NewCall::test(
            registrar_twilio::target(&to, &request.realm, port),
            from,
            request.composite,
            SipPassword::new("practice-phone-password"),
        );
        match twilio.call(&order).await {
            Ok(call) => {
                let patience = Duration::from_secs(20);
                let end = twilio.follow(&call.sid, EVERY, patience, |_| {}).await;
                let verdict = twilio_words::ended(end.unwrap().status, &[]);
                (verdict.sentence, verdict.next.unwrap_or_default())
            }
            Err(registrar_twilio::CallError::Http(error)) => said::<()>(Err(error)),
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) async fn voice_call(&self) -> (String, String) {
        let voice = Voice::of(&self.dashboard()).unwrap();
        let sample = Practice::sample_voice();
        let new = NewCall {
            to: format!(
                "sip:reception@{}",
                self.practice.sample_check().unwrap().realm
            ),
            from: PhoneNumber::parse(&sample.from).unwrap(),
            application: ApplicationId::parse(&sample.application_id).unwrap(),
            answer_url: AnswerUrl::parse(&sample.answer_url).unwrap(),
            ring: Duration::from_secs(3),
        };
        said(voice.call(&new).await)
    }
}
