//! How a place that was asked and a time to wait are named.

use std::time::Duration;

use super::short;
use registrar_user_agent::check::CheckRequest;

/// Names the place that was asked, such as `r.example, port 5006 over UDP`.
pub(super) fn place(request: &CheckRequest) -> String {
    let transport = request.transport.as_str();
    let name = short(&request.target_name);
    let ports = request.targets.iter().map(|target| target.address.port());
    let mut ports: Vec<u16> = ports.collect();
    ports.dedup();
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    match ports.as_slice() {
        [] => name,
        [port] => format!("{name}, port {port} over {transport}"),
        ports => format!("{name}, ports {} over {transport}", ports.join(", ")),
    }
}

/// Says how long a wait is.
pub(super) fn span(time: Duration) -> String {
    match time.as_secs() {
        1 => "1 second".to_owned(),
        seconds @ 0..=120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_words() {
        for (seconds, words) in [(1, "1 second"), (30, "30 seconds"), (1800, "30 minutes")] {
            assert_eq!(span(Duration::from_secs(seconds)), words);
        }
    }
}
