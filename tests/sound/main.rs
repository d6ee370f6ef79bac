//! A call's microphone and speakers, using ALSA devices backed by files.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "this is a test")]

use std::f64::consts::TAU;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{fs, thread};

use acceptance::owned_process::{OwnedProcess, PATIENCE};
use registrar_media::meter::Meter;
use registrar_media::{Codec, Direction, Reading, Session, Sockets, Source, Tone};
use tempfile::TempDir;
use tokio::time::timeout;

const CALLER: &str = env!("CARGO_BIN_EXE_acceptance-caller");
/// What cpal asks of a device that takes anything: this rate, two channels, 32-bit floats.
const RATE: u32 = 48_000;
/// A device that is not there.
const ABSENT: &str = "type hw card 77";

/// A home whose sound devices are files.
struct Home {
    folder: TempDir,
}

impl Home {
    /// Makes a home with these devices, each as ALSA's configuration describes it.
    fn with(microphone: &str, speakers: &str) -> Self {
        let home = Self {
            folder: TempDir::with_prefix("sound-").unwrap(),
        };
        let folder = home.folder.path().display().to_string();
        let devices = format!(
            "pcm.!default {{ type asym\n capture.pcm {{ {microphone} }}\n \
             playback.pcm {{ {speakers} }} }}\n"
        );
        fs::write(home.path(".asoundrc"), devices.replace("HOME", &folder)).unwrap();
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn make_pipe(&self, name: &str) {
        let made = Command::new("mkfifo").arg(self.path(name)).status();
        assert!(made.unwrap().success());
    }

    fn command(&self) -> Command {
        let mut command = Command::new(CALLER);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .stdin(Stdio::piped());
        command
    }

    fn devices(&self) -> String {
        let mut command = self.command();
        OwnedProcess::start_and_read(command.arg("devices")).1
    }
}

/// Describes a device that hears one file and says into another, which a null device times: not at
/// all.
fn files(heard: &str, said: &str) -> String {
    let file = |name: &str| match name {
        "/dev/null" => name.to_owned(),
        _ => format!("HOME/{name}"),
    };
    format!(
        "type file slave.pcm null format raw file \"{}\" infile \"{}\"",
        file(said),
        file(heard)
    )
}

/// Returns a tone as a microphone's file holds it.
fn tone(hertz: f64, seconds: u32) -> Vec<u8> {
    let samples = (0..RATE * seconds).flat_map(|at| {
        let angle = TAU * hertz * f64::from(at) / f64::from(RATE);
        #[allow(clippy::cast_possible_truncation, reason = "32-bit floats are enough")]
        let sample = (0.3 * angle.sin()) as f32;
        [sample.to_le_bytes(), sample.to_le_bytes()].concat()
    });
    samples.collect()
}

/// A call between the caller in its home and this test, which plays 700 Hz.
struct Call {
    caller: OwnedProcess,
    session: Session,
}

impl Call {
    async fn begin(home: &Home) -> Self {
        let sockets = Sockets::bind(Ipv4Addr::LOCALHOST.into()).await.unwrap();
        let here = sockets.rtp().unwrap();
        let session = Session::start(sockets, Source::Tone(Tone { hertz: 700 }), false);
        let mut command = home.command();
        let (caller, address) =
            OwnedProcess::start_and_read(command.args(["call", &here.to_string()]));
        let peer: SocketAddr = address.parse().unwrap();
        session.direct(Some(Direction {
            peer,
            rtcp_peer: None,
            codec: Codec::Pcma,
            telephone_event: None,
            sends: true,
            receives: true,
        }));
        Self { caller, session }
    }

    /// Waits until this test hears a pitch, and has heard something for two seconds.
    async fn hears(&self, hertz: f64) -> Reading {
        let mut readings = self.session.readings();
        let holds = |reading: &Reading| is_near(reading.pitch_hz, hertz) && reading.received > 100;
        let found = timeout(PATIENCE, readings.wait_for(holds)).await;
        let found = found.map(|found| *found.unwrap());
        found.unwrap_or_else(|_| panic!("{hertz} Hz: {:?}", self.session.readings().borrow()))
    }

    /// Lets the caller end the call; returns what it says of it.
    fn end(mut self) -> String {
        self.caller.feed("end\n");
        self.caller.next_line()
    }
}

fn is_near(pitch: Option<f64>, hertz: f64) -> bool {
    pitch.is_some_and(|pitch| (pitch / hertz - 1.0).abs() < 0.01)
}

/// Returns the pitch of each 300 ms of what the speakers played.
fn pitches(home: &Home, name: &str) -> Vec<Option<f64>> {
    let played = fs::read(home.path(name)).unwrap();
    // One channel, at 8,000 a second: what was played has no pitch above 4 kHz.
    let samples: Vec<i16> = played
        .chunks_exact(8 * 6)
        .map(|frames| {
            let sample = f32::from_le_bytes(frames[..4].try_into().unwrap());
            #[allow(clippy::cast_possible_truncation, reason = "held in 16 bits")]
            let sample = (sample * 32_767.0).clamp(-32_768.0, 32_767.0) as i16;
            sample
        })
        .collect();
    let windows = samples.chunks_exact(2400).map(|window| {
        let mut meter = Meter::default();
        meter.hear(window);
        meter.measure().pitch_hz
    });
    windows.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_microphone_is_sent_and_what_comes_is_played() {
    let home = Home::with(
        &files("heard.raw", "/dev/null"),
        &files("/dev/null", "played.raw"),
    );
    fs::write(home.path("heard.raw"), tone(1000.0, 60)).unwrap();
    assert_eq!(home.devices(), "microphone true, speakers true");

    let call = Call::begin(&home).await;
    let found = call.hears(1000.0).await;
    let said = call.end();

    assert_eq!(found.lost, 0);
    let level = found.level_db.unwrap();
    assert!(
        (level + 13.47).abs() < 1.0,
        "0.3 of the loudest: {level} dB"
    );
    assert_eq!(said, "pitch 700, lost 0, trouble None");
    let pitches = pitches(&home, "played.raw");
    let played = pitches.iter().filter(|pitch| is_near(**pitch, 700.0));
    assert!(
        played.count() * 2 >= pitches.len() && pitches.len() >= 6,
        "at least half of what was played is the tone: {pitches:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_devices_the_tone_is_sent_and_that_is_said() {
    let home = Home::with(ABSENT, ABSENT);
    assert_eq!(home.devices(), "microphone false, speakers false");

    let call = Call::begin(&home).await;
    call.hears(440.0).await;

    assert_eq!(call.end(), "pitch 700, lost 0, trouble Some(NoMicrophone)");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_microphone_that_stops_in_the_call_is_replaced_by_the_tone() {
    let home = Home::with(
        &files("heard.pipe", "/dev/null"),
        &files("/dev/null", "played.raw"),
    );
    home.make_pipe("heard.pipe");
    // Opened for both, it waits for nobody, and stays open when all was written.
    let path = home.path("heard.pipe");
    let pipe = fs::File::options().read(true).write(true).open(path);
    let mut pipe = pipe.unwrap();

    let call = Call::begin(&home).await;
    let writing = thread::spawn(move || {
        pipe.write_all(&tone(1000.0, 4)).unwrap();
        pipe
    });
    call.hears(1000.0).await;
    call.hears(440.0).await;

    assert_eq!(
        call.end(),
        "pitch 700, lost 0, trouble Some(MicrophoneLost)"
    );
    writing.join().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_microphone_that_never_opens_is_replaced_by_the_tone() {
    // A pipe that nobody writes to keeps whoever opens it waiting.
    let home = Home::with(&files("heard.pipe", "/dev/null"), ABSENT);
    home.make_pipe("heard.pipe");

    let call = Call::begin(&home).await;
    call.hears(440.0).await;

    assert_eq!(
        call.end(),
        "pitch 700, lost 0, trouble Some(MicrophoneRefused)"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn speakers_that_do_not_open_leave_the_microphone_alone() {
    let home = Home::with(&files("heard.raw", "/dev/null"), ABSENT);
    fs::write(home.path("heard.raw"), tone(1000.0, 60)).unwrap();

    let call = Call::begin(&home).await;
    call.hears(1000.0).await;

    assert_eq!(call.end(), "pitch 700, lost 0, trouble Some(NoSpeakers)");
}
