//! How an accepted command is answered: 201 for a new effect, 200 when nothing was awarded or the reference was known,
//! and byte for byte the first answer when the key was known (`IDM-2`).

use super::Api;
use super::receipts::ReceiptView;
use super::request::Asked;
use crate::ledger::{Answer, Refusal, Replay, Submission};
use crate::locale::Locale;
use crate::problem::{Place, Problem};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Command;
use domain::ids::CardId;
use serde::Serialize;

/// An answer to a command.
pub struct Told {
    status: StatusCode,
    replayed: bool,
    location: Option<String>,
    body: Result<String, serde_json::Error>,
}

impl Told {
    /// An answer with a view of it.
    pub fn new(answer: &Answer, view: &impl Serialize) -> Self {
        let status = if answer.created {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        };
        Self {
            status,
            replayed: answer.replay == Replay::ByKey,
            location: None,
            body: serde_json::to_string(view),
        }
    }

    /// The receipt of an answer, in the language in which it was first told.
    pub fn receipt(answer: &Answer) -> Self {
        let locale = Locale::parse(&answer.locale).unwrap_or_default();
        let told = Self::new(answer, &ReceiptView::new(&answer.receipt, locale));
        let event = answer.receipt.event.as_ref();
        let location = event.map(|event| {
            let id = domain::ids::EventId {
                card: answer.receipt.card,
                sequence: event.sequence,
            };
            format!("/api/v1/cards/{}/events/{id}", answer.receipt.card)
        });
        Self { location, ..told }
    }

    /// What was asked for waits for somebody (202).
    pub fn waiting(view: &impl Serialize) -> Self {
        Self {
            status: StatusCode::ACCEPTED,
            replayed: false,
            location: None,
            body: serde_json::to_string(view),
        }
    }

    /// The same, where the new thing is found.
    pub fn at(self, location: String) -> Self {
        Self {
            location: Some(location),
            ..self
        }
    }

    /// The same with 200 instead of 201: something ended, nothing began.
    pub fn ended(self) -> Self {
        Self {
            status: StatusCode::OK,
            ..self
        }
    }
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let body = match self.body {
            Ok(body) => body,
            Err(error) => return Problem::broken(&error).into_response(),
        };
        let mut response = (self.status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        let headers = response.headers_mut();
        if self.replayed {
            headers.insert(
                HeaderName::from_static("idempotent-replayed"),
                HeaderValue::from_static("true"),
            );
        }
        let created = self.status == StatusCode::CREATED;
        let location = self
            .location
            .filter(|_| created)
            .and_then(|location| HeaderValue::from_str(&location).ok());
        if let Some(location) = location {
            headers.insert(header::LOCATION, location);
        }
        response
    }
}

/// An answer that shows something.
pub struct Shown<T>(pub T);

impl<T: Serialize> IntoResponse for Shown<T> {
    fn into_response(self) -> Response {
        match serde_json::to_string(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => Problem::broken(&error).into_response(),
        }
    }
}

impl Api {
    /// Submits a command for the card in the address and tells its receipt.
    ///
    /// # Errors
    /// Whatever the ledger refuses.
    pub async fn tell<T>(&self, asked: &Asked<T>, command: Command) -> Result<Told, Problem> {
        let submission = asked.submission(asked.card()?, command);
        let answer = self.submit(submission, &asked.place(self)).await?;
        Ok(Told::receipt(&answer))
    }

    /// Submits a command.
    ///
    /// # Errors
    /// Whatever the ledger refuses, told for a place.
    pub async fn submit(&self, submission: Submission, place: &Place) -> Result<Answer, Problem> {
        let answer = self.app.ledger.submit(submission).await;
        answer.map_err(|refusal: Refusal| Problem::of_refusal(&refusal, place))
    }

    /// Where a card is found.
    pub fn card_address(card: CardId) -> String {
        format!("/api/v1/cards/{card}")
    }
}
