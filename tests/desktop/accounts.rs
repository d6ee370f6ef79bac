//! The screens outside a journey and the accounts page, using only the keyboard.

use std::fs;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::false_clock::FalseClock;
use acceptance::private_session::PrivateSession;
use serde_json::json;

use crate::clipboard_and_files::{open_file, save_as};
use crate::walk::Walk;

/// The place that the rail marks as the open one.
async fn marked(walk: &Walk) -> serde_json::Value {
    let marked =
        "document.querySelector('#navigation-items [aria-current]')?.dataset.action ?? null";
    walk.window.evaluate(marked).await
}

#[tokio::test]
async fn every_place_is_one_press_away_and_the_open_one_is_marked() {
    let walk = Walk::begin(AppWindow::open().await, "places").await;
    assert_eq!(marked(&walk).await, json!("home"));

    walk.press("desk").await;
    walk.window.wait_for_screen("accounts").await;
    let said = walk.window.text().await;
    assert!(said.contains("there’s none yet"), "{said}");
    assert_eq!(marked(&walk).await, json!("accounts"));
    walk.look("1-no-accounts").await;
    walk.press("practice-desk").await;
    walk.window.wait_for_screen("desk").await;
    assert_eq!(marked(&walk).await, json!("desk"));
    walk.window
        .wait_for("document.body.innerText.includes('All 2 SIP credentials are loaded.')")
        .await;
    walk.look("2-desk").await;

    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    walk.press("desk").await;
    walk.window.wait_for_screen("desk").await;
    walk.window.set_size(900, 640).await;
    walk.look("3-small").await;
    walk.window.set_text_size(200).await;
    walk.look("4-large-text").await;
}

async fn fill_account(walk: &Walk, name: &str, number: &str) {
    walk.fill("name", name).await;
    walk.fill("accountNumber", number).await;
    walk.fill("user", "client-1").await;
}

async fn add(walk: &Walk, name: &str, number: &str) {
    walk.press("add-account").await;
    walk.window.wait_for_screen("account").await;
    fill_account(walk, name, number).await;
    walk.fill("secret", "canary-7f3a").await;
    walk.press("save-unchecked").await;
    walk.window.wait_for_screen("accounts").await;
}

/// Waits until the window says something.
async fn says(walk: &Walk, text: &str) {
    let text = json!(text);
    walk.window
        .wait_for(&format!("document.body.innerText.includes({text})"))
        .await;
}

#[tokio::test]
async fn accounts_are_managed_without_the_journey() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "accounts").await;
    walk.press("accounts").await;
    walk.window.wait_for_screen("accounts").await;

    walk.press("add-account").await;
    walk.window.wait_for_screen("account").await;
    fill_account(&walk, "Northwind Dental", "55x").await;
    says(&walk, "only digits").await;
    walk.look("1-form").await;
    walk.press("accounts").await;
    walk.window.wait_for_screen("accounts").await;
    walk.press("add-account").await;
    walk.window.wait_for_screen("account").await;
    let typed = walk
        .window
        .evaluate("document.querySelector('#name').value");
    assert_eq!(typed.await, "Northwind Dental", "nothing typed is lost");
    walk.fill("accountNumber", "5500123").await;
    walk.press("save-account").await;
    says(&walk, "Enter the API client’s secret").await;
    walk.look("2-form-problem").await;
    walk.fill("secret", "canary-7f3a").await;
    walk.press("save-unchecked").await;
    walk.window.wait_for_screen("accounts").await;
    says(&walk, "was added").await;
    add(&walk, "Contoso", "5500124").await;
    walk.look("3-two").await;

    walk.press("edit-account").await;
    walk.window.wait_for_screen("account").await;
    walk.fill("name", "Northwind & Söhne").await;
    walk.press("save-unchecked").await;
    walk.window.wait_for_screen("accounts").await;
    says(&walk, "Northwind & Söhne").await;
    walk.press("sign-out").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("4-delete-secret").await;
    walk.agree().await;
    says(&walk, "You’re signed out of Northwind & Söhne.").await;
    walk.press("remove-account").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("4-forget").await;
    walk.press("confirm-yes").await;
    says(&walk, "was removed from this computer").await;
    walk.window.set_size(900, 640).await;
    walk.look("5-small").await;
    walk.window.set_text_size(200).await;
    walk.look("6-large-text").await;
    assert!(!walk.said.borrow().contains("canary-7f3a"));
}

#[tokio::test]
async fn exported_account_list_has_no_secret_and_is_read_as_a_plan() {
    let walk = Walk::begin(AppWindow::open().await, "account-list").await;
    walk.press("accounts").await;
    walk.window.wait_for_screen("accounts").await;
    add(&walk, "Northwind", "5500123").await;
    let path = walk.window.session().folder().join("mine.json");
    walk.press("export-list").await;
    save_as(&walk, &path).await;
    says(&walk, "Saved without secrets").await;
    let file = fs::read_to_string(&path).unwrap();
    assert!(!file.contains("canary-7f3a"), "{file}");

    let mut list: serde_json::Value = serde_json::from_str(&file).unwrap();
    let mut row = list["accounts"][0].clone();
    row["name"] = json!("Northwind Dental");
    let mut fresh = row.clone();
    fresh["number"] = json!("5500199");
    let mut own = row.clone();
    own["environment"] = json!("own");
    own["addresses"] = json!({
        "token": "https://a.example/t", "bearer": "https://a.example/b", "basic": "https://a.example/c"
    });
    let mut bad = row.clone();
    bad["number"] = json!("none");
    list["accounts"] = json!([row, fresh, own, bad]);
    let other = walk.window.session().folder().join("theirs.json");
    fs::write(&other, list.to_string()).unwrap();
    walk.press("import-list").await;
    open_file(&walk, &other).await;
    walk.window.wait_for_screen("account_list").await;
    walk.look("1-plan").await;
    let chosen = "[...document.querySelectorAll('.listed input')].map((box) => box.checked)";
    assert_eq!(
        walk.window.evaluate(chosen).await,
        json!([false, true, false, false])
    );
    walk.press("import-accounts").await;
    walk.window.wait_for_screen("accounts").await;
    says(&walk, "1 account was added.").await;
    walk.look("2-taken").await;
}

#[tokio::test]
async fn accounts_with_an_api_user_lead_to_an_api_client() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let clock = FalseClock::begin(session.folder(), "@2026-12-03 09:00:00");
    for (name, value) in clock.environment() {
        session.set(name, value);
    }
    let folder = session.folder().join("data/dev.sipregistrar.setup");
    fs::create_dir_all(&folder).unwrap();
    let account = |name: &str, method: &str| {
        json!({
            "id": name, "name": name, "number": "5500123", "method": method, "user": "anna",
            "environment": "production", "ownAddresses": null, "remember": false, "twilio": null
        })
    };
    let kept = json!({
        "version": 1,
        "data": [account("Northwind", "api_user"), account("Contoso", "api_client")]
    });
    fs::write(folder.join("accounts.json"), kept.to_string()).unwrap();
    let walk = Walk::begin(AppWindow::open_in(session).await, "api-users").await;

    let ended = "API users stopped working on December 2, 2026.";
    says(&walk, ended).await;
    let offered = "[...document.querySelectorAll('[data-action=set-up-api-client]')]
        .filter((button) => button.checkVisibility()).length";
    assert_eq!(walk.window.evaluate(offered).await, 1);
    walk.look("1-home").await;
    walk.press("accounts").await;
    walk.window.wait_for_screen("accounts").await;
    says(&walk, ended).await;
    assert_eq!(walk.window.evaluate(offered).await, 1);
    walk.look("2-accounts").await;
    walk.press("set-up-api-client").await;

    walk.window.wait_for_screen("account").await;
    let chosen = "document.querySelector('#method-api_client').checked";
    assert_eq!(walk.window.evaluate(chosen).await, true);
    let name = "document.querySelector('#name').value";
    assert_eq!(walk.window.evaluate(name).await, "Northwind");
    walk.look("3-form").await;
}
