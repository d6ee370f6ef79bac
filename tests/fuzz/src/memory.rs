//! Measures the memory used by parsing.

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Most bytes that one message may take at once, all that is read from it included: 1 MiB.
pub const MOST: usize = 1 << 20;

/// Does `work`.
///
/// # Panics
///
/// Panics where it held more than [`MOST`] bytes at once beyond what was there before.
pub fn bounded<T>(work: impl FnOnce() -> T) -> T {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let done = work();
    let held = ALLOCATED.peak_usage() - before;
    assert!(held <= MOST, "{held} bytes were held at once");
    done
}
