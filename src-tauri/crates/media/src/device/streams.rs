//! The system's audio streams, owned by the thread that opens them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::thread::sleep;
use std::time::Instant;

use cpal::traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _};
use cpal::{
    BufferSize, Error, ErrorKind, FromSample, Host, I24, Sample as _, SampleFormat, SizedSample,
    Stream, StreamConfig, SupportedBufferSize, SupportedStreamConfig, U24,
};

use super::super::resample::Resampler;
use super::super::rtp::{RATE, SAMPLES};
use super::ring::Ring;
use super::throttle::DeviceThrottle;
use super::{Device, Devices, State};

/// How many times per second a device transfers audio, if it can be chosen.
const PERIODS: u32 = 50;

/// Orders for the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Close,
    MicrophoneFailed,
    SpeakersFailed,
}

/// The devices to open.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) microphone: Option<Arc<Device>>,
    pub(super) speakers: Option<Arc<Device>>,
}

/// Returns which devices exist.
pub(super) fn devices() -> Devices {
    let Some(host) = host() else {
        return Devices::default();
    };
    Devices {
        microphone: host
            .default_input_device()
            .is_some_and(|device| device.default_input_config().is_ok()),
        speakers: host
            .default_output_device()
            .is_some_and(|device| device.default_output_config().is_ok()),
    }
}

/// Returns the system's default audio host. Unlike cpal's function, this doesn't panic if there is
/// none.
fn host() -> Option<Host> {
    let id = *cpal::available_hosts().first()?;
    cpal::host_from_id(id).ok()
}

/// Opens the devices, and owns them until told to close them.
pub(super) fn own(wanted: &Wanted, failures: &Sender<Order>, orders: &Receiver<Order>) {
    let host = host();
    let mut microphone = wanted.microphone.as_ref().and_then(|device| {
        let found = host.as_ref().and_then(Host::default_input_device);
        let found = found.ok_or_else(|| ErrorKind::DeviceNotAvailable.into());
        keep(
            device,
            found.and_then(|found| listen(&found, device, failures)),
        )
    });
    let mut speakers = wanted.speakers.as_ref().and_then(|device| {
        let found = host.as_ref().and_then(Host::default_output_device);
        let found = found.ok_or_else(|| ErrorKind::DeviceNotAvailable.into());
        keep(
            device,
            found.and_then(|found| speak(&found, device, failures)),
        )
    });
    while let Ok(order) = orders.recv() {
        let (failed, stream) = match order {
            Order::Close => return,
            Order::MicrophoneFailed => (&wanted.microphone, &mut microphone),
            Order::SpeakersFailed => (&wanted.speakers, &mut speakers),
        };
        if let (Some(device), Some(_)) = (failed, stream.take()) {
            device.set(State::Lost);
        }
    }
}

/// Records the result of opening a device.
fn keep(device: &Device, opened: Result<Stream, Error>) -> Option<Stream> {
    match opened {
        Ok(stream) => {
            device.set(State::Open);
            Some(stream)
        }
        Err(error) => {
            tracing::debug!(kind = ?error.kind(), "A sound device did not open");
            device.set(if is_missing(error.kind()) {
                State::Missing
            } else {
                State::Refused
            });
            None
        }
    }
}

/// Returns whether an error means that there is no device, rather than that it couldn't be opened.
fn is_missing(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DeviceNotAvailable
            | ErrorKind::HostUnavailable
            | ErrorKind::UnsupportedConfig
            | ErrorKind::UnsupportedOperation
    )
}

/// Returns whether a stream continues after an error.
fn is_passing(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied | ErrorKind::Xrun
    )
}

fn on_error(failures: &Sender<Order>, order: Order) -> impl FnMut(Error) + Send + 'static {
    let failures = failures.clone();
    move |error| {
        if !is_passing(error.kind()) {
            let _ = failures.send(order);
        }
    }
}

/// Returns the configurations to try: first with short periods, then the device's default.
fn configs(found: &SupportedStreamConfig) -> Vec<StreamConfig> {
    let short = (found.sample_rate() / PERIODS).max(1);
    let own = StreamConfig {
        buffer_size: BufferSize::Default,
        ..found.config()
    };
    match found.buffer_size() {
        SupportedBufferSize::Range { min, max } if (*min..=*max).contains(&short) => {
            let short = BufferSize::Fixed(short);
            vec![
                StreamConfig {
                    buffer_size: short,
                    ..own
                },
                own,
            ]
        }
        SupportedBufferSize::Range { .. } | SupportedBufferSize::Unknown => vec![own],
    }
}

/// Starts the first stream that the device accepts.
fn first_that_opens(
    found: &SupportedStreamConfig,
    build: impl Fn(StreamConfig) -> Result<Stream, Error>,
) -> Result<Stream, Error> {
    let mut last = Error::new(ErrorKind::Other);
    for config in configs(found) {
        match build(config) {
            Ok(stream) => {
                stream.play()?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn listen(
    found: &cpal::Device,
    device: &Arc<Device>,
    failures: &Sender<Order>,
) -> Result<Stream, Error> {
    let supported = found.default_input_config()?;
    let build = match supported.sample_format() {
        SampleFormat::F32 => listen_to::<f32>,
        SampleFormat::F64 => listen_to::<f64>,
        SampleFormat::I8 => listen_to::<i8>,
        SampleFormat::I16 => listen_to::<i16>,
        SampleFormat::I24 => listen_to::<I24>,
        SampleFormat::I32 => listen_to::<i32>,
        SampleFormat::U8 => listen_to::<u8>,
        SampleFormat::U16 => listen_to::<u16>,
        SampleFormat::U24 => listen_to::<U24>,
        SampleFormat::U32 => listen_to::<u32>,
        // No system uses these formats by default.
        SampleFormat::I64 | SampleFormat::U64 | _ => return Err(ErrorKind::Other.into()),
    };
    first_that_opens(&supported, |config| build(found, config, device, failures))
}

fn listen_to<T>(
    found: &cpal::Device,
    config: StreamConfig,
    device: &Arc<Device>,
    failures: &Sender<Order>,
) -> Result<Stream, Error>
where
    T: SizedSample,
    f64: FromSample<T>,
{
    let device = Arc::clone(device);
    let channels = usize::from(config.channels.max(1));
    let mut resampler = Resampler::new(config.sample_rate, RATE);
    let mut throttle = DeviceThrottle::new(config.sample_rate);
    let mut made = Vec::new();
    found.build_input_stream(
        config,
        move |samples: &[T], _: &_| {
            made.clear();
            let frames = samples.chunks_exact(channels);
            let passed = frames.len();
            resampler.push(frames.map(mixed), |sample| made.push(to_16_bits(sample)));
            device.with_ring(|ring| ring.put(&made));
            sleep(throttle.pass(passed, Instant::now()));
        },
        on_error(failures, Order::MicrophoneFailed),
        None,
    )
}

/// Returns the mean of the channels.
fn mixed<T>(frame: &[T]) -> f64
where
    T: SizedSample,
    f64: FromSample<T>,
{
    let channels = u32::try_from(frame.len()).unwrap_or(u32::MAX);
    let sum: f64 = frame.iter().map(|sample| f64::from_sample(*sample)).sum();
    sum / f64::from(channels)
}

#[allow(clippy::cast_possible_truncation, reason = "held in 16 bits")]
fn to_16_bits(sample: f64) -> i16 {
    (sample * 32_768.0).clamp(-32_768.0, 32_767.0) as i16
}

fn speak(
    found: &cpal::Device,
    device: &Arc<Device>,
    failures: &Sender<Order>,
) -> Result<Stream, Error> {
    let supported = found.default_output_config()?;
    let build = match supported.sample_format() {
        SampleFormat::F32 => speak_to::<f32>,
        SampleFormat::F64 => speak_to::<f64>,
        SampleFormat::I8 => speak_to::<i8>,
        SampleFormat::I16 => speak_to::<i16>,
        SampleFormat::I24 => speak_to::<I24>,
        SampleFormat::I32 => speak_to::<i32>,
        SampleFormat::U8 => speak_to::<u8>,
        SampleFormat::U16 => speak_to::<u16>,
        SampleFormat::U24 => speak_to::<U24>,
        SampleFormat::U32 => speak_to::<u32>,
        // No system uses these formats by default.
        SampleFormat::I64 | SampleFormat::U64 | _ => return Err(ErrorKind::Other.into()),
    };
    first_that_opens(&supported, |config| build(found, config, device, failures))
}

fn speak_to<T>(
    found: &cpal::Device,
    config: StreamConfig,
    device: &Arc<Device>,
    failures: &Sender<Order>,
) -> Result<Stream, Error>
where
    T: SizedSample + FromSample<f64>,
{
    let device = Arc::clone(device);
    let channels = usize::from(config.channels.max(1));
    let mut resampler = Resampler::new(RATE, config.sample_rate);
    let mut throttle = DeviceThrottle::new(config.sample_rate);
    let mut ready = VecDeque::new();
    found.build_output_stream(
        config,
        move |samples: &mut [T], _: &_| {
            let frames = samples.len() / channels;
            while ready.len() < frames {
                let taken = device.with_ring(Ring::take).unwrap_or([0; SAMPLES]);
                let taken = taken.map(|sample| f64::from(sample) / 32_768.0);
                resampler.push(taken, |sample| ready.push_back(sample));
            }
            for frame in samples.chunks_exact_mut(channels) {
                let sample = ready.pop_front().unwrap_or(0.0);
                frame.fill(T::from_sample(sample));
            }
            sleep(throttle.pass(frames, Instant::now()));
        },
        on_error(failures, Order::SpeakersFailed),
        None,
    )
}
