//! The shop that is measured: one program whose rules all run and refuse nothing, and as many cards as asked, opened
//! through the ledger itself. It must not know how the load is driven.

use crate::catalogue::Text;
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::error::Error;
use crate::identity::Scope;
use crate::ledger::{Answer, IdempotencyKey, Ledger, LedgerOptions, Opening, Submission};
use crate::secrets::{Secrets, token_hash};
use crate::tokens::{TokenOf, new_token};
use crate::{pins, setup, sql};
use db::{Db, params};
use domain::Card;
use domain::command::Command;
use domain::event::{Actor, Origin};
use domain::facts::Authority;
use domain::ids::{CardId, KeyId, MerchantId, PinId, ProgramId, RewardId, StaffId, StoreId, TerminalId};
use domain::number::CardNumber;
use domain::pin::{Policies, Policy};
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, Reward, RewardKind};
use domain::terms::Terms;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Who serves at the shop's terminal, and their PIN.
pub const STAFF: &str = "Bench";
pub const PIN: &str = "7391";
/// Submissions under way while the shop is filled.
const FILLERS: usize = 512;

/// A fresh id.
#[expect(
    clippy::disallowed_methods,
    reason = "the bench stands at the edge: it plays the callers"
)]
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// The shop.
#[derive(Clone, Debug)]
pub struct Shop {
    /// The tenant.
    pub merchant: MerchantId,
    /// Its one store.
    pub store: StoreId,
    /// Its one program: both units, so that stamps and points are measured on the same cards.
    pub program: ProgramId,
    /// The key that callers use.
    pub key: KeyId,
    /// Its cards.
    pub cards: Arc<[CardId]>,
}

/// What the ledger writes for one stamp, for the direct loop that writes the same without deciding.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The hashed record of an event.
    pub body: String,
    /// The state of its card.
    pub state: String,
}

impl Shop {
    /// Makes the merchant, and opens its cards.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open(db: &Db, cards: usize) -> Result<(Self, Sample), Error> {
        let cards: Vec<CardId> = (0..cards.max(1)).map(|_| CardId(fresh_id())).collect();
        let shop = Self {
            merchant: MerchantId(fresh_id()),
            store: StoreId(fresh_id()),
            program: ProgramId(fresh_id()),
            key: KeyId(fresh_id()),
            cards: cards.into(),
        };
        shop.found(db).await?;
        let clock = Clock::System;
        let ledger = Ledger::start(db, &Catalogues::default(), &clock, LedgerOptions::default());
        let mut tasks = JoinSet::new();
        let turn = Arc::new(AtomicUsize::new(0));
        for _ in 0..FILLERS.min(shop.cards.len()) {
            let (shop, ledger, turn) = (shop.clone(), ledger.clone(), turn.clone());
            tasks.spawn(async move {
                while let Some(&card) = shop.cards.get(turn.fetch_add(1, Ordering::Relaxed)) {
                    accepted(ledger.submit(shop.enrolment(card)).await)?;
                }
                Ok::<_, Error>(())
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.map_err(|error| Error::Unfit(format!("filling stopped: {error}")))??;
        }
        let sample = shop.sample(&ledger).await?;
        Ok((shop, sample))
    }

    async fn found(&self, db: &Db) -> Result<(), Error> {
        let (shop, now) = (self.clone(), Clock::System.now());
        // Everything is decided; nothing is refused for being quick or often.
        let terms = Terms {
            stamp_cooldown_minutes: 0,
            daily_stamp_cap: 0,
            anonymous_balance_cap: 0,
            pin_policy: Policies {
                earn: Policy::Optional,
                ..Policies::default()
            },
            ..Terms::default()
        };
        db.write(move |tx| {
            let new = setup::NewMerchant {
                slug: format!("bench-{}", shop.merchant.0.simple()),
                name: "Bench".into(),
                country: "LU".into(),
                timezone: "Europe/Luxembourg".into(),
                default_locale: "en".into(),
                currency: "EUR".into(),
                colour: "#8f3d2e".into(),
                mark: "bread".into(),
                cutover_minutes: 240,
            };
            setup::merchant(tx, shop.merchant, &new, now)?;
            setup::store(tx, shop.merchant, shop.store, ("B", "Bench", "1, Bench"), now)?;
            let texts = vec![(
                "en".to_owned(),
                Text {
                    name: "Bench".into(),
                    ..Text::default()
                },
            )];
            let new = setup::NewProgram {
                slug: "bench".into(),
                kind: ProgramKind::Hybrid,
                terms,
                position: 0,
                texts,
            };
            setup::program(tx, shop.merchant, shop.program, &new, "EUR", now)?;
            let reward = Reward {
                id: RewardId(fresh_id()),
                kind: RewardKind::FreeItem,
                unit: Unit::Stamp,
                cost: Cost::Completion,
                stock: None,
                conditions: Conditions::default(),
                active: true,
            };
            setup::reward(tx, shop.merchant, shop.program, &reward, 1, &[])?;
            Ok::<_, Error>(())
        })
        .await
    }

    /// Gives the shop an API key, and says its token.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn key(&self, db: &Db) -> Result<String, Error> {
        let broken = |error| Error::Unfit(format!("no API key can be made: {error}"));
        // Only chance is wanted of it: a token does not depend on the installation's secret key.
        let secrets = Secrets::from_key(&fresh_id().to_string()).map_err(broken)?;
        let token = new_token(&secrets, self.merchant, TokenOf::Key(self.key)).map_err(broken)?;
        let scopes = Scope::ALL.map(Scope::code).join(" ");
        let values = params![
            self.merchant.0,
            self.key.0,
            "bench",
            token_hash(&token),
            scopes,
            "",
            Clock::System.now().0
        ];
        db.write(move |tx| Ok::<_, Error>(tx.run(&sql::credentials::ADD_KEY, &values)?))
            .await?;
        Ok(token)
    }

    /// Gives the shop a terminal and somebody who serves there with a PIN, and says the terminal's token.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn till(&self, db: &Db, secrets: &Secrets) -> Result<String, Error> {
        let broken = |error| Error::Unfit(format!("no terminal can be made: {error}"));
        let (terminal, staff, now) = (TerminalId(fresh_id()), StaffId(fresh_id()), Clock::System.now());
        let token = new_token(secrets, self.merchant, TokenOf::Terminal(terminal)).map_err(broken)?;
        let (merchant, secrets, hash) = (self.merchant, secrets.clone(), token_hash(&token));
        let row = params![merchant.0, terminal.0, self.store.0, "Bench", hash, "paired", now.0];
        db.write(move |tx| {
            tx.run(&sql::credentials::ADD_TERMINAL, &row)?;
            setup::staff(tx, merchant, (staff, PinId(fresh_id())), (STAFF, "cashier"), now)?;
            pins::fill(tx, &secrets, (merchant, staff), &pins::Pin::typed(PIN), now)
        })
        .await?;
        Ok(token)
    }

    fn enrolment(&self, card: CardId) -> Submission {
        let number = CardNumber::from_bits(card.0.as_u128() as u64);
        let mut submission = self.submission(
            card,
            Command::Enroll {
                claimed: false,
                person: None,
            },
        );
        submission.opening = Some(Opening {
            program: self.program,
            number,
            customer: None,
            address: String::new(),
        });
        submission
    }

    /// A stamp with a key, as the API would submit it.
    pub fn stamp(&self, card: CardId, key: &str) -> Submission {
        let mut submission = self.submission(
            card,
            Command::Stamp {
                count: None,
                amount_minor: None,
            },
        );
        let route = "POST /api/v1/cards/{card}/stamps";
        submission.key = Some(IdempotencyKey::new(&self.key.to_string(), route, key, vec![7; 32]));
        submission
    }

    fn submission(&self, card: CardId, command: Command) -> Submission {
        let origin = Origin {
            actor: Actor::Key(self.key),
            store: Some(self.store),
            staff: None,
        };
        Submission::new(self.merchant, card, command, (origin, Authority::Key))
    }

    /// Opens one more card and stamps it.
    async fn sample(&self, ledger: &Ledger) -> Result<Sample, Error> {
        let id = CardId(fresh_id());
        let submissions = [self.enrolment(id), self.stamp(id, "sample")];
        let (mut card, mut body) = (Card::blank(), String::new());
        for submission in submissions {
            let event = accepted(ledger.submit(submission).await)?.receipt.event;
            let event = event.ok_or_else(|| Error::malformed("sample", "nothing happened"))?;
            card.apply(&event);
            body = json(&event)?;
        }
        Ok(Sample {
            body,
            state: json(&card)?,
        })
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::malformed("sample", error))
}

fn accepted(outcome: Result<Answer, crate::ledger::Refusal>) -> Result<Answer, Error> {
    outcome.map_err(|refusal| Error::Unfit(format!("the shop cannot be filled: {refusal:?}")))
}
