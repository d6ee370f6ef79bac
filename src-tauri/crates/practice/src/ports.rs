//! The pretend registrar's port, saved in the practice folder so that a phone set up for it still
//! reaches it after a restart.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use registrar_storage::store::{Loaded, Store};
use serde::{Deserialize, Serialize};
use tokio::time;

use super::registrar::{Directory, OnRequest, Options, Registrar};

const NAME: &str = "ports.json";
const VERSION: u32 = 1;
/// How often the previous port is tried, and the interval.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(20);

#[derive(Serialize, Deserialize)]
struct Ports {
    /// UDP and TCP.
    registrar: u16,
}

/// Starts the registrar on the previous port, or on a free one if that is taken, and saves the
/// port.
pub(super) async fn start_registrar(
    folder: &Path,
    directory: Arc<dyn Directory>,
    options: Options,
    on_request: OnRequest,
) -> io::Result<Registrar> {
    let last = remembered(folder);
    let registrar = start(directory, options, on_request, last).await?;
    if last != Some(registrar.port()) {
        remember(folder, registrar.port());
    }
    Ok(registrar)
}

/// Returns the previous port; `None` if the file can't be read.
pub(super) fn remembered(folder: &Path) -> Option<u16> {
    let store = Store::open(folder).ok()?;
    match store.read::<Ports>(NAME, VERSION) {
        Ok(Loaded::Found(ports)) => Some(ports.registrar),
        Ok(Loaded::Missing | Loaded::SetAside { .. } | Loaded::Newer { .. }) | Err(_) => None,
    }
}

/// Saves a port. Practice works even if the folder isn't writable.
pub(super) fn remember(folder: &Path, registrar: u16) {
    let written =
        Store::open(folder).and_then(|store| store.write(NAME, VERSION, &Ports { registrar }));
    if let Err(registrar_storage::Error { source, .. }) = written {
        tracing::warn!(kind = ?source.kind(), "The port of practice could not be remembered");
    }
}

async fn start(
    directory: Arc<dyn Directory>,
    options: Options,
    on_request: OnRequest,
    last: Option<u16>,
) -> io::Result<Registrar> {
    if let Some(port) = last {
        // The previous one may still be stopping.
        for _ in 0..TRIES {
            let again = Registrar::start_with(
                port,
                Arc::clone(&directory),
                options.clone(),
                Arc::clone(&on_request),
            );
            if let Ok(registrar) = again.await {
                return Ok(registrar);
            }
            time::sleep(PAUSE).await;
        }
    }
    Registrar::start_with(0, directory, options, on_request).await
}

#[cfg(test)]
mod tests {
    use registrar_secret::Hash;

    use super::*;

    struct Nobody;

    impl Directory for Nobody {
        fn realms(&self) -> Vec<String> {
            Vec::new()
        }

        fn ha1(&self, _: &str, _: &str) -> Option<Hash> {
            None
        }
    }

    /// Stops a registrar, and returns its port once it is free.
    async fn stop(registrar: Registrar) -> u16 {
        let address = registrar.address();
        drop(registrar);
        while std::net::UdpSocket::bind(address).is_err()
            || std::net::TcpListener::bind(address).is_err()
        {
            tokio::task::yield_now().await;
        }
        address.port()
    }

    async fn start_in(folder: &Path) -> Registrar {
        let unchanged: OnRequest = Arc::new(|_, _| None);
        let started = start_registrar(folder, Arc::new(Nobody), Options::default(), unchanged);
        started.await.unwrap()
    }

    #[tokio::test]
    async fn port_is_the_same_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let port = stop(start_in(folder.path()).await).await;

        assert_eq!(start_in(folder.path()).await.port(), port);
    }

    #[tokio::test]
    async fn taken_port_is_replaced_by_a_free_one() {
        let folder = tempfile::tempdir().unwrap();
        let first = start_in(folder.path()).await;

        let second = start_in(folder.path()).await;
        assert_ne!(second.port(), first.port());
        let port = stop(second).await;

        assert_eq!(start_in(folder.path()).await.port(), port);
    }

    #[tokio::test]
    async fn damaged_file_and_port_0_take_a_free_port() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "no file of ours").unwrap();

        assert_ne!(start_in(folder.path()).await.port(), 0);

        let store = Store::open(folder.path()).unwrap();
        store.write(NAME, VERSION, &Ports { registrar: 0 }).unwrap();
        assert_ne!(start_in(folder.path()).await.port(), 0);
    }
}
