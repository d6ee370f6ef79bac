//! The account's settings.

use super::assert_sample;
use crate::api::Api;

#[tokio::test]
async fn the_settings_have_the_documented_shapes_and_lead_to_the_registrar() {
    let api = Api::start().await;
    let base = "products/edgemanagement/settings";

    let settings = api.get(base).await;
    let sip = api.get(&format!("{base}/sipauthentication")).await;

    assert_sample(&settings, 200, "settings");
    assert_sample(&sip, 200, "sip-authentication");
    let dns = api.practice.dns();
    let port = dns.services[0].port;
    assert_eq!(sip.text("PortNumber"), Some(port.to_string().as_str()));
    let service = format!(
        "<Name>_sip._udp.office.1a2b3c.auth.bandwidth.com</Name><Data>5 50 {port} {}</Data>",
        dns.services[0].target
    );
    assert!(sip.body.contains(&service), "{}", sip.body);
    let target = dns
        .hosts
        .iter()
        .find(|host| host.name == dns.services[0].target);
    assert!(target.unwrap().address.is_loopback());
}
