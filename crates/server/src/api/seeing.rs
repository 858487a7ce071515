//! How a call that only reads is read: who asks, of which merchant, in which language.

use super::Api;
use super::request::{self, in_path};
use crate::catalogue::Catalogue;
use crate::identity::{self, Caller};
use crate::locale::Locale;
use crate::permissions::Action;
use crate::problem::{Code, Problem};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::ids::MerchantId;
use std::str::FromStr;
use std::sync::Arc;

/// A call that only reads.
pub struct Seeing {
    /// Who asks.
    pub caller: Arc<Caller>,
    /// What the merchant offers.
    pub catalogue: Arc<Catalogue>,
    /// The language of the answer.
    pub locale: Locale,
    /// The request.
    pub parts: Parts,
}

impl FromRequestParts<Api> for Seeing {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let (caller, catalogue) = identity::caller(&api.app, &api.credentials, parts).await?;
        Ok(Self {
            caller,
            catalogue,
            locale: request::locale(parts),
            parts: parts.clone(),
        })
    }
}

impl Seeing {
    /// Refuses what the caller may not see.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn may(&self, action: Action) -> Result<(), Problem> {
        self.caller.may(action)
    }

    /// An id in the address.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn id<T: FromStr>(&mut self, name: &str) -> Result<T, Problem> {
        in_path(&mut self.parts, name)
            .await?
            .ok_or_else(|| Code::NotFound.into())
    }

    /// The tenant.
    pub fn merchant(&self) -> MerchantId {
        self.caller.merchant()
    }
}
