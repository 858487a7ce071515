//! How often somebody may try: a table of limits, counted in memory where they are short, and in the database where they
//! must hold in all processes together and after a restart. Each limit is a number of tries for each key: an address, a
//! terminal, a contact. It must not know what is tried.

mod bucket;
mod kept;
mod rates;
mod refused;
mod standing;

pub use rates::{Kind, Rate, Rates};
pub use standing::telling;

use crate::app::App;
use crate::error::Error;
use crate::problem::{Code, Detail, Fault, Problem};
use crate::terminals;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use bucket::Bucket;
use governor::clock::MonotonicClock;
use refused::Refused;
use standing::Standing;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// The limit that was reached, or that is the tightest: its tries and its window.
pub const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// What is left of it, and when there is more.
pub const STANDING: HeaderName = HeaderName::from_static("ratelimit");

/// The limits that are counted in memory.
pub struct Limits {
    buckets: HashMap<Kind, Vec<(Rate, Bucket)>>,
    /// What the database refused lately.
    refused: Refused,
    /// Seeded by chance, so that nobody finds two keys that count as one.
    hasher: RandomState,
}

/// A limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limited {
    kind: Kind,
    rate: Rate,
    retry_seconds: u64,
}

/// Why something may not be tried now.
#[derive(Debug)]
pub enum Held {
    /// It was tried too often.
    Limited(Limited),
    /// The database that counts cannot be reached.
    Broken(Error),
}

impl Limits {
    /// Nothing was tried yet.
    pub fn new(rates: &Rates) -> Self {
        let of = |kind: Kind| {
            let short = rates.of(kind).iter().filter(move |rate| !rate.is_kept(kind));
            short.map(|&rate| (rate, Bucket::new(rate, MonotonicClock))).collect()
        };
        Self {
            buckets: Kind::ALL.iter().map(|&kind| (kind, of(kind))).collect(),
            refused: Refused::default(),
            hasher: RandomState::new(),
        }
    }

    /// Counts a try against the limits that are counted in memory.
    ///
    /// # Errors
    /// [`Limited`].
    pub fn check(&self, kind: Kind, key: &str) -> Result<(), Limited> {
        let hash = self.hasher.hash_one(key);
        for (rate, bucket) in self.buckets.get(&kind).into_iter().flatten() {
            let tried = bucket.check(hash).map_err(|wait| Limited {
                kind,
                rate: *rate,
                retry_seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0),
            });
            let standing = Standing {
                kind,
                rate: *rate,
                left: tried?,
                more_seconds: rate.seconds.div_ceil(u64::from(rate.tries.get())),
            };
            standing.keep();
        }
        Ok(())
    }
}

impl App {
    /// Counts a try against all limits of its kind, the shorter ones first. What is counted in memory costs no database anything,
    /// and what the database refused once is refused without it until the window is over.
    ///
    /// # Errors
    /// [`Held`].
    pub async fn limit(&self, kind: Kind, key: &str) -> Result<(), Held> {
        self.limits.check(kind, key).map_err(Held::Limited)?;
        for rate in self
            .config
            .rate_limits
            .of(kind)
            .iter()
            .filter(|rate| rate.is_kept(kind))
        {
            let limited = |retry_seconds| {
                Held::Limited(Limited {
                    kind,
                    rate: *rate,
                    retry_seconds,
                })
            };
            let (now, hash) = (
                self.clock.now().0,
                self.limits.hasher.hash_one((kind, rate.seconds, key)),
            );
            if let Some(seconds) = self.limits.refused.left(hash, now) {
                return Err(limited(seconds));
            }
            let counted = kept::count(self, kind, *rate, key).await.map_err(Held::Broken)?;
            let (left, more_seconds) = counted;
            let Some(left) = left else {
                self.limits.refused.remember(hash, now, more_seconds);
                return Err(limited(more_seconds));
            };
            let standing = Standing {
                kind,
                rate: *rate,
                left,
                more_seconds,
            };
            standing.keep();
        }
        Ok(())
    }
}

impl Limited {
    /// A code that was tried too often, and is over in so many seconds.
    pub fn of_code(retry_seconds: u64) -> Self {
        Self {
            kind: Kind::Pairing,
            rate: terminals::CODE_RATE,
            retry_seconds,
        }
    }

    /// After how many seconds the next try is worth it; never none.
    pub fn retry_seconds(self) -> u64 {
        self.retry_seconds.max(1)
    }

    /// Says it in the headers of an answer.
    pub fn tell(self, headers: &mut HeaderMap) {
        let standing = Standing {
            kind: self.kind,
            rate: self.rate,
            left: 0,
            more_seconds: self.retry_seconds(),
        };
        headers.insert(header::RETRY_AFTER, HeaderValue::from(standing.more_seconds));
        standing.tell(headers);
    }
}

impl From<Limited> for Problem {
    fn from(limited: Limited) -> Self {
        let retry = i64::try_from(limited.retry_seconds()).unwrap_or(i64::MAX);
        let fault = Fault::with("", Code::RateLimited, "retry_after", Detail::Number(retry));
        Problem {
            limited: Some(limited),
            ..fault.into()
        }
    }
}

impl From<Held> for Problem {
    fn from(held: Held) -> Self {
        match held {
            Held::Limited(limited) => limited.into(),
            Held::Broken(error) => Problem::broken(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_and_key_has_tries_of_its_own() {
        let limits = Limits::new(&Rates::read("lookup=2/m,3/m;pairing=1/m;sign_in=off").unwrap());
        let told: Vec<bool> = (0..3).map(|_| limits.check(Kind::Lookup, "trm_1").is_ok()).collect();
        assert_eq!(told, [true, true, false]);
        assert_eq!(limits.check(Kind::Lookup, "trm_2"), Ok(()));
        assert_eq!(limits.check(Kind::Pairing, "trm_1"), Ok(()));
        for _ in 0..100 {
            assert_eq!(limits.check(Kind::SignIn, "192.0.2.7"), Ok(()));
        }
    }

    #[test]
    fn what_was_reached_is_told_in_the_headers() {
        let limits = Limits::new(&Rates::read("lookup=1/m").unwrap());
        limits.check(Kind::Lookup, "trm_1").unwrap();
        let limited = limits.check(Kind::Lookup, "trm_1").unwrap_err();
        let mut headers = HeaderMap::new();
        limited.tell(&mut headers);
        assert_eq!(headers["retry-after"], "60");
        assert_eq!(headers["ratelimit-policy"], "\"lookup\";q=1;w=60");
        assert_eq!(headers["ratelimit"], "\"lookup\";r=0;t=60");
    }
}
