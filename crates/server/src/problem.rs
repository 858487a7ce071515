//! What HTTP says when something cannot be done: `application/problem+json` (RFC 9457) with a stable code, a sentence in
//! the caller's language, and an entry for each field. One file turns every cause into a [`Problem`]; the edge writes it
//! out, because only the edge knows the language and the request id.

mod codes;
mod refusals;
mod sentences;

pub use codes::Code;
pub use refusals::Place;

use crate::error::{Causes, Outage, outage};
use crate::locale::Locale;
use crate::rate_limits::Limited;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::ids::StoreId;
use domain::moment::Instant;
use domain::quantity::{Currency, Unit};
use domain::reward::Unavailable;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A detail of a problem: exact for programs, readable for people.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// A number.
    Number(i64),
    /// An amount in minor units.
    Money(i64, Currency),
    /// An instant, with what is needed to say it as people do.
    Moment {
        /// When.
        at: Instant,
        /// What time it is.
        now: Instant,
        /// On whose wall.
        zone: TimeZone,
    },
    /// A word that is the same in every language.
    Word(String),
    /// A kind of value.
    Kind(Kind),
    /// So many stamps or points.
    Amount(Unit, i64),
    /// So many entries of a list.
    Entries(i64),
    /// A store, with its name for people.
    Store(StoreId, String),
    /// Why a reward is not to be had.
    Unavailable(Unavailable),
}

/// Kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `"…"`.
    Text,
    /// `12`.
    WholeNumber,
    /// `true`.
    YesOrNo,
    /// `[…]`.
    List,
    /// `{…}`.
    Object,
}

impl Kind {
    /// The name in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::WholeNumber => "integer",
            Kind::YesOrNo => "boolean",
            Kind::List => "array",
            Kind::Object => "object",
        }
    }
}

/// Details by name.
pub type Details = Vec<(&'static str, Detail)>;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// A JSON pointer into the body, or the name of a parameter.
    pub pointer: String,
    /// What is wrong.
    pub code: Code,
    /// With what.
    pub details: Details,
}

impl Fault {
    /// A fault without details.
    pub fn new(pointer: impl Into<String>, code: Code) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            details: Vec::new(),
        }
    }

    /// A fault with one detail.
    pub fn with(pointer: impl Into<String>, code: Code, name: &'static str, detail: Detail) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            details: vec![(name, detail)],
        }
    }
}

/// A refusal as HTTP tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong, in sum.
    pub code: Code,
    /// What is wrong, one by one; the first gives the sum its code.
    pub faults: Vec<Fault>,
    /// The limit that was reached, if it was one.
    pub limited: Option<Limited>,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self {
            code,
            faults: Vec::new(),
            limited: None,
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self {
            code: fault.code,
            faults: vec![fault],
            limited: None,
        }
    }
}

impl Problem {
    /// A problem with what explains it.
    pub fn with(code: Code, name: &'static str, detail: Detail) -> Self {
        Fault::with("", code, name, detail).into()
    }

    /// Several faults together. What is wrong with the shape comes before what is not there.
    pub fn of_faults(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.code == Code::NotFound);
        let code = faults.first().map_or(Code::Internal, |fault| fault.code);
        Self {
            code,
            faults,
            limited: None,
        }
    }

    /// Something broke, or the database is away. It is logged here, once; the caller learns only the request id.
    pub fn broken<E: std::error::Error + 'static>(error: &E) -> Self {
        let causes = Causes(error);
        match outage(error) {
            Some(Outage::Passing) => {
                tracing::warn!(error = %causes, "the database cannot serve");
                Code::Busy.into()
            }
            Some(Outage::Unwritable) => {
                tracing::warn!(error = %causes, "the database cannot be written");
                Code::StorageUnwritable.into()
            }
            None => {
                tracing::error!(error = %causes, "why a request broke");
                Code::Internal.into()
            }
        }
    }

    /// What it says, in sum.
    pub fn sentence(&self, locale: Locale) -> String {
        let own = self.faults.first().map_or(&[][..], |fault| fault.details.as_slice());
        sentences::sentence(self.code, own, locale)
    }

    /// The document that is sent.
    pub fn document(&self, locale: Locale, request_id: &str) -> String {
        let own = self.faults.first().map_or(&[][..], |fault| fault.details.as_slice());
        let mut document = Map::new();
        document.insert("type".into(), json!(format!("urn:trei:problem:{}", self.code.text())));
        document.insert("title".into(), json!(self.code.title()));
        document.insert("status".into(), json!(self.code.status().as_u16()));
        document.insert("code".into(), json!(self.code.text()));
        document.insert("detail".into(), json!(self.sentence(locale)));
        let errors: Vec<Value> = self.faults.iter().map(|fault| entry(fault, locale)).collect();
        document.insert("errors".into(), json!(errors));
        document.insert("request_id".into(), json!(request_id));
        for (name, detail) in own {
            document.entry(*name).or_insert_with(|| exact(detail));
        }
        Value::Object(document).to_string()
    }
}

fn entry(fault: &Fault, locale: Locale) -> Value {
    let params: Map<String, Value> = fault
        .details
        .iter()
        .map(|(name, detail)| ((*name).to_owned(), exact(detail)))
        .collect();
    json!({
        "pointer": fault.pointer,
        "code": fault.code.text(),
        "message": sentences::sentence(fault.code, &fault.details, locale),
        "params": params,
    })
}

/// A detail as programs read it.
fn exact(detail: &Detail) -> Value {
    match detail {
        Detail::Number(number) => json!(number),
        Detail::Money(minor, _) => json!(minor),
        Detail::Moment { at, .. } => json!(rfc3339(*at)),
        Detail::Word(word) => json!(word),
        Detail::Kind(kind) => json!(kind.code()),
        Detail::Amount(_, count) | Detail::Entries(count) => json!(count),
        Detail::Store(id, _) => json!(id.to_string()),
        Detail::Unavailable(reason) => json!(reason.code()),
    }
}

/// An instant as the API writes it.
pub fn rfc3339(at: Instant) -> String {
    jiff::Timestamp::from_microsecond(at.0).unwrap_or_default().to_string()
}

impl IntoResponse for Problem {
    /// The status and headers; the edge fills in the document, found among the extensions.
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
        match self.code {
            Code::Busy | Code::IdempotencyInProgress => set(header::RETRY_AFTER, "1"),
            Code::StorageUnwritable => set(header::RETRY_AFTER, "30"),
            Code::Unauthenticated | Code::TerminalRevoked | Code::PairingCodeInvalid => {
                set(header::WWW_AUTHENTICATE, "Bearer")
            }
            _ => None,
        };
        if let Some(limited) = self.limited {
            limited.tell(headers);
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_exact_for_programs_and_readable_for_people() {
        let zone = TimeZone::get("Europe/Luxembourg").unwrap();
        let now = Instant(1_795_000_000_000_000);
        let at = now.plus_minutes(60);
        let problem = Problem::with(Code::CooldownActive, "retry_at", Detail::Moment { at, now, zone });
        let document: Value = serde_json::from_str(&problem.document(Locale::En, "r-1")).unwrap();
        assert_eq!(document["code"], "cooldown_active");
        assert_eq!(document["status"], 409);
        assert_eq!(document["retry_at"], rfc3339(at));
        assert_eq!(document["errors"][0]["params"]["retry_at"], rfc3339(at));
        assert!(document["detail"].as_str().unwrap().contains("today "), "{document}");
        assert_eq!(document["request_id"], "r-1");
    }

    #[test]
    fn a_database_that_is_away_is_not_a_mistake_of_ours() {
        use crate::error::Error;
        let away = Error::from(db::Error::ConnectionLost { source: None });
        let (busy, full) = (Problem::broken(&away), Problem::broken(&db::Error::DiskFull));
        assert_eq!((busy.code, full.code), (Code::Busy, Code::StorageUnwritable));
        assert!(busy.into_response().headers().contains_key(header::RETRY_AFTER));
        let broken = Error::malformed("card", "no");
        assert_eq!(Problem::broken(&broken).code, Code::Internal);
    }

    #[test]
    fn every_code_has_a_sentence_in_four_languages() {
        for &code in Code::ALL {
            for locale in Locale::ALL {
                let said = sentences::sentence(code, &[], locale);
                assert!(said.len() > 5 && said.ends_with('.'), "{}: {said}", code.text());
            }
        }
    }
}
