//! `/back/log` and `/operator/log`: who managed what (`AUD-1`), to be read, searched and taken along.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use domain::ids::MerchantId;
use domain::moment::Instant;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

use crate::app::App;
use crate::audit_log::{self, Action as Noting, Filter, Noted, Of};
use crate::error::Error;
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
/// Rows that are read at once to be taken along.
const EXPORT_PAGE: i64 = 500;
/// Rows that are taken along at most; who wants more asks day by day.
const EXPORT_MAX: usize = 100_000;
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
}

pub(crate) async fn merchants(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::SeeAuditLog)?;
    of_merchant(&app, &user).page(&asked).await
}

pub(crate) async fn export_merchants(State(app): State<App>, user: User, Query(asked): Query<Asked>) -> Answered {
    user.may(Action::ExportAuditLog)?;
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
    let staff = catalogue.staff.iter();
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
        let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let changes = noted.change.map(|change| change.fields()).unwrap_or_default();
        let shown = |value: Option<Value>| match value {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
        };
        let changes = changes
            .into_iter()
            .map(|(name, old, new)| (name, shown(old), shown(new)));
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
        let is_csv = asked.format != "jsonl";
        let mut text = if is_csv { CSV_HEAD.to_owned() } else { String::new() };
        let (mut filter, mut count) = (self.filter(asked), 0);
        loop {
            let rows = self.rows(filter.clone(), EXPORT_PAGE).await?;
            for row in &rows {
                text.push_str(&line(row, is_csv)?);
            }
            count += rows.len();
            let over = rows.len() < usize::try_from(EXPORT_PAGE).unwrap_or(usize::MAX) || count >= EXPORT_MAX;
            match rows.last() {
                Some(last) if !over => filter.before = Some(last.sequence),
                _ => break,
            }
        }
        let (kind, name) = if is_csv {
            ("text/csv; charset=utf-8", "attachment; filename=\"log.csv\"")
        } else {
            ("application/jsonl", "attachment; filename=\"log.jsonl\"")
        };
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
        Ok((headers, text).into_response())
    }
}

const CSV_HEAD: &str = "sequence,recorded_at,actor,role,action,subject,address,change\r\n";

fn line(row: &Noted, is_csv: bool) -> Result<String, Failure> {
    let told = serde_json::to_value(row).map_err(|error| Error::malformed("a row of the log", error))?;
    if !is_csv {
        return Ok(format!("{told}\n"));
    }
    let names = CSV_HEAD.trim_end().split(',');
    let cells: Vec<String> = names.map(|name| cell(&told[name])).collect();
    Ok(format!("{}\r\n", cells.join(",")))
}

/// A cell that a spreadsheet reads as text: quoted, and never a formula (RFC 4180).
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let harmless = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    };
    format!("\"{}\"", harmless.replace('"', "\"\""))
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_spreadsheet_reads_text_and_no_formula() {
        assert_eq!(cell(&json!("=1+1")), "\"'=1+1\"");
        assert_eq!(cell(&json!("a \"b\"")), "\"a \"\"b\"\"\"");
        assert_eq!(cell(&json!({ "name": "Mina" })), "\"{\"\"name\"\":\"\"Mina\"\"}\"");
        assert_eq!(cell(&Value::Null), "\"\"");
    }
}
