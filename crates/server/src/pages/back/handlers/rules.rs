//! `/back/staff/rules`: how staff prove who they are (`PIN-4`, `PIN-5`), and what the operator asks for at least.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use domain::pin::Threshold;
use serde::Deserialize;

use super::{Asked, everywhere, is_fresh, prove, who};
use crate::app::App;
use crate::pages::back::Trouble;
use crate::pages::back::floors;
use crate::pages::back::rules::RulesPage;
use crate::pages::failure::Answered;
use crate::pages::handlers::html;
use crate::pages::people::session::{From, User, to};
use crate::permissions::Action;
use crate::pins;
use crate::problem::{Code, Problem};

const RULES: &str = "/back/staff/rules";

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    length: String,
    #[serde(default)]
    tries: String,
    #[serde(default)]
    minutes: String,
}

pub(crate) async fn show(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::ManageSettings)?;
    everywhere(&user)?;
    let rules = &user.catalogue().merchant.pins;
    let wish = Wish {
        length: rules.length.to_string(),
        tries: rules.threshold.tries.to_string(),
        minutes: rules.threshold.minutes.to_string(),
    };
    let done = asked.done();
    html(
        StatusCode::OK,
        &RulesPage {
            done,
            ..page(&app, &user, wish, None)
        },
    )
}

fn page(app: &App, user: &User, wish: Wish, trouble: Option<Trouble>) -> RulesPage {
    let signed = user.signed();
    RulesPage {
        page: signed.page(signed.text().back_rules(), RULES),
        bar: signed.bar(),
        length: wish.length,
        tries: wish.tries,
        minutes: wish.minutes,
        floor: floors::required(signed.text(), &user.catalogue().merchant.pins.floor),
        fresh: is_fresh(app, user),
        done: false,
        trouble,
    }
}

pub(crate) async fn set(State(app): State<App>, user: User, From(visitor): From, Form(wish): Form<Wish>) -> Answered {
    user.may(Action::ManageSettings)?;
    everywhere(&user)?;
    if !is_fresh(&app, &user) {
        return prove(RULES);
    }
    // What is no number is out of every range.
    let number = |typed: &str| typed.trim().parse().unwrap_or(i64::MIN);
    let threshold = Threshold {
        tries: number(&wish.tries),
        minutes: number(&wish.minutes),
    };
    let rules = (number(&wish.length), threshold);
    let merchant = user.catalogue().merchant.id;
    match pins::rules(&app, who(&user, &visitor), merchant, rules).await {
        Ok(()) => Ok(to(&format!("{RULES}?done=1"))),
        Err(problem) if problem.code == Code::OutOfRange => {
            let status = problem.code.status();
            let trouble = told(&user, &problem);
            html(status, &page(&app, &user, wish, Some(trouble)))
        }
        Err(problem) => Err(problem.into()),
    }
}

fn told(user: &User, problem: &Problem) -> Trouble {
    let pointer = problem.faults.first().map(|fault| fault.pointer.as_ref());
    Trouble {
        field: match pointer {
            Some("/pin_length") => "length",
            Some("/pin_lock_threshold") => "tries",
            _ => "minutes",
        },
        code: problem.code.text(),
        sentence: problem.sentence(user.signed().page("", RULES).locale),
    }
}
