//! Names for addresses that were asked.

use super::short;
use registrar_user_agent::check::CheckRequest;

/// Names the address that was asked, such as `r.example (UDP port 5006)`.
pub(super) fn place(request: &CheckRequest) -> String {
    let transport = request.transport.as_str();
    let name = short(&request.target_name);
    let ports = request.targets.iter().map(|target| target.address.port());
    let mut ports: Vec<u16> = ports.collect();
    ports.dedup();
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    match ports.as_slice() {
        [] => name,
        [port] => format!("{name} ({transport} port {port})"),
        ports => format!("{name} ({transport} ports {})", ports.join(", ")),
    }
}
