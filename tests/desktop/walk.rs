//! The steps of the practice journey, each done using only the keyboard.

use acceptance::app_window::AppWindow;
use fantoccini::key::Key;
use std::cell::RefCell;

use super::recording;

/// A password with letters that have to be escaped somewhere on the way.
pub(crate) const PASSWORD: &str = "Tr0ub4dor & \"3\":ü";

/// A journey in a window. Every screen on the way is checked for accessibility and pictured.
#[derive(Debug)]
pub(crate) struct Walk {
    pub(crate) window: AppWindow,
    /// What the pictures' names begin with; `None` where nothing is looked at.
    pub(crate) name: Option<&'static str>,
    /// All that the window said on the way.
    pub(crate) said: RefCell<String>,
}

impl Walk {
    /// Opens the app at Home.
    pub(crate) async fn begin(window: AppWindow, name: &'static str) -> Self {
        window.wait_for_screen("home").await;
        recording::begin(&window, name).await;
        let walk = Self {
            window,
            name: Some(name),
            said: RefCell::default(),
        };
        walk.look("0-home").await;
        walk
    }

    /// Saves a picture, and fails where the screen is not accessible or wider than the window.
    pub(crate) async fn look(&self, screen: &str) {
        let Some(name) = self.name else { return };
        self.window.picture(&format!("{name}-{screen}")).await;
        recording::mark(&self.window, name, screen).await;
        let said = self.window.text().await;
        self.said.borrow_mut().push_str(&said);
        let found = self.window.axe().await;
        assert_eq!(found, "", "{screen} is accessible");
        let scroll = "(() => {
            const frame = [document.documentElement, document.body]
            frame.forEach((each) => each.scrollTo(50, 50))
            return frame.some((each) => each.scrollTop + each.scrollLeft > 0)
        })()";
        let scrolls = self.window.evaluate(scroll).await;
        assert_eq!(scrolls, false, "{screen} scrolls nothing but its content");
        let wider = "document.documentElement.scrollWidth - innerWidth";
        assert_eq!(
            self.window.evaluate(wider).await,
            0,
            "{screen} is not cut off"
        );
    }

    /// Waits for a failure, and looks whether all of this is said with it.
    pub(crate) async fn fails(&self, screen: &str, parts: &[&str]) {
        self.window
            .wait_for("document.querySelector('#failure .failure') !== null")
            .await;
        self.look(screen).await;
        self.says(parts).await;
    }

    /// Looks whether the window says all of this.
    pub(crate) async fn says(&self, parts: &[&str]) {
        let said = self.window.text().await;
        for part in parts {
            assert!(said.contains(part), "{part} in {said}");
        }
    }

    /// Returns all that the request panel holds.
    pub(crate) async fn request_panel(&self) -> Vec<serde_json::Value> {
        let all = "const done = arguments[arguments.length - 1];
            window.__TAURI__.core.invoke('exchanges').then(done)";
        let all = self
            .window
            .client()
            .execute_async(all, vec![])
            .await
            .unwrap();
        all.as_array().unwrap().clone()
    }

    /// Goes to a button by Tab and presses it by Enter.
    pub(crate) async fn press(&self, action: &str) {
        let button = format!("[data-action=\"{action}\"]");
        self.window
            .wait_for(&format!("document.querySelector('{button}') !== null"))
            .await;
        self.window.tab_to(&button).await;
        self.window.press(Key::Enter).await;
    }

    /// Waits for the question that a button asks first, and agrees.
    pub(crate) async fn agree(&self) {
        let asks = "document.querySelector('#confirm').open";
        self.window.wait_for(asks).await;
        self.press("confirm-yes").await;
    }

    /// Goes to a field by Tab and types in place of what is there.
    pub(crate) async fn fill(&self, field: &str, text: &str) {
        self.window.tab_to(&format!("#{field}")).await;
        self.window
            .press_together(&[Key::Control.into(), 'a'])
            .await;
        if text.is_empty() {
            self.window.press(Key::Delete).await;
        }
        self.window.type_text(text).await;
    }

    /// From Home to the realms.
    pub(crate) async fn sign_in(&self) {
        self.press("start-practice").await;
        self.window.wait_for_screen("prepare").await;
        self.look("1-prepare").await;
        self.press("continue-to-sign-in").await;
        self.window.wait_for_screen("sign_in").await;
        self.look("2-sign-in").await;
        self.press("fill-in").await;
        self.press("sign-in").await;
        self.window.wait_for_screen("realm").await;
        self.look("3-realm").await;
    }

    /// Makes a realm of this name.
    pub(crate) async fn make_realm(&self, name: &str) {
        self.choose("realm", "realm-new").await;
        self.fill("name", name).await;
        self.look("3-realm-new").await;
        self.press("create-realm").await;
        self.window
            .wait_for("document.querySelector('#work[aria-busy=true]') !== null")
            .await;
        if let Some(name) = self.name {
            let waiting = format!("{name}-3-realm-waiting");
            self.window.picture(&waiting).await;
        }
        self.window.wait_for_screen("credential").await;
        self.look("4-credential").await;
    }

    /// Makes a credential with [`PASSWORD`].
    pub(crate) async fn make_credential(&self, user_name: &str, domain: &str) {
        self.fill("userName", user_name).await;
        self.fill("password", PASSWORD).await;
        self.fill("domain", domain).await;
        self.window
            .wait_for("document.body.innerText.includes('Hash1b')")
            .await;
        self.look("4-credential-filled").await;
        self.press("create-credential").await;
        self.window.wait_for_screen("test").await;
        self.look("5-test").await;
    }

    /// Tests from this computer, for the first time or again.
    pub(crate) async fn check(&self) {
        let again = "document.querySelector('[data-action=check-again]') !== null";
        let again = self.window.evaluate(again).await == true;
        self.press(if again {
            "check-again"
        } else {
            "check-registration"
        })
        .await;
        self.window
            .wait_for(
                "document.querySelector('#work[aria-busy]') === null \
                 && document.querySelector('.verdict[data-tone]')?.offsetParent != null",
            )
            .await;
    }

    /// From the test to the phone's page, whether the test passed or not.
    pub(crate) async fn to_phone(&self) {
        let passed = "document.querySelector('[data-action=continue-to-phone]') !== null";
        let passed = self.window.evaluate(passed).await == true;
        self.press(if passed {
            "continue-to-phone"
        } else {
            "continue-without-test"
        })
        .await;
        self.window.wait_for_screen("phone").await;
    }

    /// Opens the details of the test.
    pub(crate) async fn open_details(&self) {
        self.window.tab_to("[data-part=details] > summary").await;
        self.window.press(Key::Enter).await;
    }

    /// At the list of phones, searches for one and opens its page. One that isn't listed finds
    /// another phone.
    pub(crate) async fn choose_phone(&self, query: &str) {
        self.fill("phone-search", query).await;
        self.window.press(Key::Enter).await;
        self.window
            .wait_for("document.querySelector('.phone-page') !== null")
            .await;
        self.window.wait_for_screen("phone").await;
    }

    /// From the phone's page to the wait for it. Where none is chosen, it is another phone.
    pub(crate) async fn to_wait(&self) {
        let chosen = "document.querySelector('.phone-page') !== null";
        if self.window.evaluate(chosen).await != true {
            self.choose_phone("no such phone").await;
        }
        self.press("continue-to-wait").await;
        self.window.wait_for_screen("wait").await;
    }

    /// From the test to the test call, without a phone.
    pub(crate) async fn to_call(&self) {
        self.to_phone().await;
        self.to_wait().await;
        self.press("continue-to-call").await;
        self.window.wait_for_screen("call").await;
    }

    /// Goes from the test to the wait, lets the pretend phone register, and waits until the page
    /// says so.
    pub(crate) async fn register_phone(&self) {
        self.to_phone().await;
        self.look("5-phones").await;
        self.fill("phone-search", "T46").await;
        self.look("5-phones-found").await;
        self.choose_phone("T46U").await;
        self.window
            .wait_for("document.querySelector('.letter-tile') !== null")
            .await;
        self.look("5-phone").await;
        self.to_wait().await;
        self.look("5-wait").await;
        self.practice_phone_registers().await;
        self.look("5-wait-registered").await;
        self.press("continue-to-call").await;
        self.window.wait_for_screen("call").await;
        self.look("6-call").await;
    }

    /// At the wait, lets the pretend phone register, and waits until the page says so.
    pub(crate) async fn practice_phone_registers(&self) {
        self.press("register-practice-phone").await;
        self.window
            .wait_for("document.querySelector('[data-registered=yes]') !== null")
            .await;
    }

    /// Goes to a group of radio buttons and chooses the one of this id.
    pub(crate) async fn choose(&self, group: &str, id: &str) {
        self.window.tab_to(&format!("input[name={group}]")).await;
        let chosen = format!("document.querySelector('#{id}').checked");
        for _ in 0..10 {
            if self.window.evaluate(&chosen).await == true {
                return;
            }
            self.window.press(Key::Down).await;
        }
        panic!("no arrow leads to {id}");
    }

    /// Types `TwiML` with a mistake, sees where it is, and goes back to the app's own words.
    async fn own_twiml(&self) {
        self.window
            .evaluate("document.querySelector('[data-part=call-options] summary').click()")
            .await;
        self.choose("message", "message-twiml").await;
        self.fill("twiml", "<Response><Say>Hello</say></Response>")
            .await;
        self.window
            .wait_for("document.querySelector('#twiml-problem')?.textContent.includes('Line 1, column 21')")
            .await;
        self.look("6-call-options").await;
        self.window
            .evaluate("document.querySelector('label[for=message-standard]').click()")
            .await;
    }

    /// Signs in to Twilio and places the test call.
    pub(crate) async fn call(&self) {
        self.choose("way", "way-twilio").await;
        self.look("6-call-twilio").await;
        self.press("fill-in").await;
        self.press("check-twilio").await;
        self.window
            .wait_for("document.querySelector('#to')?.offsetParent != null")
            .await;
        self.own_twiml().await;
        self.press("place-call").await;
        self.window
            .wait_for("document.querySelector('.verdict[data-tone=good]') !== null")
            .await;
        self.look("6-call-done").await;
        self.press("next").await;
        self.window.wait_for_screen("finish").await;
        self.look("7-finish").await;
    }
}
