//! The requests of the load: what a point of sale sends. It must not know which server answers.

use super::fill::{PIN, STAFF};
use super::load::Traffic;
use super::wire::Caller;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// A stamp on any card.
    Stamp,
    /// A stamp at a terminal.
    Till,
    /// A stamp at a terminal, with a PIN.
    Pin,
    /// A stamp, every other time on the first card.
    Hot,
    /// Points for 12.50 with an order reference.
    Earn,
    /// JSON in and out behind everything that a request passes, nothing else.
    Noop,
    /// The same request where nothing is passed.
    Bare,
}

/// Requests on the cards of one shop; every one has a key of its own.
pub struct Visits {
    caller: Caller,
    visit: Visit,
    cards: Arc<[String]>,
    body: String,
    run: String,
    number: AtomicU64,
}

impl Visits {
    /// Visits of one kind. `run` sets the keys apart from those of any other visits.
    pub fn new(caller: Caller, visit: Visit, cards: Arc<[String]>, store: &str, run: String) -> Self {
        let body = match visit {
            Visit::Earn => {
                format!("{{\"amount_minor\":1250,\"currency\":\"EUR\",\"store\":\"{store}\",\"order_ref\":\"")
            }
            Visit::Pin => format!("{{\"store\":\"{store}\",\"staff\":\"{STAFF}\",\"pin\":\"{PIN}\"}}"),
            _ => format!("{{\"store\":\"{store}\"}}"),
        };
        Self {
            caller,
            visit,
            cards,
            body,
            run,
            number: AtomicU64::new(0),
        }
    }
}

impl Traffic for Visits {
    fn next(&self, dice: u64, out: &mut String) {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let key = format!("{}-{number:x}", self.run);
        let nothing = match self.visit {
            Visit::Bare => Some("/noop-bare"),
            Visit::Noop => Some("/api/v1/noop"),
            _ => None,
        };
        if let Some(path) = nothing {
            return self.caller.post(out, path, Some(&key), &self.body);
        }
        let index = match self.visit {
            // The lowest bit chooses the card that everybody wants, the others any card.
            Visit::Hot if dice & 1 == 0 => 0,
            _ => ((dice >> 1) % self.cards.len().max(1) as u64) as usize,
        };
        let card = self.cards.get(index).map_or("", String::as_str);
        if self.visit == Visit::Earn {
            let path = format!("/api/v1/cards/{card}/points");
            let mut body = self.body.clone();
            // Writing to a text cannot fail.
            let _ = write!(body, "{key}\"}}");
            return self.caller.post(out, &path, Some(&key), &body);
        }
        self.caller
            .post(out, &format!("/api/v1/cards/{card}/stamps"), Some(&key), &self.body);
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::Dice;
    use super::*;
    use std::collections::HashSet;

    fn visits(visit: Visit) -> Visits {
        let caller = Caller {
            host: "h".into(),
            token: Some("t".into()),
        };
        let cards: Vec<String> = (0..100).map(|number| format!("card_{number}")).collect();
        Visits::new(caller, visit, cards.into(), "sto_1", "run".into())
    }

    fn some(visit: Visit) -> Vec<String> {
        let (visits, mut dice) = (visits(visit), Dice::new(1));
        (0..2_000)
            .map(|_| {
                let mut out = String::new();
                visits.next(dice.roll(), &mut out);
                out
            })
            .collect()
    }

    #[test]
    fn every_request_has_a_key_of_its_own() {
        let keys: HashSet<String> = some(Visit::Stamp)
            .iter()
            .filter_map(|text| text.lines().find(|line| line.starts_with("Idem")))
            .map(str::to_owned)
            .collect();
        assert_eq!(keys.len(), 2_000);
    }

    #[test]
    fn half_of_the_hot_requests_meet_on_one_card() {
        let on_first = |all: Vec<String>| {
            all.iter()
                .filter(|text| text.starts_with("POST /api/v1/cards/card_0/"))
                .count()
        };
        assert!((900..1100).contains(&on_first(some(Visit::Hot))));
        assert!(on_first(some(Visit::Stamp)) < 60);
    }

    #[test]
    fn an_order_is_told_as_json() {
        let text = some(Visit::Earn).remove(0);
        let body = text.split("\r\n\r\n").nth(1).unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            (&body["amount_minor"], &body["currency"]),
            (&1250.into(), &"EUR".into())
        );
        assert_eq!((&body["store"], &body["order_ref"]), (&"sto_1".into(), &"run-0".into()));
        assert!(text.contains("/points HTTP/1.1\r\n"));
    }
}
