//! `/account/factor` and `/account/recovery-codes`: the second factor. Each of them needs a fresh proof.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::account::{DONE, fresh};
use super::{answered, trouble_of};
use crate::app::App;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::account::{CodesPage, FactorPage};
use crate::pages::people::session::{From, Signed, to};
use crate::pages::people::sign_in::Trouble;
use crate::people::account::{self, Fresh};

const FACTOR: &str = "/account/factor";

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    code: String,
}

pub(crate) async fn offer(State(app): State<App>, signed: Signed) -> Answered {
    match fresh(&app, &signed) {
        Ok(fresh) => account::offer_factor(&app, &fresh).await?,
        Err(way) => return Ok(to(&way)),
    }
    Ok(to(FACTOR))
}

pub(crate) async fn show(State(app): State<App>, signed: Signed) -> Answered {
    match fresh(&app, &signed) {
        Ok(fresh) => html(StatusCode::OK, &page(&app, &signed, &fresh, None).await?),
        Err(way) => Ok(to(&way)),
    }
}

async fn page(app: &App, signed: &Signed, fresh: &Fresh<'_>, trouble: Option<Trouble>) -> Result<FactorPage, Failure> {
    let (factor, _) = account::offered_factor(app, fresh).await?;
    Ok(FactorPage {
        page: signed.page(signed.text().factor_title(), FACTOR),
        bar: signed.bar(),
        seed: factor.address(),
        typed: factor.typed(),
        trouble,
    })
}

pub(crate) async fn take(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Form(typed): Form<Typed>,
) -> Answered {
    let fresh = match fresh(&app, &signed) {
        Ok(fresh) => fresh,
        Err(way) => return Ok(to(&way)),
    };
    match account::take_factor(&app, &visitor, &fresh, &typed.code).await {
        Ok(codes) => codes_page(&signed, codes),
        Err(refusal) => {
            let (status, trouble) = trouble_of(refusal, signed.page("", FACTOR).locale)?;
            let page = page(&app, &signed, &fresh, Some(trouble)).await?;
            Ok(answered(html(status, &page)?))
        }
    }
}

fn codes_page(signed: &Signed, codes: Vec<String>) -> Answered {
    let page = CodesPage {
        page: signed.page(signed.text().codes_title(), super::account::ACCOUNT),
        bar: signed.bar(),
        codes,
    };
    html(StatusCode::OK, &page)
}

pub(crate) async fn renew(State(app): State<App>, signed: Signed, From(visitor): From) -> Answered {
    match fresh(&app, &signed) {
        Ok(fresh) => codes_page(&signed, account::renew_codes(&app, &visitor, &fresh).await?),
        Err(way) => Ok(to(&way)),
    }
}

pub(crate) async fn end(State(app): State<App>, signed: Signed, From(visitor): From) -> Answered {
    match fresh(&app, &signed) {
        Ok(fresh) => account::drop_factor(&app, &visitor, &fresh).await?,
        Err(way) => return Ok(to(&way)),
    }
    Ok(to(DONE))
}
