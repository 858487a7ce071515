//! `GET /programs`.

use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::offer::{ProgramList, ProgramView};
use crate::api::{Api, query};
use crate::identity::Scope;
use crate::problem::Problem;
use axum::extract::State;

/// List the programs.
#[utoipa::path(
    get, path = "/programs", operation_id = "list_programs", tag = "programs",
    security(("bearer" = ["programs:read"])),
    responses((status = 200, description = "The programs.", body = ProgramList)),
)]
pub async fn list(State(api): State<Api>, seeing: Seeing) -> Result<Shown<ProgramList>, Problem> {
    seeing.may(Scope::ProgramsRead)?;
    query::only(&seeing.parts, &[])?;
    let (catalogue, now) = (&seeing.catalogue, api.app.clock.now());
    let view = |entry| ProgramView::new(entry, catalogue, seeing.locale, now);
    Ok(Shown(ProgramList {
        data: catalogue.programs.iter().map(view).collect(),
        next_cursor: None,
    }))
}
