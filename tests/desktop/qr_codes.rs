//! QR codes on a phone's page: the one that leads to a served file, and those that are the password.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;

use acceptance::app_window::AppWindow;
use acceptance::owned_process::wait_until;
use fantoccini::key::Key;

use crate::walk::{PASSWORD, Walk};

const CODE: &str = "document.querySelector('.qr-image svg')?.checkVisibility() === true";
const NO_CODE: &str = "document.querySelector('.qr-image svg') === null";

/// Opens the page of a phone, for a credential with a known password.
async fn to_page(name: &'static str, phone: &str) -> Walk {
    let walk = Walk::begin(AppWindow::open().await, name).await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;
    walk.choose_phone(phone).await;
    walk
}

/// Returns what zbar reads from a picture.
fn read(picture: &Path) -> String {
    let told = Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(picture)
        .output()
        .expect("zbarimg comes with the package zbar-tools");
    String::from_utf8(told.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

/// Waits until the window says this.
async fn told(walk: &Walk, sentence: &str) {
    let sentence = serde_json::json!(sentence);
    let says = format!("document.body.innerText.includes({sentence})");
    walk.window.wait_for(&says).await;
}

/// Asks for an address as Linphone does. Returns nothing where nobody answers.
fn fetch(url: &str) -> Option<String> {
    let (host, path) = url["http://".len()..].split_once('/').unwrap();
    let address: SocketAddr = host.parse().unwrap();
    let mut stream = TcpStream::connect(address).ok()?;
    let request = format!("GET /{path} HTTP/1.1\r\nUser-Agent: Unknown\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// Agrees that the file is served, and returns its address as zbar reads it from the window.
async fn serve(walk: &Walk, screen: &str) -> String {
    walk.press("serve-phone-file").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look(&format!("{screen}-question")).await;
    walk.press("confirm-yes").await;
    walk.window.wait_for(CODE).await;
    let picture = walk.window.picture(&format!("qr-code-{screen}-code")).await;
    walk.look(&format!("{screen}-served")).await;
    read(&picture)
}

#[tokio::test]
async fn linphones_file_is_served_until_it_is_stopped() {
    let walk = to_page("qr-code", "Linphone").await;
    walk.window.tab_to("#account-no").await;
    walk.window.press(Key::Space).await;
    let asks =
        "document.querySelector('[data-action=serve-phone-file]')?.checkVisibility() === true";
    walk.window.wait_for(asks).await;
    walk.look("1-ask").await;

    let url = serve(&walk, "2").await;
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let file = fetch(&url).unwrap();
    assert!(
        file.contains("<entry name=\"username\" overwrite=\"true\">front-desk</entry>"),
        "{file}"
    );
    assert!(!file.contains("ha1") && !file.contains("passwd"), "{file}");
    told(&walk, "127.0.0.1 loaded the settings.").await;
    walk.look("3-loaded").await;
    walk.press("stop-serving").await;
    told(&walk, "Stopped. This code no longer works.").await;
    walk.window.wait_for(NO_CODE).await;
    walk.look("4-stopped").await;
    wait_until("nobody answers", || fetch(&url).is_none());

    walk.choose("served-secret", "served-secret-hash").await;
    let url = serve(&walk, "5").await;
    assert!(fetch(&url).unwrap().contains("ha1"));
    told(&walk, "127.0.0.1 loaded the settings.").await;
    walk.press("choose-another").await;
    walk.window
        .wait_for("document.querySelector('.picker') !== null")
        .await;
    wait_until("leaving the page stops it", || fetch(&url).is_none());
}

#[tokio::test]
async fn code_that_is_the_password_is_shown_on_demand() {
    let walk = to_page("qr-picture", "Sipnetic").await;
    walk.says(&["This picture is the password"]).await;
    walk.look("1-before").await;

    walk.press("reveal-qr-code").await;
    walk.window.wait_for(CODE).await;
    let picture = walk.window.picture("qr-picture-2-secret-code-alone").await;
    walk.look("2-secret-code").await;

    let content = read(&picture);
    assert!(
        content.contains(&format!(";p={};", PASSWORD.replace(';', ";;"))),
        "{content}"
    );
    let print = "getComputedStyle(document.querySelector('.qr-scan')).display";
    assert_ne!(walk.window.evaluate(print).await, "none");
    walk.window.press(Key::Escape).await;
    walk.window.wait_for(NO_CODE).await;
    walk.look("3-hidden").await;
}

#[tokio::test]
async fn cloud_id_is_asked_for_and_holds_no_password() {
    let walk = to_page("qr-cloud", "Cloud Softphone").await;
    walk.look("1-before").await;
    walk.fill("cloud-id", "not one").await;
    walk.press("reveal-qr-code").await;
    walk.fails("2-refused", &["Enter the Cloud ID"]).await;

    walk.fill("cloud-id", "OFFICE*").await;
    walk.press("reveal-qr-code").await;
    walk.window.wait_for(CODE).await;
    let picture = walk.window.picture("qr-cloud-3-code").await;
    walk.look("3-shown").await;

    assert_eq!(read(&picture), "csc:front%2Ddesk@OFFICE*");
}
