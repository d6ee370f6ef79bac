//! This computer's microphone and speakers.
//!
//! A dedicated thread opens and owns them, because opening may be slow. Audio passes through
//! bounded ring buffers, so that neither side waits for the other.

mod ring;
mod streams;
mod throttle;

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::rtp::SAMPLES;
use ring::Ring;
use streams::Order;

/// Time limit for opening a device, after which it counts as refused.
const OPENING: Duration = Duration::from_secs(3);
/// Time limit for closing.
const CLOSING: Duration = Duration::from_secs(2);
/// Number of 20 ms packets without a sample after which an open microphone counts as lost: 2 s.
const LOST_AFTER: u32 = 100;

/// Problems with this computer's audio devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceTrouble {
    /// The microphone disappeared during the call; a tone is sent.
    MicrophoneLost,
    /// The microphone didn't open: it is in use, or access isn't permitted. A tone is sent.
    MicrophoneRefused,
    /// There is no microphone; a tone is sent.
    NoMicrophone,
    /// There are no speakers; nothing is heard.
    NoSpeakers,
    /// The speakers disappeared during the call.
    SpeakersLost,
    /// The speakers didn't open.
    SpeakersRefused,
}

/// Which devices exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// There is a microphone.
    pub microphone: bool,
    /// There are speakers.
    pub speakers: bool,
}

/// Lists the system's devices. If the system doesn't respond within three seconds, there are none.
pub async fn devices() -> Devices {
    let (told, answer) = oneshot::channel();
    // Not a runtime task: a system that never responds must not keep the app from exiting.
    let asking = thread::Builder::new().name("sound devices".to_owned());
    let asking = asking.spawn(move || told.send(streams::devices()));
    if asking.is_err() {
        return Devices::default();
    }
    let answer = timeout(OPENING, answer).await;
    answer.ok().and_then(Result::ok).unwrap_or_default()
}

/// The state of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Lost,
    Missing,
    Open,
    Opening,
    Refused,
}

impl State {
    const ALL: [Self; 5] = [
        Self::Lost,
        Self::Missing,
        Self::Open,
        Self::Opening,
        Self::Refused,
    ];
}

/// One device, shared by both sides.
#[derive(Debug)]
struct Device {
    state: AtomicU8,
    ring: Mutex<Ring>,
}

impl Device {
    fn new() -> Arc<Self> {
        let device = Self {
            state: AtomicU8::new(0),
            ring: Mutex::default(),
        };
        device.set(State::Opening);
        Arc::new(device)
    }

    fn set(&self, state: State) {
        let place = State::ALL.iter().position(|one| *one == state);
        let place = place.and_then(|place| u8::try_from(place).ok());
        self.state
            .store(place.unwrap_or_default(), Ordering::Relaxed);
    }

    fn state(&self) -> State {
        State::ALL[usize::from(self.state.load(Ordering::Relaxed))]
    }

    fn with_ring<T>(&self, work: impl FnOnce(&mut Ring) -> T) -> T {
        work(&mut self.ring.lock())
    }
}

/// Open devices. Dropping this closes them.
#[derive(Debug)]
pub(super) struct SoundDevices {
    began: Instant,
    microphone: Option<Arc<Device>>,
    speakers: Option<Arc<Device>>,
    orders: Sender<Order>,
    closed: oneshot::Receiver<()>,
    /// Number of consecutive packets without a sample from an open microphone.
    unheard: u32,
}

impl SoundDevices {
    /// Opens the requested devices; returns before they are open.
    pub(super) fn open(microphone: bool, speakers: bool) -> Self {
        let (orders, taken) = mpsc::channel();
        let (closing, closed) = oneshot::channel();
        let microphone = microphone.then(Device::new);
        let speakers = speakers.then(Device::new);
        let wanted = streams::Wanted {
            microphone: microphone.clone(),
            speakers: speakers.clone(),
        };
        let failures = orders.clone();
        let owner = thread::Builder::new().name("sound".to_owned());
        let owner = owner.spawn(move || {
            streams::own(&wanted, &failures, &taken);
            let _ = closing.send(());
        });
        if owner.is_err() {
            for device in microphone.iter().chain(&speakers) {
                device.set(State::Refused);
            }
        }
        Self {
            began: Instant::now(),
            microphone,
            speakers,
            orders,
            closed,
            unheard: 0,
        }
    }

    /// Returns the state of a device; one that takes too long to open counts as refused.
    fn state(&self, device: &Device) -> State {
        let state = device.state();
        if state == State::Opening && self.began.elapsed() > OPENING {
            State::Refused
        } else {
            state
        }
    }

    /// Returns the next 20 ms from the microphone: silence while it opens or is late; `None` if no
    /// microphone could deliver any.
    pub(super) fn hear(&mut self) -> Option<[i16; SAMPLES]> {
        let microphone = self.microphone.as_ref()?;
        match self.state(microphone) {
            State::Open => {}
            State::Opening => return Some([0; SAMPLES]),
            State::Lost | State::Missing | State::Refused => return None,
        }
        let heard = microphone.with_ring(Ring::take);
        if heard.is_some() {
            self.unheard = 0;
            return heard;
        }
        self.unheard += 1;
        if self.unheard == LOST_AFTER {
            microphone.set(State::Lost);
        }
        Some([0; SAMPLES])
    }

    /// Passes 20 ms to the speakers.
    pub(super) fn play(&mut self, samples: &[i16; SAMPLES]) {
        if let Some(speakers) = &self.speakers
            && speakers.state() == State::Open
        {
            speakers.with_ring(|ring| ring.put(samples));
        }
    }

    /// Returns the current problem, the microphone's first.
    pub(super) fn trouble(&self) -> Option<DeviceTrouble> {
        let state = |device: &Option<Arc<Device>>| device.as_ref().map(|one| self.state(one));
        match state(&self.microphone) {
            Some(State::Lost) => return Some(DeviceTrouble::MicrophoneLost),
            Some(State::Missing) => return Some(DeviceTrouble::NoMicrophone),
            Some(State::Refused) => return Some(DeviceTrouble::MicrophoneRefused),
            Some(State::Open | State::Opening) | None => {}
        }
        match state(&self.speakers)? {
            State::Lost => Some(DeviceTrouble::SpeakersLost),
            State::Missing => Some(DeviceTrouble::NoSpeakers),
            State::Refused => Some(DeviceTrouble::SpeakersRefused),
            State::Open | State::Opening => None,
        }
    }

    /// Closes the devices, and waits briefly for that.
    pub(super) async fn close(mut self) {
        let _ = self.orders.send(Order::Close);
        let _ = timeout(CLOSING, &mut self.closed).await;
    }
}

impl Drop for SoundDevices {
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Close);
    }
}
