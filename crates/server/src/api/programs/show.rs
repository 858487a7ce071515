//! `GET /programs/{program}`.

use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::offer::ProgramView;
use crate::api::{Api, query};
use crate::permissions::Action;
use crate::problem::{Code, Problem};
use axum::extract::State;
use domain::ids::ProgramId;

/// Show a program.
#[utoipa::path(
    get, path = "/programs/{program}", operation_id = "get_program", tag = "programs",
    security(("bearer" = ["programs:read"])),
    responses((status = 200, description = "The program.", body = ProgramView)),
)]
pub async fn show(State(api): State<Api>, mut seeing: Seeing) -> Result<Shown<ProgramView>, Problem> {
    seeing.may(Action::SeePrograms)?;
    let id = seeing.id::<ProgramId>("program").await?;
    query::only(&seeing.parts, &[])?;
    let entry = seeing.catalogue.program(id).ok_or(Code::NotFound)?;
    Ok(Shown(ProgramView::new(
        entry,
        &seeing.catalogue,
        seeing.locale,
        api.app.clock.now(),
    )))
}
