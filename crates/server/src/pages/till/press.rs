//! One press of a button at the till: from a form to the ledger, and from its answer to the page that fills the screen.
//!
//! Owns: how a till submits, and what it shows of an answer. Must not know: rules.

mod proving;

use axum::http::{HeaderValue, StatusCode, header};
use domain::command::Command;
use domain::event::{Actor, Event, EventKind, LineRule, Origin, Reason};
use domain::facts::Authority;
use domain::ids::CardId;
use domain::pin::Action;
use domain::proof::Proof;
use domain::quantity::Unit;

use super::card::{Typed, Undo};
use super::facts;
use super::form::{Fields, Unreadable};
use super::handlers::{card, confirm, html};
use super::result::{Outcome, ResultPage};
use super::rewards;
use super::serving::{self, Asked};
use super::session::Till;
use super::warning::Warning;
use super::words::{self, Input, Said};
use crate::app::App;
use crate::catalogue::{ProgramEntry, RewardEntry};
use crate::ledger::{Answer, IdempotencyKey, Refusal, Replay, Submission};
use crate::locale;
use crate::pages::events::Amount;
use crate::pages::failure::{Answered, Failure};
use crate::pages::found::Found;
use crate::pages::telling;

/// A press: who, on which card, with what typed.
pub(crate) struct Press<'a> {
    pub(crate) app: &'a App,
    pub(crate) till: &'a Till,
    pub(crate) card: CardId,
    /// What is made, as in the address: `stamps`.
    pub(crate) what: &'static str,
    pub(crate) fields: &'a Fields,
}

/// A command of a till, ready for the ledger.
pub(crate) fn submission(till: &Till, card: CardId, command: Command, key: Option<IdempotencyKey>) -> Submission {
    let origin = Origin {
        actor: Actor::Terminal(till.terminal()),
        store: Some(till.store()),
        staff: None,
    };
    Submission {
        key,
        proof: till.proof(card),
        locale: till.locale().to_owned(),
        ..Submission::new(till.merchant(), card, command, (origin, Authority::Cashier))
    }
}

/// The card that an address names; any other text is the same as a card that is not there.
pub(crate) fn card_of(till: &Till, id: &str) -> Result<CardId, Failure> {
    let unknown = Failure::because(StatusCode::NOT_FOUND, |text| text.found_unknown());
    id.parse().map_err(|_| till.failure(unknown))
}

impl Press<'_> {
    /// Submits and answers. What cannot be read comes back in the form.
    pub(crate) async fn answer(&self, command: Result<Command, Unreadable>) -> Answered {
        let found = facts::find(self.app, self.till, self.card).await?;
        let command = match command {
            Ok(command) => command,
            Err(fault) => {
                return self
                    .again(words::of_field(self.till, fault), words::input_of(fault))
                    .await;
            }
        };
        let stale = Failure::because(StatusCode::BAD_REQUEST, |text| text.refused_form());
        let key = self.key().ok_or_else(|| self.till.failure(stale))?;
        if serving::asks_manager(self.fields) && serving::has_shown_nothing(self.fields) {
            let why = self.hindrance(&found, command).await?;
            return self.asked().manager(None, why.as_ref());
        }
        let served = match Action::of(&command) {
            Some(action) => serving::served(self.app, self.till, self.fields, (action, Some(self.card))).await?,
            None => None,
        };
        let mut wanted = submission(self.till, self.card, command.clone(), Some(key));
        wanted.proof = self.proof(&found, &command).await?;
        wanted.override_reason = serving::override_reason(self.fields);
        match self.app.ledger.submit(serving::by(wanted, served.as_ref())).await {
            Ok(answer) => self.served(served, found, &answer).await,
            // Nobody knows whether it was done. No answer of the till's, so that the same key asks again.
            Err(Refusal::Broken) => Err(self.till.failure(Refusal::Broken.into())),
            Err(Refusal::Pin(refusal)) => self.unproven(&found, command, refusal).await,
            Err(refusal) => self.refused(&found, &refusal).await,
        }
    }

    /// How the card was shown: the customer's answer, where the form holds one, else what was scanned (`CRD-3`).
    pub(super) async fn proof(&self, found: &Found, command: &Command) -> Result<Proof, Failure> {
        match self.fields.text("proof") {
            "" => Ok(self.till.proof(self.card)),
            confirmation => confirm::proof(self.app, self.till, found, command, confirmation).await,
        }
    }

    fn key(&self) -> Option<IdempotencyKey> {
        let key = self.fields.key()?;
        let route = format!("POST /till/cards/{{card}}/{}", self.what);
        let input_hash = self
            .app
            .secrets
            .input_hash(&route, &self.card.to_string(), &self.fields.asked());
        Some(IdempotencyKey::new(&self.till.principal(), &route, key, input_hash))
    }

    /// The form again, with what was typed and what is wrong with it.
    pub(crate) async fn again(&self, problem: String, input: Input) -> Answered {
        let text = |name| self.fields.text(name).to_owned();
        let redeems = self.what == "redemptions";
        let wrong = match input {
            Input::Money if redeems => "payable",
            Input::Money => "amount",
            Input::Number if redeems => "points",
            Input::Number => "count",
            Input::Reference => "order_ref",
            Input::None => "",
        };
        let typed = Typed {
            problem: Some(problem),
            wrong,
            reward: text(if self.fields.text("claim").is_empty() {
                "reward"
            } else {
                "claim"
            }),
            count: text("count"),
            amount: text("amount"),
            order_ref: text("order_ref"),
            points: text("points"),
            payable: text("payable"),
        };
        card::answer(self.app, self.till, self.card, StatusCode::UNPROCESSABLE_ENTITY, typed).await
    }

    async fn refused(&self, found: &Found, refusal: &Refusal) -> Answered {
        let entry = found.entry(self.till.catalogue())?;
        let said = words::of_refusal(self.till, found, entry, refusal);
        if said.is_field {
            return self.again(said.sentence, said.input).await;
        }
        let Said { status, .. } = said;
        let held = found.card.balance_on(self.till.moment().day);
        let mut view = self.view(found, held, said.outcome())?;
        if words::is_for_manager(entry, refusal) && serving::has_manager(self.till) {
            let Asked { action, fields, .. } = self.asked();
            view.manager = Some((action, fields.kept()));
        }
        if words::wants_open_card(refusal) {
            let action = format!("/till/cards/{}/confirmations", self.card);
            let mut kept = self.fields.kept();
            kept.retain(|(name, _)| !matches!(name.as_str(), "proof" | "idempotency_key"));
            view.confirm = Some((action, kept));
        }
        let mut answer = html(status, &view)?;
        if status == StatusCode::SERVICE_UNAVAILABLE {
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        Ok(answer)
    }

    /// A replay is told with the balance of then, so that it says the same. It is done already: where the card cannot
    /// be read again, what was read before has to do.
    async fn accepted(&self, before: Found, answer: &Answer) -> Result<(StatusCode, ResultPage), Failure> {
        let receipt = &answer.receipt;
        // The ledger may have gone on to the card that this one went into.
        let found = facts::find(self.app, self.till, receipt.card).await.unwrap_or(before);
        let entry = found.entry(self.till.catalogue())?;
        let new = answer.replay == Replay::New && receipt.event.is_some();
        let status = if new { StatusCode::CREATED } else { StatusCode::OK };
        let outcome = match &receipt.event {
            Some(event) => self.outcome(event, &found, entry),
            None => self.nothing(&answer.receipt.outcomes, entry),
        };
        let mut view = self.view(&found, receipt.balance, outcome)?;
        view.notes = self.notes(answer, entry);
        view.notes
            .extend(receipt.event.as_ref().and_then(|event| self.left_to_pay(event, entry)));
        if let Some(event) = receipt
            .event
            .as_ref()
            .filter(|event| event.sequence == found.card.version)
        {
            view.undo = undo(self.app, self.till, &found, event).await;
        }
        Ok((status, view))
    }

    fn view(&self, found: &Found, held: domain::event::Balance, outcome: Outcome) -> Result<ResultPage, Failure> {
        let till = self.till;
        let id = found.id.to_string();
        let card = found.drawing(till, found.entry(till.catalogue())?, held);
        let (name, page) = (
            found.first_name.clone(),
            till.page(till.text().till_title(), format!("/till/cards/{id}")),
        );
        Ok(ResultPage {
            page,
            bar: till.bar(),
            id,
            card,
            name,
            outcome,
            notes: Vec::new(),
            own_pin: false,
            undo: None,
            manager: None,
            confirm: None,
        })
    }

    fn outcome(&self, event: &Event, found: &Found, entry: &ProgramEntry) -> Outcome {
        match event.kind {
            EventKind::Redeemed | EventKind::ClaimUsed => self.redeemed(event, entry),
            EventKind::Voided => self.taken_back(event, found),
            _ => Outcome::Given(telling::moved(event)),
        }
    }

    /// What is handed over, or taken off the price.
    fn redeemed(&self, event: &Event, entry: &ProgramEntry) -> Outcome {
        let name = |id| facts::reward_name(self.till, id);
        let offered = event.reward.and_then(|id| self.till.catalogue().reward(id));
        let off = |offered: &RewardEntry| rewards::off(self.till, entry, &offered.reward, -event.moved(Unit::Point));
        let claim = event.claims.first();
        Outcome::Redeemed {
            reward: event.reward.and_then(name).unwrap_or_default(),
            claim: claim.map(|claim| paired(&claim.code)).unwrap_or_default(),
            off: offered.and_then(off),
        }
    }

    /// What is still to be paid with money when points paid a part, and that only this earns (`PTS-1`).
    fn left_to_pay(&self, event: &Event, entry: &ProgramEntry) -> Option<String> {
        let reward = self.till.catalogue().reward(event.reward?)?;
        let currency = entry.program.currency();
        let digits = locale::minor_digits(currency.code());
        let payable_minor = self.fields.money("payable", digits).ok()??;
        let off_minor = rewards::off_minor(entry, &reward.reward, -event.moved(Unit::Point))?;
        let left_minor = (payable_minor - off_minor).max(0);
        let money = self.till.page("", "").locale.money(left_minor, currency.code());
        let earns = left_minor > 0 && entry.program.kind().has_points();
        let text = self.till.text();
        Some(if earns {
            text.result_rest(money)
        } else {
            text.redeem_rest(money)
        })
    }

    /// What was taken back: value that was given, or a reward, and then what is on the card again.
    fn taken_back(&self, event: &Event, found: &Found) -> Outcome {
        let page = self.till.page("", "");
        let undone = found.events.iter().find(|other| event.reverses == Some(other.sequence));
        if let Some(undone) = undone.filter(|undone| undone.kind.is_redemption()) {
            let back: Vec<String> = telling::moved(event).iter().map(|amount| amount.words(&page)).collect();
            return Outcome::RewardTakenBack {
                reward: named(self.till, undone).unwrap_or_else(|| telling::shown(undone.kind).title(&page)),
                back: Some(back.join(", ")).filter(|back| !back.is_empty()),
            };
        }
        let given = telling::moved(event).into_iter().map(|amount| Amount {
            amount: -amount.amount,
            ..amount
        });
        let what: Vec<String> = given.map(|amount| amount.signed_words(&page)).collect();
        Outcome::TakenBack { what: what.join(", ") }
    }

    /// Why an amount gave nothing (`PTS-5`): a limit, else that it is too small.
    fn nothing(&self, outcomes: &[domain::event::Outcome], entry: &ProgramEntry) -> Outcome {
        let page = self.till.page("", "");
        let warnings = outcomes
            .iter()
            .filter_map(|outcome| Warning::of_outcome(entry, outcome));
        let warnings: Vec<Warning> = warnings.collect();
        if !warnings.is_empty() {
            let sentences: Vec<String> = warnings.iter().map(|warning| warning.words(&page)).collect();
            let (sentence, next) = (sentences.join(" "), None);
            return if warnings.iter().all(Warning::is_wait) {
                Outcome::Wait { sentence, next }
            } else {
                Outcome::No { sentence, next }
            };
        }
        let is_below = |outcome: &domain::event::Outcome| outcome.code.as_deref() == Some("below_minimum");
        let sentence = if outcomes.iter().any(is_below) {
            let (program, minimum) = (&entry.program, entry.program.terms().min_purchase_minor);
            let minimum = page.locale.money(minimum, program.currency().code());
            self.till.text().nothing_given_below(minimum)
        } else {
            self.till.text().nothing_given()
        };
        Outcome::No { sentence, next: None }
    }

    /// What else staff should read: told before, one unit refused, shortened, a welcome that
    /// came along (`WEL-1`), a reward that became ready.
    fn notes(&self, answer: &Answer, entry: &ProgramEntry) -> Vec<String> {
        let text = self.till.text();
        let page = self.till.page("", "");
        let mut notes = Vec::new();
        if answer.replay == Replay::ByReference {
            notes.push(text.note_recorded(page.spoken(answer.receipt.at.0)));
        }
        // Without an event they are the answer itself.
        let outcomes = answer.receipt.event.iter().flat_map(|_| &answer.receipt.outcomes);
        let warnings = outcomes.filter_map(|outcome| Warning::of_outcome(entry, outcome));
        notes.extend(warnings.map(|warning| warning.words(&page)));
        let event = answer.receipt.event.as_ref().filter(|event| event.kind.is_earn());
        for line in event.map(|event| event.why.as_slice()).unwrap_or_default() {
            if line.rule == LineRule::Welcome {
                notes.push(text.note_welcome(facts::amount(line.unit, line.contribution).words(&page)));
            }
        }
        for claim in event.map(|event| event.claims.as_slice()).unwrap_or_default() {
            notes.push(text.note_claim(facts::reward_name(self.till, claim.reward).unwrap_or_default()));
        }
        notes
    }
}

/// The name of the reward that an event gave.
fn named(till: &Till, event: &Event) -> Option<String> {
    let id = event.reward.filter(|_| event.kind.is_redemption())?;
    facts::reward_name(till, id).filter(|name| !name.is_empty())
}

/// A claim's code in two halves, as it is compared by eye.
pub(crate) fn paired(code: &str) -> String {
    code.split_at_checked(4)
        .map_or_else(|| code.to_owned(), |(left, right)| format!("{left}-{right}"))
}

/// What may be taken back now: the rules say whether, without doing it.
pub(crate) async fn undo(app: &App, till: &Till, found: &Found, event: &Event) -> Option<Undo> {
    if event.origin.actor != Actor::Terminal(till.terminal()) || event.kind == EventKind::Voided {
        return None;
    }
    let command = Command::Void {
        event: event.sequence,
        reason: Reason::Mistake,
    };
    // Whoever did it may take it back, once they show that it is them.
    let mut looked = submission(till, found.id, command, None);
    looked.origin.staff = event.origin.staff;
    app.ledger.preview(looked).await.ok()?;
    let page = till.page("", "");
    let moved: Vec<String> = telling::moved(event)
        .iter()
        .map(|amount| amount.signed_words(&page))
        .collect();
    let moved = Some(moved.join(", ")).filter(|moved| !moved.is_empty());
    let what = named(till, event)
        .or(moved)
        .unwrap_or_else(|| telling::shown(event.kind).title(&page));
    let id = found.event_id(event.sequence);
    // An event is taken back once, so that its id is key enough, on every page that offers it.
    Some(Undo {
        idempotency_key: format!("undo-{id}"),
        event: id,
        what,
        at: event.at.0,
    })
}
