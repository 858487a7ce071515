//! What a terminal's call brings with it, from the call to what the ledger judges: whose PIN, and whether it is right. A
//! PIN that nobody asked for is dropped before anybody reads it (`PIN-1`).

use super::{Named, Pin, PinRefusal, Presented, Session, SessionText, Till, authority, verify};
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::problem::Problem;
use crate::sql;
use db::params;
use domain::facts::Authority;
use domain::ids::{CardId, ProgramId, StaffId};
use domain::moment::Instant;
use domain::pin::{Action, Policy};

/// What a call brings.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Who is named; none when nobody is.
    pub named: Option<Named>,
    /// Their PIN.
    pub pin: Option<Pin>,
    /// A session that stands for it.
    pub session: Option<SessionText>,
    /// Whether limits shall be overridden: then a manager's PIN is read whatever the policy.
    pub overrides: bool,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Served {
    /// What the ledger judges.
    pub presented: Presented,
    /// Who serves, as far as it was proven.
    pub staff: Option<StaffId>,
    /// With which right.
    pub authority: Authority,
    /// Whether they must choose a PIN of their own (`PIN-4`); known when it was verified just now.
    pub must_change: bool,
}

impl Served {
    /// The session that goes on from here, once what was asked for is accepted (`PIN-6`).
    pub fn session(&self, till: Till, now: Instant) -> Option<Session> {
        match self.presented {
            Presented::Pin { staff, version } => Some(Session::begun(till, (staff, version), now)),
            Presented::Session {
                staff,
                version,
                expires_at,
            } => Some(Session::going_on(till, (staff, version), expires_at).used(now)),
            Presented::Nothing | Presented::Refused(_) => None,
        }
    }

    fn unproven(presented: Presented) -> Self {
        Self {
            presented,
            staff: None,
            authority: Authority::Cashier,
            must_change: false,
        }
    }
}

/// Verifies what a terminal's call brings, for an action on a card. None where nobody asks: then who is named is said and
/// not proven.
///
/// # Errors
/// As [`verify`].
pub async fn present(
    app: &App,
    catalogue: &Catalogue,
    till: Till,
    (action, card): (Action, Option<CardId>),
    brought: Brought,
) -> Result<Option<Served>, Problem> {
    let policy = policy(app, catalogue, (action, card)).await?;
    if policy == Policy::Disabled && !brought.overrides {
        return Ok(None);
    }
    let named = brought.named;
    if let Some(pin) = &brought.pin {
        let Some(named) = named else {
            return Ok(Some(Served::unproven(Presented::Refused(PinRefusal::Required))));
        };
        return shown(app, till, action, named, pin).await.map(Some);
    }
    if let Some(SessionText(text)) = &brought.session {
        return Ok(Some(in_session(app, till, named, text)));
    }
    // Where a PIN may be absent, so is the person: a name alone proves nothing.
    Ok(Some(Served::unproven(Presented::Nothing)))
}

/// What is asked for the card; where the program is not known yet, the strictest of all.
async fn policy(app: &App, catalogue: &Catalogue, (action, card): (Action, Option<CardId>)) -> Result<Policy, Problem> {
    let floor = &catalogue.merchant.pins.floor;
    let of = |entry: &crate::catalogue::ProgramEntry| entry.program.terms().pin_policy.over(floor, action);
    let all: Vec<Policy> = catalogue.programs.iter().map(of).collect();
    let strictest = all.iter().copied().max().unwrap_or_default();
    let (Some(card), true) = (card, all.contains(&Policy::Disabled) && strictest != Policy::Disabled) else {
        return Ok(strictest);
    };
    let merchant = catalogue.merchant.id.0;
    let row = app
        .db
        .read(move |tx| tx.row(&sql::pins::PROGRAM_OF_CARD, &params![merchant, card.0]))
        .await
        .map_err(|error| Problem::broken(&error))?;
    let program = row.map(|row| row.get(0).map(ProgramId)).transpose();
    let program = program.map_err(|error| Problem::broken(&Error::from(error)))?;
    Ok(program
        .and_then(|id| catalogue.program(id))
        .map_or(Policy::Disabled, of))
}

/// A PIN: known from a moment ago where it is for earning, else hashed.
async fn shown(app: &App, till: Till, action: Action, named: Named, pin: &Pin) -> Result<Served, Problem> {
    let now = app.clock.now();
    let earns = action == Action::Earn;
    let remembered = &app.pins.remembered;
    if let (Named::Staff(staff), true) = (named, earns)
        && let Some((version, role)) = remembered.recall(&app.secrets, (till, staff), pin, now)
    {
        return Ok(Served {
            presented: Presented::Pin { staff, version },
            staff: Some(staff),
            authority: authority(&role),
            must_change: false,
        });
    }
    match verify(app, till, named, pin).await? {
        Ok(proof) => {
            let state = (proof.version, proof.role());
            remembered.keep(&app.secrets, (till, proof.staff), pin, state, now);
            Ok(Served {
                presented: proof.presented(),
                staff: Some(proof.staff),
                authority: proof.authority(),
                must_change: proof.must_change(),
            })
        }
        Err(refusal) => {
            if let Named::Staff(staff) = named {
                remembered.forget((till, staff));
            }
            Ok(Served::unproven(Presented::Refused(refusal)))
        }
    }
}

/// A session: of this terminal, not over, and of who is named if anybody is.
fn in_session(app: &App, till: Till, named: Option<Named>, text: &str) -> Served {
    let session = Session::read(app, till, text);
    let session = session.filter(|session| named.is_none_or(|named| named == Named::Staff(session.staff())));
    session.map_or_else(
        || Served::unproven(Presented::Refused(PinRefusal::Required)),
        |session| Served {
            presented: session.presented(),
            staff: Some(session.staff()),
            authority: Authority::Cashier,
            must_change: false,
        },
    )
}
