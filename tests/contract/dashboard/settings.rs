//! The account's settings.

use registrar_sip::TransportName;
use registrar_user_agent::resolve::locate;

use super::assert_sample;
use crate::api::Api;

#[tokio::test]
async fn settings_have_documented_shapes_and_lead_to_the_registrar() {
    let api = Api::start().await;
    let base = "products/edgemanagement/settings";

    let settings = api.get(base).await;
    let sip = api.get(&format!("{base}/sipauthentication")).await;

    assert_sample(&settings, 200, "settings");
    assert_sample(&sip, 200, "sip-authentication");
    let port = api.practice.registrar().port();
    assert_eq!(sip.text("PortNumber"), Some(port.to_string().as_str()));
    let name = "office.1a2b3c.auth.bandwidth.com";
    let service = format!("<Name>_sip._udp.{name}</Name><Data>5 50 {port} sbc.");
    assert!(sip.body.contains(&service), "{}", sip.body);
    for transport in [TransportName::Udp, TransportName::Tcp] {
        let found = locate(&api.practice.dns(), name, None, transport).await;
        let found = found.unwrap();
        assert_eq!(found[0].address, api.practice.registrar().address());
        assert_eq!(found.len(), 1);
    }
    let unknown = locate(
        &api.practice.dns(),
        "bandwidth.com",
        None,
        TransportName::Udp,
    )
    .await;
    assert!(unknown.is_err(), "practice never asks the real DNS");
}
