//! Updates through Tauri's updater, in builds with an update key.

use std::time::Duration;

use parking_lot::Mutex;
use registrar_app::ipc::UpdateOffer;
use registrar_app::update::{self, Package, Problem};
use registrar_explain::{Failure, broken};
use registrar_http::trust::Trust;
use serde_json::{Value, json};
use tauri::plugin::{Plugin, TauriPlugin};
use tauri::utils::config::BundleType;
use tauri::utils::platform::bundle_type;
use tauri::{AppHandle, Runtime};
use tauri_plugin_updater::{Config, Error, Update, UpdaterExt as _};

/// How long a response may take: an installer has some megabytes.
const PATIENCE: Duration = Duration::from_mins(10);

/// Where updates come from, and the key that must have signed them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// The address of the list of the newest version.
    pub(crate) address: &'static str,
    /// The public key, as minisign writes it, in base64.
    pub(crate) key: &'static str,
}

impl Source {
    /// Returns this build's key; a build without one doesn't update itself.
    pub(crate) fn of_this_build() -> Option<Self> {
        let address = option_env!("SIP_REGISTRAR_UPDATE_ADDRESS").unwrap_or_default();
        let key = option_env!("SIP_REGISTRAR_UPDATE_KEY").unwrap_or_default();
        let given = !address.is_empty() && !key.is_empty();
        given.then_some(Self { address, key })
    }
}

/// Tauri's updater, configured here instead of in tauri.conf.json, and called only from Rust.
pub(crate) struct Updates<R: Runtime> {
    source: Source,
    inner: TauriPlugin<R, Config>,
}

impl<R: Runtime> Updates<R> {
    pub(crate) fn from(source: Source) -> Self {
        let inner = tauri_plugin_updater::Builder::new().build();
        Self { source, inner }
    }
}

impl<R: Runtime> Plugin<R> for Updates<R> {
    fn name(&self) -> &'static str {
        "updater"
    }

    fn initialize(
        &mut self,
        app: &AppHandle<R>,
        _config: Value,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let config = json!({
            "endpoints": [self.source.address],
            "pubkey": self.source.key,
            "requireSignedVersion": true,
        });
        self.inner.initialize(app, config)
    }
}

/// The update that was found and isn't installed yet.
#[derive(Default)]
pub(crate) struct Found {
    update: Mutex<Option<Update>>,
}

impl Found {
    /// Checks for a newer version, trusting `trust`.
    pub(crate) async fn look<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        trust: Trust,
    ) -> Result<UpdateOffer, Failure> {
        let current = app.package_info().version.to_string();
        let leaving = app.clone();
        // On Windows, the updater ends this process, and the installer starts then.
        let builder = (app.updater_builder().timeout(PATIENCE)).on_before_exit(move || {
            crate::shut_down(&leaving);
            leaving.cleanup_before_exit();
        });
        let updater = builder
            .configure_client(move |client| update::client(client, &trust))
            .build();
        let found = match updater {
            Ok(updater) => updater.check().await,
            Err(error) => Err(error),
        }
        .map_err(failure)?;
        let offer = match &found {
            Some(found) => {
                update::offer(&found.version, &current, found.body.as_deref(), by_hand())
            }
            None => UpdateOffer::Current { version: current },
        };
        *self.held() = found;
        Ok(offer)
    }

    /// Downloads the update that was found, and returns it with its file if the signature is valid.
    pub(crate) async fn fetch(&self) -> Result<(Update, Vec<u8>), Failure> {
        let found = self.held().clone();
        let Some(found) = found else {
            return Err(broken::out_of_step());
        };
        let file = found.download(|_, _| {}, || {}).await.map_err(failure)?;
        Ok((found, file))
    }

    fn held(&self) -> parking_lot::MutexGuard<'_, Option<Update>> {
        self.update.lock()
    }
}

/// Returns how a person installs an update of this app, where the app doesn't do so itself.
pub(crate) fn by_hand() -> Option<&'static str> {
    if !cfg!(target_os = "linux") {
        return update::by_hand(Package::Other);
    }
    update::by_hand(match bundle_type() {
        Some(BundleType::Deb) => Package::Deb,
        Some(BundleType::Rpm) => Package::Rpm,
        _ => Package::OtherLinux,
    })
}

/// Installs a downloaded update.
pub(crate) fn install(update: &Update, file: &[u8]) -> Result<(), Failure> {
    update.install(file).map_err(|error| {
        tracing::warn!(%error, "an update was not installed");
        update::failure(Problem::NotInstalled)
    })
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the updater's errors may grow; whatever else goes wrong was in what was offered"
)]
fn failure(error: Error) -> Failure {
    tracing::warn!(%error, "there is no update");
    update::failure(match error {
        Error::Base64(_)
        | Error::Minisign(_)
        | Error::MissingSignedVersion
        | Error::SignatureUtf8(_)
        | Error::SignedVersionMismatch { .. } => Problem::NotSigned,
        Error::Reqwest(error) if !error.is_decode() => Problem::Unreachable,
        Error::Network(_) | Error::ReleaseNotFound => Problem::Unreachable,
        _ => Problem::Unreadable,
    })
}

#[cfg(test)]
mod tests;
