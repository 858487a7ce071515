//! One file a group of forms: who asks, what is asked, one call, the answer.

pub(crate) mod account;
pub(crate) mod factor;
pub(crate) mod home;
pub(crate) mod passkeys;
pub(crate) mod sign_in;
pub(crate) mod welcome;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::sign_in::Trouble;
use super::words;
use crate::locale::Locale;
use crate::pages::failure::Failure;
use crate::people::Refusal;
use crate::problem::{Code, Problem};

/// What a form says of a problem; what is no fault of who typed is a page of its own.
fn trouble(problem: Problem, locale: Locale) -> Result<(StatusCode, Trouble), Failure> {
    let told = [Code::InvalidCredentials, Code::MfaInvalid, Code::TooManyAttempts];
    if !told.contains(&problem.code) {
        return Err(problem.into());
    }
    let trouble = Trouble {
        code: problem.code.text(),
        sentence: problem.sentence(locale),
    };
    Ok((problem.code.status(), trouble))
}

/// The same for everything that may be refused about an account.
fn trouble_of(refusal: Refusal, locale: Locale) -> Result<(StatusCode, Trouble), Failure> {
    let text = locale.messages();
    let (code, sentence) = match refusal {
        Refusal::Problem(problem) => return trouble(problem, locale),
        Refusal::Weak(weak) => ("password_weak", words::weak(text, weak)),
        Refusal::Unreadable => ("unreadable", text.welcome_unreadable()),
        Refusal::AddressTaken => ("address_taken", text.welcome_taken()),
        Refusal::LinkUsed => return Err(over(|text| text.welcome_used())),
        Refusal::LinkExpired => return Err(over(|text| text.welcome_expired())),
        Refusal::PasskeyRefused => ("passkey_refused", text.passkey_refused()),
        Refusal::NothingOffered => return Err(Failure::not_found()),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Trouble { code, sentence }))
}

fn over(sentence: fn(&crate::locale::Messages) -> String) -> Failure {
    Failure::because(StatusCode::GONE, sentence).then(|text| text.welcome_next())
}

/// A form that was refused; where there were too many tries, with when to come back at the latest.
fn answered(mut answer: Response) -> Response {
    if answer.status() == StatusCode::TOO_MANY_REQUESTS {
        let value = HeaderValue::from(crate::people::sign_in::RETRY_SECONDS_MAX);
        answer.headers_mut().insert(header::RETRY_AFTER, value);
    }
    answer
}
