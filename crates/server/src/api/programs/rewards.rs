//! `GET /rewards`.

use crate::api::Api;
use crate::api::query::Paging;
use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::offer::{RewardList, RewardView};
use crate::permissions::Action;
use crate::problem::Problem;
use axum::extract::State;

/// List the rewards that are offered.
#[utoipa::path(
    get, path = "/rewards", operation_id = "list_rewards", tag = "programs",
    security(("bearer" = ["programs:read"])), params(Paging),
    responses((status = 200, description = "The rewards.", body = RewardList)),
)]
pub async fn list(State(api): State<Api>, seeing: Seeing) -> Result<Shown<RewardList>, Problem> {
    seeing.may(Action::SeePrograms)?;
    let name = format!("rewards of {}", seeing.merchant());
    let page = api.page(&seeing.parts, &name, &[])?;
    let offered = seeing.catalogue.rewards.iter().filter(|entry| entry.reward.active);
    let view = |entry| RewardView::new(entry, &seeing.catalogue, seeing.locale);
    let (data, next_cursor) = api.cut(page, &name, offered.map(view));
    Ok(Shown(RewardList { data, next_cursor }))
}
