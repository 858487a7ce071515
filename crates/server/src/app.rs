//! What a running installation holds together. Handlers receive it; nothing here decides anything.

use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Found;
use crate::ledger::Ledger;
use crate::people::Passwords;
use crate::pins::Pins;
use crate::rate_limits::Limits;
use crate::secrets::Secrets;
use db::Db;
use domain::ids::MerchantId;
use std::sync::Arc;

/// A running installation; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// Its parts.
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The one door that changes a card.
    pub ledger: Ledger,
    /// What verifies the PINs of staff.
    pub pins: Pins,
    /// Keys derived from the secret key.
    pub secrets: Secrets,
    /// What merchants offer.
    pub catalogues: Catalogues,
    /// Who hashes passwords.
    pub passwords: Passwords,
    /// How often things were tried lately.
    pub limits: Limits,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What a merchant offers, at most half a second old; none when there is no such merchant.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn catalogue(&self, merchant: MerchantId) -> Found {
        self.catalogues.get(&self.db, &self.clock, merchant).await
    }
}

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
