//! `GET /programs`.

use crate::api::Api;
use crate::api::query::Paging;
use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::offer::{ProgramList, ProgramView};
use crate::permissions::Action;
use crate::problem::Problem;
use axum::extract::State;

/// List the programs.
#[utoipa::path(
    get, path = "/programs", operation_id = "list_programs", tag = "programs",
    security(("bearer" = ["programs:read"])), params(Paging),
    responses((status = 200, description = "The programs.", body = ProgramList)),
)]
pub async fn list(State(api): State<Api>, seeing: Seeing) -> Result<Shown<ProgramList>, Problem> {
    seeing.may(Action::SeePrograms)?;
    let name = format!("programs of {}", seeing.merchant());
    let page = api.page(&seeing.parts, &name, &[])?;
    let (catalogue, now) = (&seeing.catalogue, api.app.clock.now());
    let view = |entry| ProgramView::new(entry, catalogue, seeing.locale, now);
    let (data, next_cursor) = api.cut(page, &name, catalogue.programs.iter().map(view));
    Ok(Shown(ProgramList { data, next_cursor }))
}
