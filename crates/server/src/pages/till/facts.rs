//! What the till's pages say of a card: from what was read of it and the catalogue to the facts of views.
//!
//! Owns: its drawing, and the names of rewards. Must not know: what may be done.

use domain::event::Balance as Held;
use domain::ids::{CardId, RewardId};
use domain::program::ProgramKind;
use domain::quantity::Unit;

use super::session::Till;
use crate::app::App;
use crate::catalogue::ProgramEntry;
use crate::pages::card_drawing::{Balance, CardFacts, Points, Stamps};
use crate::pages::card_state::Standing;
use crate::pages::events::Amount;
use crate::pages::failure::Failure;
use crate::pages::found::{self, Found};
use crate::pages::telling;

/// Reads a card, and says at the till that there is none.
pub(crate) async fn find(app: &App, till: &Till, id: CardId) -> Result<Found, Failure> {
    let unknown = Failure::because(axum::http::StatusCode::NOT_FOUND, |text| text.found_unknown());
    let read = found::read(app, till.merchant(), id).await?;
    read.ok_or_else(|| till.failure(unknown))
}

impl Found {
    /// The card as every surface tells it.
    pub(crate) fn standing<'a>(&'a self, till: &'a Till, entry: &'a ProgramEntry) -> Standing<'a> {
        let (catalogue, moment) = (&**till.catalogue(), till.moment());
        Standing {
            catalogue,
            entry,
            card: &self.card,
            claims: &self.claims,
            moment,
        }
    }

    /// What the drawing shows, with a balance of now or of then.
    pub(crate) fn drawing(&self, till: &Till, entry: &ProgramEntry, held: Held) -> CardFacts {
        let (page, standing) = (till.page("", ""), self.standing(till, entry));
        let have = held.points - held.debt;
        let stamps = Stamps {
            have: held.stamps,
            target: standing.target(),
        };
        let points = Points {
            have,
            next: standing.next(&page, have),
        };
        let balance = match entry.program.kind() {
            ProgramKind::Stamps => Balance::Stamps(stamps),
            ProgramKind::Points => Balance::Points(points),
            ProgramKind::Hybrid => Balance::Hybrid(stamps, points),
        };
        CardFacts {
            balance,
            ..standing.facts(&page, Some(self.number.clone()))
        }
    }
}

/// A reward's name in the reader's language.
pub(crate) fn reward_name(till: &Till, id: RewardId) -> Option<String> {
    let catalogue = till.catalogue();
    let entry = catalogue.reward(id)?;
    Some(
        entry
            .texts
            .in_locale(till.locale(), &catalogue.merchant.default_locale)
            .name,
    )
}

/// An amount of a unit.
pub(crate) fn amount(unit: Unit, amount: i64) -> Amount {
    Amount {
        unit: telling::unit(unit),
        amount,
    }
}
