//! `/back/log` and `/operator/log`: who managed what (`AUD-1`), to be read, searched and taken along.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use domain::ids::MerchantId;
use domain::moment::Instant;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;

use super::names::{self, Names};
use super::{everywhere, export};
use crate::app::App;
use crate::audit_log::{self, Action as Noting, Filter, Noted, Of};
use crate::catalogue::Catalogue;
use crate::locale::Messages;
use crate::pages::back::log::{Choice, LogPage, LogRow};
use crate::pages::back::words;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{Operator, Signed, User};
use crate::people::OPERATORS;
use crate::permissions::{Action, Group};

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
    /// Whose staff and stores have names.
    catalogue: Option<&'a Catalogue>,
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
    Reading {
        app,
        signed: user.signed(),
        merchant: catalogue.merchant.id,
        zone: catalogue.zone(None).clone(),
        address: "/back/log",
        exports: user.may(Action::ExportAuditLog).is_ok(),
        catalogue: Some(catalogue),
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
        catalogue: None,
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
        let mut names = names::of(self.app, self.merchant, self.catalogue).await?;
        let people = self.people(&names, asked.by.trim());
        let page = self.signed.page(self.signed.text().back_log(), self.address);
        names.extend(names::things(self.app, self.merchant, rows.iter().flat_map(mentioned), &page).await?);
        let text = self.signed.text();
        let action = |action: &Noting| Choice::new(action.code(), words::noted(text, *action), &asked.action);
        let page = LogPage {
            page,
            bar: self.signed.bar(),
            address: self.address,
            people,
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

    /// Whose rows may be asked for: whoever does something and has a name, by it, and who was asked for in another way.
    fn people(&self, names: &Names, by: &str) -> Vec<Choice> {
        let does = |id: &str| !id.starts_with("sto_");
        let names: Names = names
            .iter()
            .filter(|(id, _)| does(id))
            .map(|(id, name)| (id.clone(), name.clone()))
            .collect();
        let mut people: Vec<(&str, String)> = names.iter().map(|(id, name)| (&**id, name.clone())).collect();
        people.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
        if !by.is_empty() && !names.contains_key(by) {
            let words = words::actor(self.signed.text(), by);
            people.push((by, words.unwrap_or_else(|| by.to_owned())));
        }
        people.into_iter().map(|(id, name)| Choice::new(id, name, by)).collect()
    }

    fn row(&self, noted: Noted, names: &Names) -> LogRow {
        let text = self.signed.text();
        let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let changes = noted.change.map(|change| change.fields()).unwrap_or_default();
        let group = match &noted.subject {
            Some(id) if id.starts_with("stf_") => Group::Staff,
            _ if self.merchant == OPERATORS => Group::Operators,
            _ => Group::Users,
        };
        let changes = changes.into_iter().filter_map(|(name, old, new)| {
            let word = |word: &str| words::value(text, (&name, group), word).unwrap_or_else(|| named(word));
            let shown = |value: Option<Value>| value.map_or_else(String::new, |value| shown(text, &value, &word));
            let (old, new) = (shown(old), shown(new));
            let nowhere = words::unsaid(text, &name);
            match (old.is_empty(), new.is_empty(), nowhere) {
                // What was left empty says where it holds, or nothing at all.
                (_, true, Some(everywhere)) => Some((words::field(text, &name), old, everywhere)),
                (true, true, None) => None,
                _ => Some((words::field(text, &name), old, new)),
            }
        });
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

/// The ids of things without a name that a row mentions.
fn mentioned(noted: &Noted) -> Vec<String> {
    let fields = noted.change.as_ref().map(audit_log::Change::fields).unwrap_or_default();
    let values = fields.into_iter().flat_map(|(_, old, new)| [old, new]).flatten();
    let values = values.filter_map(|value| value.as_str().map(str::to_owned));
    noted.subject.iter().cloned().chain(values).collect()
}

/// A value that changed: what has a name by it, several one behind the other.
fn shown(text: &Messages, value: &Value, named: &dyn Fn(&str) -> String) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => text.noted_yes(),
        Value::Bool(false) => text.noted_no(),
        // Several ids stand in one text where the table keeps them so.
        Value::String(ids) if ids.starts_with("sto_") => {
            let each: Vec<String> = ids.split_whitespace().map(named).collect();
            each.join(", ")
        }
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
