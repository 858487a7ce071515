//! `/operator`, `/back` and `/docs/permissions`.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::MerchantId;

use crate::app::App;
use crate::catalogue::{Catalogue, ProgramEntry};
use crate::error::Error;
use crate::locale::Locale;
use crate::pages::context::{Reader, look};
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::home::{BackPage, MerchantRow, OperatorPage, ProgramRow, StoreRow};
use crate::pages::people::permissions::PermissionsPage;
use crate::pages::people::session::{Operator, User};
use crate::permissions::Action;
use crate::sql;
use db::params;
use uuid::Uuid;

/// How many merchants the page lists.
const MERCHANTS_MAX: i64 = 500;

pub(crate) async fn operator(State(app): State<App>, operator: Operator) -> Answered {
    operator.may(Action::SeeMerchants)?;
    let signed = operator.signed();
    let page = OperatorPage {
        page: signed.page(signed.text().operator_title(), "/operator"),
        bar: signed.bar(),
        merchants: merchants(&app).await?,
        floors: operator.may(Action::SetPolicyFloor).is_ok(),
        invites: operator.may(Action::ManageUsers).is_ok(),
        may: signed.may_do(),
    };
    html(StatusCode::OK, &page)
}

async fn merchants(app: &App) -> Result<Vec<MerchantRow>, Failure> {
    let ids: Vec<Uuid> = app
        .db
        .read(|tx| {
            let rows = tx.rows(&sql::people::MERCHANTS, &params![MERCHANTS_MAX])?;
            rows.iter().map(|row| Ok::<_, Error>(row.get(0)?)).collect()
        })
        .await?;
    let mut rows = Vec::new();
    for id in ids {
        if let Some(catalogue) = app.catalogue(MerchantId(id)).await? {
            rows.push(MerchantRow {
                look: look(&catalogue.merchant),
                active: catalogue.merchant.active,
            });
        }
    }
    Ok(rows)
}

pub(crate) async fn back(user: User) -> Answered {
    user.may(Action::SeePrograms)?;
    let (signed, catalogue) = (user.signed(), user.catalogue());
    let page = signed.page(signed.text().home_merchants_title(), "/back");
    let page = BackPage {
        stores: stores(&user, catalogue),
        programs: programs(catalogue, page.locale),
        bar: signed.bar(),
        may: signed.may_do(),
        page,
    };
    html(StatusCode::OK, &page)
}

/// The stores that are the user's; all of them where none is named.
fn stores(user: &User, catalogue: &Catalogue) -> Vec<StoreRow> {
    let own = user.signed().person().stores();
    let stores = catalogue.stores.iter();
    let stores = stores.filter(|store| own.is_empty() || own.contains(&store.id));
    stores
        .map(|store| StoreRow {
            name: store.name.clone(),
            code: store.code.clone(),
            open: store.open,
        })
        .collect()
}

fn programs(catalogue: &Catalogue, locale: Locale) -> Vec<ProgramRow> {
    let merchant = &catalogue.merchant;
    let row = |entry: &ProgramEntry| ProgramRow {
        name: entry.texts.in_locale(locale.code(), &merchant.default_locale).name,
        join: format!("/j/{}/{}", merchant.slug, entry.slug),
    };
    catalogue.programs.iter().map(row).collect()
}

pub(crate) async fn permissions(State(app): State<App>, reader: Reader) -> Answered {
    let mut page = reader.page(&app);
    page.title = page.text().permissions_title();
    html(StatusCode::OK, &PermissionsPage { page })
}
