//! What goes wrong behind a page, as a page in the reader's language.
//!
//! Owns: [`Failure`], which handlers answer with, and the layer that turns it, and every bare error status, into a
//! page. Something broken is logged here, once, with its causes. Must not know: any one page.

use super::context::Reader;
use super::problem::ProblemPage;
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::edge::RequestId;
use crate::error::{Causes, Error, outage};
use crate::ledger::Refusal;
use crate::locale::Messages;
use crate::people;
use crate::problem::Problem;
use crate::rate_limits::{Held, Limited};
use crate::secrets::SecretError;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// Why a page cannot be shown. Handlers return it; the layer [`show`] makes the page.
#[derive(Clone)]
pub(crate) struct Failure {
    status: StatusCode,
    sentence: Option<fn(&Messages) -> String>,
    next: Option<fn(&Messages) -> String>,
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
    whose: Option<Arc<Catalogue>>,
    retry_seconds: Option<u32>,
    limited: Option<Box<Limited>>,
    elsewhere: Option<Box<HeaderValue>>,
    signs_in: bool,
}

/// What a handler of a page answers.
pub(crate) type Answered = Result<Response, Failure>;

impl Failure {
    fn new(status: StatusCode) -> Failure {
        Failure {
            status,
            sentence: None,
            next: None,
            cause: None,
            whose: None,
            retry_seconds: None,
            limited: None,
            elsewhere: None,
            signs_in: false,
        }
    }

    /// What was here is at another address of ours now.
    pub(crate) fn elsewhere(address: &str) -> Failure {
        match HeaderValue::from_str(address) {
            Ok(address) => Failure {
                elsewhere: Some(Box::new(address)),
                ..Failure::new(StatusCode::SEE_OTHER)
            },
            Err(error) => Failure::broken(error),
        }
    }

    /// Nobody knows this address.
    pub(crate) fn not_found() -> Failure {
        Failure::new(StatusCode::NOT_FOUND)
    }

    /// What was sent makes no sense; no form of ours sends it.
    pub(crate) fn bad_request() -> Failure {
        Failure::new(StatusCode::BAD_REQUEST)
    }

    /// A status with its own sentence.
    pub(crate) fn because(status: StatusCode, sentence: fn(&Messages) -> String) -> Failure {
        Failure {
            sentence: Some(sentence),
            ..Failure::new(status)
        }
    }

    /// Says what the person may do now.
    pub(crate) fn then(self, next: fn(&Messages) -> String) -> Failure {
        Failure {
            next: Some(next),
            ..self
        }
    }

    /// In the colours and the default language of a merchant.
    pub(crate) fn of(self, catalogue: &Arc<Catalogue>) -> Failure {
        Failure {
            whose: Some(catalogue.clone()),
            ..self
        }
    }

    /// Where a letter helps: leads to where a customer of the merchant asks for one.
    pub(crate) fn signs_in(self) -> Failure {
        Failure { signs_in: true, ..self }
    }

    /// Too much at once; it will work again soon.
    pub(crate) fn busy() -> Failure {
        Failure {
            retry_seconds: Some(1),
            ..Failure::new(StatusCode::SERVICE_UNAVAILABLE)
        }
    }

    /// Something of ours broke.
    pub(crate) fn broken(cause: impl std::error::Error + Send + Sync + 'static) -> Failure {
        Failure {
            cause: Some(Arc::new(cause)),
            ..Failure::new(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

impl From<Limited> for Failure {
    fn from(limited: Limited) -> Failure {
        Failure {
            limited: Some(Box::new(limited)),
            ..Failure::new(StatusCode::TOO_MANY_REQUESTS)
        }
    }
}

impl From<Held> for Failure {
    fn from(held: Held) -> Failure {
        match held {
            Held::Limited(limited) => limited.into(),
            Held::Broken(error) => error.into(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match outage(&error) {
            Some(_) => Failure {
                status: StatusCode::SERVICE_UNAVAILABLE,
                retry_seconds: Some(1),
                ..Failure::broken(error)
            },
            None => Failure::broken(error),
        }
    }
}

impl From<db::Error> for Failure {
    fn from(error: db::Error) -> Failure {
        Failure::from(Error::from(error))
    }
}

impl From<Problem> for Failure {
    /// For problems that a page has no better words for. What broke was logged where the problem was made.
    fn from(problem: Problem) -> Failure {
        let status = problem.code.status();
        let retry_seconds = matches!(status.as_u16(), 503).then_some(1);
        Failure {
            limited: problem.limited.map(Box::new),
            retry_seconds,
            ..Failure::new(status)
        }
    }
}

impl From<people::Refusal> for Failure {
    fn from(refusal: people::Refusal) -> Failure {
        match refusal {
            people::Refusal::Problem(problem) => problem.into(),
            _ => Failure::not_found(),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        Failure::broken(error)
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Failure {
        Failure::broken(error)
    }
}

impl From<Refusal> for Failure {
    /// For refusals that a page has no better words for.
    fn from(refusal: Refusal) -> Failure {
        match refusal {
            Refusal::NoSuchCard | Refusal::Objected(_) => Failure::not_found(),
            Refusal::Revoked(_) => Failure::because(StatusCode::UNAUTHORIZED, Messages::pair_revoked),
            Refusal::Pin(_) => Failure::because(StatusCode::UNAUTHORIZED, Messages::error_pin_required),
            Refusal::Busy | Refusal::InProgress | Refusal::Unwritable => Failure::busy(),
            Refusal::Rejected(_)
            | Refusal::KeyReused
            | Refusal::NumberTaken
            | Refusal::AlreadyEnrolled(_)
            | Refusal::Taken(_) => Failure::new(StatusCode::CONFLICT),
            // The ledger logged why.
            Refusal::Broken => Failure::new(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut answer = self.status.into_response();
        if let Some(seconds) = self.retry_seconds {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(limited) = &self.limited {
            limited.tell(answer.headers_mut());
        }
        if let Some(address) = &self.elsewhere {
            answer.headers_mut().insert(LOCATION, HeaderValue::clone(address));
        }
        answer.extensions_mut().insert(self);
        answer
    }
}

/// A layer: failures, and error statuses without a page of their own, become a page.
pub(crate) async fn show(State(app): State<App>, reader: Reader, request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.to_string())
        .unwrap_or_default();
    let answer = next.run(request).await;
    let failed = answer.status().is_client_error() || answer.status().is_server_error();
    if !failed || is_html(answer.headers()) {
        return answer;
    }
    let (mut parts, _) = answer.into_parts();
    let failure = parts
        .extensions
        .remove::<Failure>()
        .unwrap_or_else(|| Failure::new(parts.status));
    if let Some(cause) = &failure.cause {
        let cause: &(dyn std::error::Error + 'static) = cause.as_ref();
        let error = Causes(cause);
        if failure.status == StatusCode::SERVICE_UNAVAILABLE {
            tracing::warn!(%error, "the database cannot serve a page");
        } else {
            tracing::error!(%error, "why a page broke");
        }
    }
    let Ok(html) = page(&app, &reader, &failure, id).render() else {
        return parts.status.into_response();
    };
    let mut answer = Html(html).into_response();
    for name in [CONTENT_TYPE, CONTENT_LENGTH] {
        parts.headers.remove(name);
    }
    answer.headers_mut().extend(parts.headers);
    *answer.status_mut() = parts.status;
    answer
}

/// How long to wait, in whole minutes.
fn wait(limited: Limited) -> i64 {
    i64::try_from(limited.retry_seconds().div_ceil(60)).unwrap_or(i64::MAX)
}

fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn page(app: &App, reader: &Reader, failure: &Failure, id: String) -> ProblemPage {
    let mut page = match &failure.whose {
        Some(catalogue) => reader.merchant_page(app, catalogue, None),
        None => reader.page(app),
    };
    let text = page.text();
    let sentence = match (failure.sentence, failure.status.as_u16()) {
        (Some(sentence), _) => sentence(text),
        (None, 404) => text.problem_not_found(),
        (None, 413) => text.problem_too_large(),
        (None, 429) => text.problem_too_often(),
        (None, 503) => text.problem_busy(),
        (None, 500..=599) => text.problem_broken(),
        (None, 401 | 403) => text.problem_forbidden(),
        (None, _) => text.problem_not_understood(),
    };
    page.title = sentence.trim_end_matches('.').to_owned();
    let request_id = failure
        .status
        .is_server_error()
        .then_some(id)
        .filter(|id| !id.is_empty());
    let next = failure.next.map(|next| next(text));
    let next = next.or_else(|| {
        failure
            .limited
            .as_deref()
            .map(|limited| text.problem_too_often_next(wait(*limited)))
    });
    let whose = failure.whose.as_ref().filter(|_| failure.signs_in);
    ProblemPage {
        page,
        status: failure.status.as_u16(),
        sentence,
        next,
        letter: whose.map(|catalogue| format!("/my/{}", catalogue.merchant.slug)),
        request_id,
    }
}
