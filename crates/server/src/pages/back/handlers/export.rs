//! The log of who managed what as a file: row by row, however long it is, and without holding more than a page of it. A file
//! that ends too early ends the connection, so that nobody takes it for the whole.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use domain::ids::MerchantId;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::app::App;
use crate::audit_log::{self, Filter, Noted};
use crate::error::{Causes, Error};
use crate::pages::failure::Answered;

/// Rows that are read at once.
const PAGE_ROWS: i64 = 500;

/// The rows of a filter, the newest first, as CSV or as lines of JSON.
///
/// # Errors
/// When the first of them cannot be read.
pub(super) async fn all(app: App, merchant: MerchantId, filter: Filter, is_csv: bool) -> Answered {
    let mut writing = Writing {
        app,
        merchant,
        filter,
        is_csv,
        over: false,
    };
    let head = if is_csv { CSV_HEAD } else { "" };
    let first = format!("{head}{}", writing.next().await?);
    let (sender, receiver) = mpsc::channel(2);
    tokio::spawn(async move {
        let mut text = Ok(first);
        loop {
            let is_broken = text.is_err();
            if let Err(error) = &text {
                tracing::warn!(error = %Causes(error), "a file of the log ends too early");
            }
            if sender.send(text).await.is_err() || is_broken || writing.over {
                return;
            }
            text = writing.next().await;
        }
    });
    let (kind, name) = if is_csv {
        ("text/csv; charset=utf-8", "attachment; filename=\"log.csv\"")
    } else {
        ("application/jsonl", "attachment; filename=\"log.jsonl\"")
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

/// How far a file is.
struct Writing {
    app: App,
    merchant: MerchantId,
    filter: Filter,
    is_csv: bool,
    /// Whether nothing follows.
    over: bool,
}

impl Writing {
    /// The next page, as it is written.
    async fn next(&mut self) -> Result<String, Error> {
        let (merchant, filter) = (self.merchant, self.filter.clone());
        let read = self
            .app
            .db
            .read(move |tx| audit_log::read(tx, merchant, &filter, PAGE_ROWS));
        let rows = read.await?;
        let mut text = String::new();
        for row in &rows {
            text.push_str(&line(row, self.is_csv)?);
        }
        self.over = rows.len() < usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
        self.filter.before = rows.last().map(|row| row.sequence).or(self.filter.before);
        Ok(text)
    }
}

const CSV_HEAD: &str = "sequence,recorded_at,actor,role,action,subject,address,change\r\n";

fn line(row: &Noted, is_csv: bool) -> Result<String, Error> {
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
