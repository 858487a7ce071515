//! What only one may have: a number, a contact, a person's card of a program (`CRD-1`, `CRD-4`, `ENR-4`).

use super::on_both;
use crate::support::books::{Books, Engine, all_of, id, stamp};
use db::Db;
use domain::command::Command;
use domain::event::Reason;
use domain::ids::{CardId, CustomerId, ProgramId};
use domain::number::CardNumber;
use server::ledger::{Answer, Ledger, LedgerOptions, Opening, OpeningCustomer, Refusal, SealedContact, Submission};
use server::sql::lookups;

/// The opening of a card for whoever has a contact.
fn opening(books: &Books, program: ProgramId, contact: &str) -> Submission {
    let number = CardNumber::from_bits(id().as_u128() as u64);
    let customer = OpeningCustomer {
        id: CustomerId(id()),
        first_name: Some("Mina".into()),
        locale: "lb".into(),
        via: "api".into(),
        contact: Some(SealedContact {
            kind: "email",
            lookup: contact.as_bytes().to_vec(),
            sealed: b"sealed".to_vec(),
        }),
    };
    let claimed = Command::Enroll {
        claimed: true,
        person: Some(contact.into()),
    };
    let mut submission = books.submission(CardId(id()), claimed);
    submission.opening = Some(Opening {
        program,
        number,
        customer: Some(customer),
        address: String::new(),
    });
    submission
}

/// An anonymous card with a number.
async fn numbered(books: &Books, number: &CardNumber) -> Result<Answer, Refusal> {
    let command = Command::Enroll {
        claimed: false,
        person: None,
    };
    let mut submission = books.submission(CardId(id()), command);
    submission.opening = Some(Opening {
        program: books.programs[0],
        number: number.clone(),
        customer: None,
        address: String::new(),
    });
    books.ledger.submit(submission).await
}

async fn replace(books: &Books, card: CardId, number: &CardNumber) -> Result<Answer, Refusal> {
    let mut submission = books.submission(card, Command::Replace { reason: Reason::Lost });
    submission.new_number = Some(number.clone());
    books.ledger.submit(submission).await
}

/// Of all who asked for a card for one person, one got it, and the others were told which it is.
fn one_of(outcomes: Vec<Result<Answer, Refusal>>) -> CardId {
    let opened: Vec<CardId> = outcomes.iter().flatten().map(|answer| answer.receipt.card).collect();
    assert_eq!(opened.len(), 1, "{outcomes:?}");
    for refusal in outcomes.into_iter().filter_map(Result::err) {
        assert!(
            matches!(refusal, Refusal::AlreadyEnrolled(card) if card == opened[0]),
            "{refusal:?}"
        );
    }
    opened[0]
}

/// Twenty ask for a card for the same person at once.
async fn ask(books: &Books, program: usize) -> Vec<Result<Answer, Refusal>> {
    let asked = (0..20).map(|_| opening(books, books.programs[program], "mina"));
    all_of(asked.map(|submission| books.ledger.submit(submission))).await
}

async fn a_person_gets_one_card_of_a_program_however_many_ask(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let first = one_of(ask(&books, 0).await);
    for outcome in ask(&books, 0).await {
        assert!(matches!(outcome, Err(Refusal::AlreadyEnrolled(card)) if card == first));
    }
    assert_ne!(one_of(ask(&books, 1).await), first);
    // Closed in the same breath, the place is free again: at once, or when the close of another batch is on disk.
    let close = books.submission(first, Command::Close { confirm: true });
    let reopen = || books.ledger.submit(opening(&books, books.programs[0], "mina"));
    let outcomes = all_of([books.ledger.submit(close), reopen()]).await;
    assert!(outcomes[0].is_ok(), "{outcomes:?}");
    match &outcomes[1] {
        Ok(_) => {}
        Err(Refusal::AlreadyEnrolled(card)) if *card == first => drop(reopen().await.unwrap()),
        Err(other) => panic!("{other:?}"),
    }
    books.audited().await;
}

async fn a_number_is_given_once_for_ever(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let [first, second, third] = [7, 8, 9].map(CardNumber::from_bits);
    let taken = |outcome: Result<Answer, Refusal>| matches!(outcome, Err(Refusal::NumberTaken));
    let card = numbered(&books, &first).await.unwrap().receipt.card;
    assert!(taken(numbered(&books, &first).await));
    assert!(taken(replace(&books, card, &first).await));
    replace(&books, card, &second).await.unwrap();
    assert!(taken(numbered(&books, &first).await));
    assert!(taken(replace(&books, card, &first).await));
    let other = numbered(&books, &third).await.unwrap().receipt.card;
    assert!(taken(replace(&books, other, &first).await));
    assert!(taken(replace(&books, other, &second).await));
    replace(&books, card, &CardNumber::from_bits(10)).await.unwrap();
    books.give(other, stamp()).await.unwrap();
    books.audited().await;
}

async fn a_number_is_given_once_to_many_who_ask_at_once(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let number = CardNumber::from_bits(7);
    let outcomes = all_of((0..20).map(|_| numbered(&books, &number))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let refused = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    assert!(
        refused
            .into_iter()
            .all(|refusal| matches!(refusal, Refusal::NumberTaken))
    );
    books.audited().await;
}

async fn every_number_a_card_had_is_taken_out_of_use(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let numbers: Vec<CardNumber> = (1..=13).map(CardNumber::from_bits).collect();
    let card = numbered(&books, &numbers[0]).await.unwrap().receipt.card;
    let outcomes = all_of(numbers[1..].iter().map(|number| replace(&books, card, number))).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let merchant = books.merchant.0;
    let read = move |tx: &mut db::Transaction<'_>| {
        let mut found = (Vec::new(), Vec::new());
        for number in numbers {
            let current = lookups::card_by_number(tx, merchant, number.as_str())?.is_some();
            let revoked = lookups::is_revoked_number(tx, merchant, number.as_str())?;
            found.0.push(current);
            found.1.push(revoked);
        }
        Ok::<_, db::Error>(found)
    };
    let (current, revoked) = books.engine.db.read(read).await.unwrap();
    assert_eq!(current.iter().filter(|is| **is).count(), 1);
    assert!(
        current
            .iter()
            .zip(&revoked)
            .all(|(current, revoked)| current != revoked)
    );
    books.audited().await;
}

/// Whoever lost the answer to a commit looks whether the card is there: its id is new, so only this call can have made it.
async fn an_opening_that_was_committed_is_told_and_not_done_again(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let submission = opening(&books, books.programs[0], "mina");
    let first = books.ledger.submit(submission.clone()).await.unwrap();
    let again = books.ledger.submit(submission).await.unwrap();
    assert_eq!((&again.receipt, again.created), (&first.receipt, true));
    let report = books.audited().await;
    assert_eq!((report.cards, report.events), (1, 1));
}

/// Two processes: what one took between the other's look and its save is seen at the second look.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_give_a_person_one_card() {
    let books = Books::open(crate::support::books::postgres().await, |_| {}).await;
    let second = Db::open(&books.engine.options).await.unwrap();
    let other = Ledger::start(&second, &books.catalogues, &books.clock, LedgerOptions::default());
    for round in 0..20 {
        let contact = format!("mina{round}");
        let ask = |ledger: &Ledger| {
            let ledger = ledger.clone();
            let asked = opening(&books, books.programs[0], &contact);
            async move { ledger.submit(asked).await }
        };
        let outcomes = all_of((0..6).map(|turn| ask(if turn % 2 == 0 { &books.ledger } else { &other }))).await;
        one_of(outcomes);
    }
    books.audited().await;
}

on_both!(
    a_person_gets_one_card_of_a_program_however_many_ask,
    a_number_is_given_once_for_ever,
    a_number_is_given_once_to_many_who_ask_at_once,
    every_number_a_card_had_is_taken_out_of_use,
    an_opening_that_was_committed_is_told_and_not_done_again,
);
