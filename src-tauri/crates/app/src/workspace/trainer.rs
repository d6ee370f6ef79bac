//! The trainer's panel: switches faults of the practice services while they run.

use std::sync::Arc;

use registrar_practice::{Faults, Practice};

use super::Workspace;
use crate::Error;
use crate::ipc::{FaultPanel, SwitchFault};

impl Workspace {
    /// Returns all faults as soon as they differ from the revision that is shown. Fails once practice
    /// is closed.
    pub async fn watch_faults(&self, shown: Option<u32>) -> Result<FaultPanel, Error> {
        // Waiting keeps no practice running that is closed meanwhile.
        let mut revisions = self.running_practice().await?.fault_changes();
        let next = revisions.wait_for(|revision| Some(*revision) != shown);
        let revision = *next.await.map_err(|_| Error::OutOfStep)?;
        Ok(FaultPanel {
            revision,
            switches: self.running_practice().await?.switches(),
        })
    }

    /// Switches a fault from the next request on.
    pub async fn switch_fault(&self, switch: SwitchFault) -> Result<(), Error> {
        let practice = self.running_practice().await?;
        practice.switch(switch.fault, switch.lasts);
        Ok(())
    }

    /// Switches all faults off.
    pub async fn reset_faults(&self) -> Result<(), Error> {
        let practice = self.running_practice().await?;
        practice.set_faults(Faults::default());
        Ok(())
    }

    /// Returns the practice services, which the panel doesn't start.
    pub async fn running_practice(&self) -> Result<Arc<Practice>, Error> {
        let started = self.practice.lock().await;
        let services = started.as_ref();
        services
            .and_then(|services| services.practice.clone())
            .ok_or(Error::OutOfStep)
    }
}

#[cfg(test)]
mod tests {
    use registrar_practice::{Fault, FaultDuration};

    use super::*;
    use crate::services::Services;

    fn switch(fault: Fault) -> SwitchFault {
        SwitchFault {
            fault,
            lasts: Some(FaultDuration::UntilOff),
        }
    }

    fn on(panel: &FaultPanel) -> Vec<Fault> {
        let switches = panel.switches.iter();
        let on = switches.filter(|switch| switch.on.is_some());
        on.map(|switch| switch.fault).collect()
    }

    #[tokio::test]
    async fn panel_learns_of_each_switch() {
        let folder = tempfile::tempdir().unwrap();
        let app = Workspace::new(folder.path().to_owned(), Services::real());
        assert!(app.watch_faults(None).await.is_err(), "no practice yet");
        app.start(true).await.unwrap();

        let before = app.watch_faults(None).await.unwrap();
        let (after, switched) = tokio::join!(
            app.watch_faults(Some(before.revision)),
            app.switch_fault(switch(Fault::Busy))
        );

        switched.unwrap();
        let after = after.unwrap();
        assert_eq!((on(&before), on(&after)), (vec![], vec![Fault::Busy]));
        app.reset_faults().await.unwrap();
        let reset = app.watch_faults(Some(after.revision)).await.unwrap();
        assert!(on(&reset).is_empty());
    }

    #[tokio::test]
    async fn closing_practice_ends_the_panels_wait() {
        let folder = tempfile::tempdir().unwrap();
        let app = Workspace::new(folder.path().to_owned(), Services::real());
        app.start(true).await.unwrap();
        let shown = app.watch_faults(None).await.unwrap().revision;

        let (waited, reset) = tokio::join!(app.watch_faults(Some(shown)), app.reset_practice());

        assert!(reset.is_ok() && waited.is_err());
        assert!(app.switch_fault(switch(Fault::Busy)).await.is_err());
    }
}
