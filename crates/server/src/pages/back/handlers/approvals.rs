//! `/back/approvals`: what was asked for over a limit is approved or denied (`APR-1`).

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use domain::ids::{ApprovalId, CardId};
use domain::number;
use serde::Deserialize;

use super::{Asked, is_fresh, is_ours, places, prove, trouble, who};
use crate::app::App;
use crate::approvals::{self, Approval, Asker};
use crate::pages::back::Trouble;
use crate::pages::back::approvals::{ApprovalRow, ApprovalsPage};
use crate::pages::events::Amount;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{From, User, to};
use crate::pages::telling;
use crate::people::members::{self, Member};
use crate::permissions::Action;
use crate::problem::{Code, Problem};
use crate::sql::lookups;

const APPROVALS: &str = "/back/approvals";
/// How many are listed.
const LISTED_MAX: i64 = 50;

#[derive(Deserialize)]
pub(crate) struct Decision {
    #[serde(default)]
    decision: String,
}

pub(crate) async fn show(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::Approve)?;
    let page = page(&app, &user, None).await?;
    let done = asked.done();
    html(StatusCode::OK, &ApprovalsPage { done, ..page })
}

async fn page(app: &App, user: &User, trouble: Option<Trouble>) -> Result<ApprovalsPage, Failure> {
    let signed = user.signed();
    let merchant = user.catalogue().merchant.id;
    let listed = approvals::list(app, merchant, LISTED_MAX).await?;
    let people = members::list(app, merchant).await?;
    let mut rows = Vec::new();
    for one in listed.into_iter().filter(|one| is_ours(user, &[one.store])) {
        rows.push(row(app, user, &people, one).await?);
    }
    Ok(ApprovalsPage {
        page: signed.page(signed.text().back_approvals(), APPROVALS),
        bar: signed.bar(),
        rows,
        fresh: is_fresh(app, user),
        done: false,
        trouble,
    })
}

async fn row(app: &App, user: &User, people: &[Member], one: Approval) -> Result<ApprovalRow, Failure> {
    let who = match one.asker {
        Asker::Till(_, staff) => {
            let member = staff.and_then(|staff| user.catalogue().staff_member(staff));
            member.map_or_else(|| user.signed().text().role_terminal(), |member| member.name.clone())
        }
        Asker::User(id) => {
            let person = people.iter().find(|person| person.id == id);
            person.map(|person| person.name.clone()).unwrap_or_default()
        }
    };
    Ok(ApprovalRow {
        id: one.id.to_string(),
        amount: Amount {
            unit: telling::unit(one.unit),
            amount: one.amount,
        },
        card_id: one.card.to_string(),
        card: number(app, user, one.card).await?,
        who,
        is_own: one.asker == Asker::User(user.signed().person().id()),
        store: places(user, &[one.store]),
        reason: one.reason.code(),
        note: one.note,
        asked_at: one.requested_at.0,
        until: one.expires_at.0,
        state: one.state.code(),
    })
}

/// The number of a card, as it is read.
async fn number(app: &App, user: &User, card: CardId) -> Result<String, Failure> {
    let merchant = user.catalogue().merchant.id.0;
    let found = app.db.read(move |tx| lookups::card(tx, merchant, card.0)).await?;
    Ok(found.map(|row| number::group(&row.number)).unwrap_or_default())
}

pub(crate) async fn decide(
    State(app): State<App>,
    user: User,
    From(visitor): From,
    Path(approval): Path<String>,
    Form(decision): Form<Decision>,
) -> Answered {
    let id = ours(&app, &user, &approval).await?;
    if !is_fresh(&app, &user) {
        return prove(APPROVALS);
    }
    let (who, by) = (who(&user, &visitor), user.signed().person());
    let done = match decision.decision.as_str() {
        "approve" => approvals::approve(&app, who, by, id).await,
        "deny" => approvals::deny(&app, who, by, id).await,
        _ => return Err(Failure::bad_request()),
    };
    settled(&app, &user, done).await
}

/// One that this user may decide; whoever has stores of their own decides for those alone.
async fn ours(app: &App, user: &User, id: &str) -> Result<ApprovalId, Failure> {
    user.may(Action::Approve)?;
    let id: ApprovalId = id.parse().map_err(|_| Failure::not_found())?;
    let merchant = user.catalogue().merchant.id;
    let one = approvals::find(app, merchant, id)
        .await?
        .ok_or_else(Failure::not_found)?;
    if is_ours(user, &[one.store]) {
        Ok(id)
    } else {
        Err(Problem::from(Code::Forbidden).into())
    }
}

async fn settled(app: &App, user: &User, done: Result<(), Problem>) -> Answered {
    match done {
        Ok(()) => Ok(to(&format!("{APPROVALS}?done=1"))),
        Err(problem) => {
            let status = problem.code.status();
            let trouble = trouble(problem, user.signed().page("", APPROVALS).locale)?;
            html(status, &page(app, user, Some(trouble)).await?)
        }
    }
}
