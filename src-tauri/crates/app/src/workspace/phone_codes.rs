//! A phone's QR code for what is open, and serving the file that it leads to.

use std::net::IpAddr;

use registrar_explain::{Notice, provisioning};
use registrar_phones::qr::{self, QrImage};
use registrar_provisioning::{Computer as _, Event, LONGEST, Reach, Server, ThisComputer};
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

use super::Workspace;
use crate::Error;
use crate::ipc::{CloudCode, LocalNetwork, PhoneChoice, ServedSecret, ServingEvent};

impl Workspace {
    /// Draws the QR code of a phone, to be shown. It may be as secret as the password.
    pub fn qr_code(
        &self,
        choice: &PhoneChoice,
        cloud: Option<&CloudCode>,
    ) -> Result<QrImage, Error> {
        self.journey_session()?.qr_code(choice, cloud)
    }

    /// Returns the networks on which a file can be served. The practice registrar is on this computer
    /// alone, and so is a phone that is set up for it.
    pub fn local_networks(&self) -> Result<Vec<LocalNetwork>, Error> {
        let networks = ThisComputer.networks(self.reach()?);
        let networks = networks.map_err(Error::NotServed)?.into_iter();
        let shown = networks.map(|network| LocalNetwork {
            interface: network.interface,
            address: network.address.to_string(),
        });
        Ok(shown.collect())
    }

    /// Serves the file of a phone on a network, until it ends by itself or this is dropped. Returns
    /// why it ended.
    pub async fn serve_phone_file(
        &self,
        choice: &PhoneChoice,
        network: &str,
        secret: ServedSecret,
        on_event: &(dyn Fn(ServingEvent) + Send + Sync),
    ) -> Result<Notice, Error> {
        let (_, dialect) = choice.listed().ok_or(Error::OutOfStep)?;
        let address: IpAddr = network.parse().map_err(|_| Error::OutOfStep)?;
        let session = self.journey_session()?;
        let file = session.served_file(choice, secret).await?;
        let server = Server::bind(&ThisComputer, self.reach()?, address);
        let server = server.await.map_err(Error::NotServed)?;
        let url = server.url();
        on_event(ServingEvent::Began {
            image: (&qr::address(dialect, &url)?).into(),
            address: url.to_string(),
            seconds: u32::try_from(LONGEST.as_secs()).unwrap_or(u32::MAX),
        });
        let report = |event| {
            on_event(ServingEvent::Told {
                notice: provisioning::event(event),
                fetched: matches!(event, Event::Fetched { .. }),
            });
        };
        let stop = CancellationToken::new();
        *self.serving.lock() = stop.clone();
        let file = Zeroizing::new(file.expose().to_vec());
        tokio::select! {
            end = server.serve(file, &ThisComputer, &report) => Ok(provisioning::end(end)),
            () = stop.cancelled() => Err(Error::Cancelled),
        }
    }

    /// Stops serving a file. Called when the window is closed while the app goes on.
    pub fn stop_serving(&self) {
        self.serving.lock().cancel();
    }

    fn reach(&self) -> Result<Reach, Error> {
        Ok(if self.journey_session()?.is_practice() {
            Reach::ThisComputer
        } else {
            Reach::LocalNetwork
        })
    }
}
