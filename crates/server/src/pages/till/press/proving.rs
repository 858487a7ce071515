//! The part of a press that is about who serves (`PIN-1`, `PIN-6`, `CRD-3`): what stands in the way before anybody types a
//! PIN, the pad, and the turn that begins with a right one.

use domain::Rejection;
use domain::command::Command;
use domain::facts::Authority;
use domain::pin::{Action, Policy};

use super::{Press, submission};
use crate::catalogue::ProgramEntry;
use crate::ledger::{Answer, Refusal};
use crate::pages::failure::{Answered, Failure};
use crate::pages::found::Found;
use crate::pages::till::handlers::html;
use crate::pages::till::result::ResultPage;
use crate::pages::till::serving::{self, Asked};
use crate::pages::till::turn;
use crate::pages::till::words::{self, Said};
use crate::pins::{PinRefusal, Served};

impl Press<'_> {
    pub(super) fn asked(&self) -> Asked<'_> {
        let back = format!("/till/cards/{}", self.card);
        Asked {
            till: self.till,
            action: format!("{back}/{}", self.what),
            fields: self.fields,
            keeps: true,
            back,
        }
    }

    /// What stands in the way of a command whoever serves, so that nobody types a PIN in vain.
    pub(super) async fn hindrance(&self, found: &Found, command: Command) -> Result<Option<(Refusal, Said)>, Failure> {
        let entry = found.entry(self.till.catalogue())?;
        let refusal = match self.unshown(found, entry, &command).await? {
            Some(rejection) => Refusal::Rejected(rejection),
            None => match self
                .app
                .ledger
                .preview(submission(self.till, self.card, command, None))
                .await
            {
                // Who may, is known once they show who they are.
                Ok(_) | Err(Refusal::Rejected(Rejection::Forbidden)) => return Ok(None),
                Err(refusal) => refusal,
            },
        };
        let said = words::of_refusal(self.till, found, entry, &refusal);
        Ok(Some((refusal, said)))
    }

    /// Whether a reward would need the open card (`CRD-3`); a look at what could be had asks for nothing.
    async fn unshown(
        &self,
        found: &Found,
        entry: &ProgramEntry,
        command: &Command,
    ) -> Result<Option<Rejection>, Failure> {
        let (preset, now) = (entry.program.terms().risk_preset, self.till.now());
        let redeems = matches!(command, Command::Redeem { .. });
        let shown = self.proof(found, command).await?;
        let looked = shown.suffices(preset, Authority::Cashier, &found.card, now);
        Ok(looked.err().filter(|_| redeems))
    }

    /// Nobody showed who serves, or not rightly: the pad asks, unless nobody could do it.
    pub(super) async fn unproven(&self, found: &Found, command: Command, refusal: PinRefusal) -> Answered {
        if serving::asks_manager(self.fields) {
            return self.asked().manager(Some(refusal), None);
        }
        let policy = self.policy(found, &command)?;
        if serving::has_shown_nothing(self.fields)
            && let Some((hindrance, _)) = self.hindrance(found, command).await?
        {
            return self.refused(found, &hindrance).await;
        }
        self.asked().staff(refusal, policy == Policy::Optional)
    }

    fn policy(&self, found: &Found, command: &Command) -> Result<Policy, Failure> {
        let catalogue = self.till.catalogue();
        let own = &found.entry(catalogue)?.program.terms().pin_policy;
        let of = |action| own.over(&catalogue.merchant.pins.floor, action);
        Ok(Action::of(command).map_or(Policy::Disabled, of))
    }

    /// Accepted: whoever showed a PIN goes on serving for a few minutes (`PIN-6`).
    pub(super) async fn served(&self, served: Option<Served>, found: Found, answer: &Answer) -> Answered {
        let own_pin = served.as_ref().is_some_and(|served| served.must_change);
        let session = served.and_then(|served| served.session(self.till.place(), self.till.now()));
        let till = self.till.in_turn(session.or(self.till.turn()));
        let press = Press { till: &till, ..*self };
        let (status, view) = press.accepted(found, answer).await?;
        let mut response = html(status, &ResultPage { own_pin, ..view })?;
        if let Some(session) = session {
            turn::keep(response.headers_mut(), &turn::cookie(self.app, self.till, &session));
        }
        Ok(response)
    }
}
