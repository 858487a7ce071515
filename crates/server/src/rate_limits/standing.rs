//! What is left of a limit, told in the answer to whoever was counted: a request remembers the tightest of its limits. Only
//! what is counted by the caller's own address, terminal or key is told; how often a contact or a shop was tried is nobody's
//! business.

use super::{Kind, POLICY, Rate, STANDING};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use std::cell::Cell;

tokio::task_local! {
    static TIGHTEST: Cell<Option<Standing>>;
}

/// What is left of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) kind: Kind,
    pub(super) rate: Rate,
    /// Tries that are left.
    pub(super) left: u32,
    /// In how many seconds there is more.
    pub(super) more_seconds: u64,
}

/// Answers a request, and tells in its headers what is left of the limits that it was counted by.
pub async fn telling(answer: impl Future<Output = Response>) -> Response {
    let answered = async {
        let mut response = answer.await;
        // What was reached is told already.
        let tightest = TIGHTEST.with(Cell::get);
        if let Some(standing) = tightest.filter(|_| !response.headers().contains_key(STANDING)) {
            standing.tell(response.headers_mut());
        }
        response
    };
    TIGHTEST.scope(Cell::new(None), answered).await
}

impl Standing {
    /// Keeps it for the answer, unless another limit of the request is tighter.
    pub(super) fn keep(self) {
        if self.kind.is_of_others() {
            return;
        }
        // Outside of a request nobody is told.
        let _ = TIGHTEST.try_with(|tightest| {
            if tightest.get().is_none_or(|known| self.left < known.left) {
                tightest.set(Some(self));
            }
        });
    }

    /// Says it in the headers of an answer.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        let (name, tries, window) = (self.kind.code(), self.rate.tries, self.rate.seconds);
        let texts = [
            (POLICY, format!("\"{name}\";q={tries};w={window}")),
            (STANDING, format!("\"{name}\";r={};t={}", self.left, self.more_seconds)),
        ];
        for (name, text) in texts {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;
    use std::num::NonZeroU32;

    fn standing(kind: Kind, left: u32) -> Standing {
        let tries = NonZeroU32::new(30).unwrap();
        let rate = Rate { tries, seconds: 60 };
        Standing {
            kind,
            rate,
            left,
            more_seconds: 2,
        }
    }

    #[tokio::test]
    async fn the_tightest_of_the_callers_own_is_told() {
        let answer = telling(async {
            standing(Kind::Lookup, 7).keep();
            standing(Kind::SignIn, 5).keep();
            standing(Kind::Lookup, 6).keep();
            standing(Kind::EnrolContact, 1).keep();
            standing(Kind::EnrolMerchant, 1).keep();
            "done".into_response()
        });
        let answer = answer.await;
        assert_eq!(answer.headers()["ratelimit"], "\"sign_in\";r=5;t=2");
        assert_eq!(answer.headers()["ratelimit-policy"], "\"sign_in\";q=30;w=60");
        let silent = telling(async { "done".into_response() }).await;
        assert!(silent.headers().get("ratelimit").is_none());
    }
}
