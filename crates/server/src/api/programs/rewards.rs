//! `GET /rewards`.

use crate::api::query;
use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::offer::{RewardList, RewardView};
use crate::identity::Scope;
use crate::problem::Problem;

/// List the rewards that are offered.
#[utoipa::path(
    get, path = "/rewards", operation_id = "list_rewards", tag = "programs",
    security(("bearer" = ["programs:read"])),
    responses((status = 200, description = "The rewards.", body = RewardList)),
)]
pub async fn list(seeing: Seeing) -> Result<Shown<RewardList>, Problem> {
    seeing.may(Scope::ProgramsRead)?;
    query::only(&seeing.parts, &[])?;
    let offered = seeing.catalogue.rewards.iter().filter(|entry| entry.reward.active);
    let view = |entry| RewardView::new(entry, &seeing.catalogue, seeing.locale);
    Ok(Shown(RewardList {
        data: offered.map(view).collect(),
        next_cursor: None,
    }))
}
