mod elsewhere;

use registrar_media::Tone;
use registrar_secret::SipPassword;

use super::*;

const REALM: &str = "r.example";

const BOTH: [TransportName; 2] = [TransportName::Udp, TransportName::Tcp];

fn call(target: SocketAddr, transport: TransportName) -> DialRequest {
    DialRequest {
        peer: Peer::new("localhost"),
        target,
        request_uri: format!("sip:1@{REALM}:{}", target.port()),
        from: format!("sip:+15557654321@{REALM}"),
        user_name: "bob".to_owned(),
        form: NameForm::Composite,
        proof: Proof::Password(SipPassword::new("x")),
        other_realms: Vec::new(),
        realm: REALM.to_owned(),
        transport,
        ring_timeout: Duration::from_secs(20),
        talk: Duration::from_millis(500),
        hangup: CancellationToken::new(),
        sound: Source::Tone(Tone::default()),
        speakers: false,
    }
}

/// Calls without a person, who would press keys.
async fn dial(request: DialRequest, on_state: &(dyn Fn(CallState) + Send + Sync)) -> DialOutcome {
    let (_, orders) = mpsc::channel(1);
    let on_news = |news| {
        if let News::State(state) = news {
            on_state(state);
        }
    };
    super::dial(request, orders, &on_news).await
}

fn quiet(_: CallState) {}
