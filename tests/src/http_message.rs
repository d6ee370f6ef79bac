//! One HTTP message with its body, for what stands between the app and a service.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _, BufReader};

/// Reads one message whose length is told; nothing where the connection ended.
pub async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await? == 0 {
            return Ok(None);
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |length| length.trim().parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    bytes.extend(body);
    Ok(Some(bytes))
}

/// Returns a request with another host in its Host header, as a gateway passes it on.
#[must_use]
pub fn to_host(request: &[u8], host: &str) -> Vec<u8> {
    let end = request.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let (head, body) = request.split_at(end.unwrap());
    let head = str::from_utf8(head).unwrap();
    let lines = head.split("\r\n").map(|line| match line.split_once(':') {
        Some((name, _)) if name.eq_ignore_ascii_case("host") => format!("{name}: {host}"),
        Some(_) | None => line.to_owned(),
    });
    let mut passed_on = lines.collect::<Vec<_>>().join("\r\n").into_bytes();
    passed_on.extend_from_slice(body);
    passed_on
}
