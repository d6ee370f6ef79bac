//! Drags a file over the app's window as another program would: the complete XDND protocol, version
//! 5.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use acceptance::owned_process::PATIENCE;
use acceptance::private_session::PrivateSession;
use url::Url;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SelectionNotifyEvent, SelectionRequestEvent, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// The version of the protocol, in the highest byte of the first message.
const VERSION: u32 = 5 << 24;

/// A place in the middle of the window, as one number.
const fn place(y: u32) -> u32 {
    500 * 0x1_0000 + y
}

struct Drag {
    display: RustConnection,
    from: u32,
    onto: u32,
    files: String,
}

/// Drops files on the app's window.
pub(crate) fn drop_files(session: &PrivateSession, window: u32, files: &[&Path]) {
    let (display, screen) = x11rb::connect(session.display()).unwrap();
    let root = display.setup().roots[screen].root;
    let from = display.generate_id().unwrap();
    let plain = CreateWindowAux::new();
    let class = WindowClass::INPUT_ONLY;
    let made = display.create_window(0, from, root, 0, 0, 1, 1, 0, class, 0, &plain);
    made.unwrap().check().unwrap();
    let mut list = String::new();
    for file in files {
        let _ = write!(list, "{}\r\n", Url::from_file_path(file).unwrap());
    }
    let drag = Drag {
        display,
        from,
        onto: window,
        files: list,
    };
    drag.run();
}

impl Drag {
    fn run(&self) {
        let uris = self.atom("text/uri-list");
        let copy = self.atom("XdndActionCopy");
        let owned = self
            .display
            .set_selection_owner(self.from, self.atom("XdndSelection"), 0u32);
        owned.unwrap().check().unwrap();
        self.say("XdndEnter", [VERSION, uris, 0, 0]);
        // The middle of the window; it asks for nothing but the place.
        self.say("XdndPosition", [0, place(300), 0, copy]);
        self.until("XdndStatus", |data| data[1] & 1 == 1);
        self.say("XdndDrop", [0, 0, 0, 0]);
        self.until("XdndFinished", |_| true);
    }

    fn atom(&self, name: &str) -> u32 {
        let asked = self.display.intern_atom(false, name.as_bytes()).unwrap();
        asked.reply().unwrap().atom
    }

    fn say(&self, name: &str, data: [u32; 4]) {
        let [one, two, three, four] = data;
        let data = [self.from, one, two, three, four];
        let message = ClientMessageEvent::new(32, self.onto, self.atom(name), data);
        let sent = self
            .display
            .send_event(false, self.onto, EventMask::NO_EVENT, message);
        sent.unwrap().check().unwrap();
    }

    /// Answers what the window asks for, until it says this.
    fn until(&self, name: &str, fits: impl Fn([u32; 5]) -> bool) {
        let wanted = self.atom(name);
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.display.poll_for_event().unwrap() {
                Some(Event::ClientMessage(said)) if said.type_ == wanted => {
                    if fits(said.data.as_data32()) {
                        return;
                    }
                    // It is not ready yet, and asks to be told the place again.
                    let copy = self.atom("XdndActionCopy");
                    self.say("XdndPosition", [0, place(301), 0, copy]);
                }
                Some(Event::SelectionRequest(asked)) => self.hand_over(&asked),
                Some(_) => {}
                None => std::thread::sleep(std::time::Duration::from_millis(5)),
            }
            assert!(Instant::now() < deadline, "the window never said {name}");
        }
    }

    fn hand_over(&self, asked: &SelectionRequestEvent) {
        let put = self.display.change_property8(
            PropMode::REPLACE,
            asked.requestor,
            asked.property,
            asked.target,
            self.files.as_bytes(),
        );
        put.unwrap().check().unwrap();
        let told = SelectionNotifyEvent {
            response_type: x11rb::protocol::xproto::SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property: asked.property,
        };
        let sent = self
            .display
            .send_event(false, asked.requestor, EventMask::NO_EVENT, told);
        sent.unwrap().check().unwrap();
    }
}
