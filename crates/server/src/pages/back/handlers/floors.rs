//! `/operator/merchants/{merchant}/floor`: what tills of a merchant ask for at least (`PIN-1`). Whoever sets it proved lately who
//! they are.

use axum::extract::{Path, Query, RawForm, State};
use axum::http::StatusCode;
use domain::pin::{Action as Asked, Policies, Policy};

use super::Asked as Reached;
use crate::app::App;
use crate::audit_log::Who;
use crate::catalogue::Catalogue;
use crate::pages::back::fields::Fields;
use crate::pages::back::floors::{self, FloorPage};
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::{html, merchant};
use crate::pages::people::session::{From, Operator, PROOF, to};
use crate::people::account::Fresh;
use crate::permissions::Action;
use crate::pins;

const NEXT: &str = "/operator";

fn address(catalogue: &Catalogue) -> String {
    format!("/operator/merchants/{}/floor", catalogue.merchant.slug)
}

pub(crate) async fn show(
    State(app): State<App>,
    operator: Operator,
    Path(slug): Path<String>,
    Query(reached): Query<Reached>,
) -> Answered {
    operator.may(Action::SetPolicyFloor)?;
    let (signed, catalogue) = (operator.signed(), merchant(&app, &slug).await?);
    let (text, address) = (signed.text(), address(&catalogue));
    let page = FloorPage {
        page: signed.page(text.floor_title(&*catalogue.merchant.name), address.clone()),
        bar: signed.bar(),
        rows: floors::rows(text, &catalogue.merchant.pins.floor),
        next: NEXT,
        fresh: Fresh::of(&app, signed.person()).is_some(),
        done: reached.done(),
        address,
    };
    html(StatusCode::OK, &page)
}

pub(crate) async fn set(
    State(app): State<App>,
    operator: Operator,
    From(visitor): From,
    Path(slug): Path<String>,
    RawForm(body): RawForm,
) -> Answered {
    operator.may(Action::SetPolicyFloor)?;
    let (person, catalogue) = (operator.signed().person(), merchant(&app, &slug).await?);
    if Fresh::of(&app, person).is_none() {
        return Ok(to(&format!("{PROOF}?next={NEXT}")));
    }
    let floor = read(&Fields::read(&body)).ok_or_else(Failure::bad_request)?;
    let who = Who::person(person.id(), person.role()).at(visitor.address);
    pins::floor(&app, who, catalogue.merchant.id, floor).await?;
    Ok(to(&format!("{}?done=1", address(&catalogue))))
}

/// A policy for each action; nothing where one is missing or unknown.
fn read(fields: &Fields) -> Option<Policies> {
    let of = |action: Asked| {
        let typed = fields.text(floors::name(action));
        let known = [Policy::Disabled, Policy::Optional, Policy::Required];
        known.into_iter().find(|policy| floors::code(*policy) == typed)
    };
    Some(Policies {
        earn: of(Asked::Earn)?,
        redeem: of(Asked::Redeem)?,
        void: of(Asked::Void)?,
        adjust: of(Asked::Adjust)?,
        enroll: of(Asked::Enroll)?,
    })
}
