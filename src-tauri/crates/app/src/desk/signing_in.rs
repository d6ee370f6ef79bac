//! Signs in at the desk with the secret from the keychain, or with a typed one.

use std::sync::Arc;

use registrar_bandwidth::dashboard::Dashboard;
use registrar_explain as explain;
use registrar_practice::Practice;
use registrar_secret::SignInSecret;

use super::Desk;
use crate::Error;

impl Desk {
    /// Signs in with the saved secret, or with practice's own. If there is none, the desk asks for
    /// it. Nothing is sent: loading will show whether the secret is correct.
    pub async fn sign_in_by_itself(&self) {
        if self.session().dashboard.is_some() {
            return;
        }
        let known = match self.known_secret().await {
            Ok(known) => known,
            Err(error) => {
                self.session().notices.push(error.notice());
                None
            }
        };
        if let Some(secret) = known {
            match self.dashboard_with(&secret) {
                Ok(dashboard) => self.session().dashboard = Some(dashboard),
                Err(error) => self.session().notices.push(error.notice()),
            }
        }
    }

    /// Signs in with a typed secret, which is tried immediately, and saved if the account is
    /// remembered.
    pub async fn sign_in(&self, secret: SignInSecret) -> Result<(), Error> {
        let secret = self
            .account
            .typed_secret(Some(secret))?
            .ok_or_else(|| self.account.missing_secret())?;
        let dashboard = self.dashboard_with(&secret)?;
        dashboard.check().await?;
        if self.account.remember {
            let kept = self.services.keychain.save(&self.account.id, &secret).await;
            let notice = explain::not_kept(kept, true);
            self.session().notices.extend(notice);
        }
        self.accept(dashboard);
        Ok(())
    }

    /// Uses a sign-in that was tried elsewhere. What it sends is recorded here from now on.
    pub(crate) fn signed_in(&self, dashboard: &Dashboard) {
        let dashboard = dashboard.recording(Arc::clone(&self.activity));
        self.accept(dashboard);
    }

    /// Drops this run's sign-in, so that the desk asks for the secret. What was loaded stays.
    pub fn sign_out(&self) {
        let mut session = self.session();
        session.dashboard = None;
        session.accepted = false;
    }

    fn accept(&self, dashboard: Dashboard) {
        let mut session = self.session();
        session.dashboard = Some(dashboard);
        session.accepted = true;
    }

    async fn known_secret(&self) -> Result<Option<SignInSecret>, Error> {
        if self.is_practice() {
            let sample = Practice::sample_sign_in();
            return Ok(Some(SignInSecret::new(&sample.client_secret)));
        }
        if !self.account.remember {
            return Ok(None);
        }
        Ok(self.services.keychain.load(&self.account.id).await?)
    }

    fn dashboard_with(&self, secret: &SignInSecret) -> Result<Dashboard, Error> {
        Ok(Dashboard::new(
            self.services.environment_of(&self.account)?,
            self.account.number.clone(),
            self.account.sign_in_with(secret),
            Arc::clone(&self.activity),
        )?)
    }
}
