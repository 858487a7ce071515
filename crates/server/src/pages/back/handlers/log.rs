//! `/back/log` and `/operator/log`: who managed what (`AUD-1`), to be read, searched and taken along.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use domain::ids::MerchantId;
use domain::moment::Instant;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

use super::{everywhere, export};
use crate::app::App;
use crate::audit_log::{self, Action as Noting, Filter, Noted, Of};
use crate::error::Error;
use crate::locale::Messages;
use crate::pages::back::log::{Choice, LogPage, LogRow};
use crate::pages::back::words;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{Operator, Signed, User};
use crate::people::OPERATORS;
use crate::permissions::Action;
use crate::sql;
use db::params;

/// Rows of a page.
const PAGE_ROWS: i64 = 50;
const DAY_MINUTES: i64 = 24 * 60;

/// What is asked for.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    action: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    by: String,
    before: Option<i64>,
    #[serde(default)]
    format: String,
}

/// Whose log, who reads it, and in which time.
struct Reading<'a> {
    app: &'a App,
    signed: &'a Signed,
    merchant: MerchantId,
    zone: TimeZone,
    address: &'static str,
    exports: bool,
    /// The names of staff, by public id.
    staff: HashMap<String, String>,
    /// The names of stores, by public id.
    stores: HashMap<String, String>,
}

pub(crate) async fn merchants(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::SeeAuditLog)?;
    everywhere(&user)?;
    of_merchant(&app, &user).page(&asked).await
}

pub(crate) async fn export_merchants(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::ExportAuditLog)?;
    everywhere(&user)?;
    of_merchant(&app, &user).export(&asked).await
}

pub(crate) async fn installations(State(app): State<App>, operator: Operator, Query(asked): Query<Asked>) -> Answered {
    operator.may(Action::SeeAuditLog)?;
    of_installation(&app, &operator).page(&asked).await
}

pub(crate) async fn export_installations(
    State(app): State<App>,
    operator: Operator,
    Query(asked): Query<Asked>,
) -> Answered {
    operator.may(Action::ExportAuditLog)?;
    of_installation(&app, &operator).export(&asked).await
}

fn of_merchant<'a>(app: &'a App, user: &'a User) -> Reading<'a> {
    let catalogue = user.catalogue();
    let (staff, stores) = (catalogue.staff.iter(), catalogue.stores.iter());
    Reading {
        app,
        signed: user.signed(),
        merchant: catalogue.merchant.id,
        zone: catalogue.zone(None).clone(),
        address: "/back/log",
        exports: user.may(Action::ExportAuditLog).is_ok(),
        staff: staff
            .map(|member| (member.id.to_string(), member.name.clone()))
            .collect(),
        stores: stores.map(|store| (store.id.to_string(), store.name.clone())).collect(),
    }
}

fn of_installation<'a>(app: &'a App, operator: &'a Operator) -> Reading<'a> {
    Reading {
        app,
        signed: operator.signed(),
        merchant: OPERATORS,
        zone: TimeZone::UTC,
        address: "/operator/log",
        exports: operator.may(Action::ExportAuditLog).is_ok(),
        staff: HashMap::new(),
        stores: HashMap::new(),
    }
}

impl Reading<'_> {
    async fn page(&self, asked: &Asked) -> Answered {
        let filter = self.filter(asked);
        let mut rows = self.rows(filter, PAGE_ROWS + 1).await?;
        let more = rows.len() > usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX));
        let query = query(asked);
        let last = rows.last().map(|row| row.sequence).filter(|_| more);
        let older = last.map(|before| format!("{}?before={before}{query}", self.address));
        let names = self.names().await?;
        let text = self.signed.text();
        let action = |action: &Noting| Choice::new(action.code(), words::noted(text, *action), &asked.action);
        let page = LogPage {
            page: self.signed.page(text.back_log(), self.address),
            bar: self.signed.bar(),
            address: self.address,
            people: self.people(&names, asked.by.trim()),
            rows: rows.into_iter().map(|noted| self.row(noted, &names)).collect(),
            actions: Noting::ALL.iter().map(action).collect(),
            day: asked.day.clone(),
            older,
            query,
            exports: self.exports,
        };
        html(StatusCode::OK, &page)
    }

    /// What is asked for.
    fn filter(&self, asked: &Asked) -> Filter {
        let (by, action) = (asked.by.trim(), asked.action.trim());
        let of = match (by, action) {
            ("", "") => Of::Everything,
            ("", action) => Of::Action(action.to_owned()),
            (by, "") => Of::Actor(by.to_owned()),
            (by, action) => Of::ActorDoing(by.to_owned(), action.to_owned()),
        };
        let begins = self.begin(asked.day.trim());
        Filter {
            before: asked.before,
            since: begins,
            until: begins.map(|at| at.plus_minutes(DAY_MINUTES)),
            of,
        }
    }

    fn begin(&self, day: &str) -> Option<Instant> {
        let day: Date = day.parse().ok()?;
        let midnight = day.to_zoned(self.zone.clone()).ok()?;
        Some(Instant(midnight.timestamp().as_microsecond()))
    }

    async fn rows(&self, filter: Filter, most: i64) -> Result<Vec<Noted>, Failure> {
        let merchant = self.merchant;
        let read = self.app.db.read(move |tx| audit_log::read(tx, merchant, &filter, most));
        Ok(read.await?)
    }

    /// The names of who signs in here, by public id.
    async fn names(&self) -> Result<HashMap<String, String>, Failure> {
        let merchant = self.merchant.0;
        let rows = self
            .app
            .db
            .read(move |tx| tx.rows(&sql::people::LIST, &params![merchant]))
            .await?;
        let mut names = self.staff.clone();
        for row in rows {
            let id = domain::ids::UserId(row.get(0).map_err(Error::from)?);
            names.insert(id.to_string(), row.get(2).map_err(Error::from)?);
        }
        Ok(names)
    }

    /// Whose rows may be asked for: whoever has a name, by it, and who was asked for in another way, such as a till or a key.
    fn people(&self, names: &HashMap<String, String>, by: &str) -> Vec<Choice> {
        let mut people: Vec<(&str, String)> = names.iter().map(|(id, name)| (&**id, name.clone())).collect();
        people.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
        if !by.is_empty() && !names.contains_key(by) {
            let words = words::actor(self.signed.text(), by);
            people.push((by, words.unwrap_or_else(|| by.to_owned())));
        }
        people.into_iter().map(|(id, name)| Choice::new(id, name, by)).collect()
    }

    fn row(&self, noted: Noted, names: &HashMap<String, String>) -> LogRow {
        let text = self.signed.text();
        let named = |id: &str| {
            let known = names.get(id).or_else(|| self.stores.get(id));
            known.cloned().unwrap_or_else(|| id.to_owned())
        };
        let changes = noted.change.map(|change| change.fields()).unwrap_or_default();
        let shown = |value: Option<Value>| value.map_or_else(String::new, |value| shown(text, &value, &named));
        let changes = changes
            .into_iter()
            .map(|(name, old, new)| (words::field(text, &name), shown(old), shown(new)));
        LogRow {
            sequence: noted.sequence,
            at: noted.at.0,
            who: words::actor(text, &noted.actor).unwrap_or_else(|| named(&noted.actor)),
            role: words::role(text, &noted.role),
            what: Noting::of(&noted.action).map_or(noted.action, |action| words::noted(text, action)),
            subject: noted
                .subject
                .as_deref()
                .map(named)
                .filter(|subject| *subject != named(&noted.actor)),
            address: noted.address.map(|address| address.to_string()),
            changes: changes.collect(),
            actor: noted.actor,
        }
    }

    async fn export(&self, asked: &Asked) -> Answered {
        let (app, merchant) = (self.app.clone(), self.merchant);
        export::all(app, merchant, self.filter(asked), asked.format != "jsonl").await
    }
}

/// A value that changed: what has a name by it, several one behind the other.
fn shown(text: &Messages, value: &Value, named: &dyn Fn(&str) -> String) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => text.noted_yes(),
        Value::Bool(false) => text.noted_no(),
        Value::String(word) => named(word),
        Value::Array(values) => {
            let each: Vec<String> = values.iter().map(|value| shown(text, value, named)).collect();
            each.join(", ")
        }
        other => other.to_string(),
    }
}

/// The question without its page, to be put behind another.
fn query(asked: &Asked) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("action", &asked.action), ("day", &asked.day), ("by", &asked.by)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    match query.finish() {
        told if told.is_empty() => told,
        told => format!("&{told}"),
    }
}
