//! Two cards become one (`MRG-1`): once, wholly, and followed from then on (`CARD-STATE`), also while others write.

use super::on_both;
use crate::support::books::{Books, Engine, all_of, earn, id, redeem, stamp, void};
use domain::Rejection;
use domain::card::CardStatus;
use domain::claim::ClaimStatus;
use domain::command::{Command, Wanted};
use domain::event::{EventKind, Reason};
use domain::ids::{CardId, CustomerId};
use domain::number::CardNumber;
use domain::terms::StampCompletion;
use server::ledger::{
    Answer, Ledger, LedgerOptions, Opening, OpeningCustomer, Refusal, Replay, SealedContact, Submission,
};
use server::sql;

fn merge(from: CardId) -> Command {
    let reason = Reason::Duplicate;
    Command::Merge { from, reason }
}

fn rejected(outcome: Result<Answer, Refusal>) -> Rejection {
    match outcome {
        Err(Refusal::Rejected(rejection)) => rejection,
        other => panic!("{other:?}"),
    }
}

async fn what_two_cards_hold_comes_together(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let [into, from] = [
        books.enroll(books.programs[1]).await,
        books.enroll(books.programs[1]).await,
    ];
    books.give(into, earn(1_200, None)).await.unwrap();
    books.give(from, earn(3_000, Some("A-1"))).await.unwrap();
    let merged = books.keyed(into, merge(from), "once").await.unwrap();
    assert_eq!((merged.receipt.card, merged.receipt.balance.points), (into, 42));
    let event = merged.receipt.event.clone().unwrap();
    assert_eq!(event.kind, EventKind::MergedIn);
    let again = books.keyed(into, merge(from), "once").await.unwrap();
    assert_eq!((again.replay, again.receipt), (Replay::ByKey, merged.receipt));
    assert_eq!(rejected(books.give(into, merge(from)).await), Rejection::InvalidState);
    assert_eq!(rejected(books.give(from, merge(into)).await), Rejection::InvalidState);
    books.audited().await;
    // What gives goes to the card that goes on, and says so; what takes does not.
    let followed = books.keyed(from, earn(500, Some("A-2")), "followed").await.unwrap();
    assert_eq!(
        (followed.receipt.card, followed.receipt.followed_from),
        (into, Some(from))
    );
    assert_eq!(followed.receipt.balance.points, 47);
    let again = books.keyed(from, earn(500, Some("A-2")), "followed").await.unwrap();
    assert_eq!(again.receipt, followed.receipt);
    assert_eq!(
        rejected(books.give(from, redeem(books.voucher)).await),
        Rejection::CardMerged { into }
    );
    assert_eq!(
        rejected(books.give(from, void(2)).await),
        Rejection::CardMerged { into }
    );
    // An order that earned before is told again under both cards, and earns on neither.
    for card in [from, into] {
        let told = books.give(card, earn(3_000, Some("A-1"))).await.unwrap();
        assert_eq!((told.replay, told.receipt.card), (Replay::ByReference, from));
        let told = books.give(card, earn(500, Some("A-2"))).await.unwrap();
        assert_eq!((told.replay, told.receipt.card), (Replay::ByReference, into));
        assert_eq!(
            rejected(books.give(card, earn(4_000, Some("A-1"))).await),
            Rejection::OrderRefConflict
        );
    }
    books.audited().await;
}

async fn what_does_not_belong_together_stays_apart(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let [one, other] = [
        books.enroll(books.programs[0]).await,
        books.enroll(books.programs[1]).await,
    ];
    assert_eq!(
        rejected(books.give(one, merge(other)).await),
        Rejection::ProgramMismatch
    );
    assert_eq!(rejected(books.give(one, merge(one)).await), Rejection::SameCard);
    let nobody = CardId(id());
    assert!(matches!(books.give(one, merge(nobody)).await, Err(Refusal::NoSuchCard)));
    assert!(matches!(books.give(nobody, merge(one)).await, Err(Refusal::NoSuchCard)));
    books.audited().await;
}

async fn a_claim_goes_over_and_is_handed_over_once(engine: Engine) {
    let books = Books::open(engine, |terms| {
        terms.stamp_target = 2;
        terms.stamp_completion = StampCompletion::AutoClaim;
    })
    .await;
    let [into, from] = [
        books.enroll(books.programs[0]).await,
        books.enroll(books.programs[0]).await,
    ];
    for _ in 0..3 {
        books.give(from, stamp()).await.unwrap();
    }
    let merged = books.give(into, merge(from)).await.unwrap();
    let claims = merged.receipt.event.unwrap().claims;
    assert_eq!((claims.len(), claims[0].status), (1, ClaimStatus::Issued));
    let hand_over = Command::Redeem {
        wanted: Wanted::Claim(claims[0].id),
        points: None,
        payable_minor: None,
        order: None,
    };
    books.give(into, hand_over.clone()).await.unwrap();
    let again = rejected(books.give(into, hand_over).await);
    assert!(matches!(again, Rejection::AlreadyRedeemed { .. }), "{again:?}");
    books.audited().await;
}

/// The opening of a card for whoever has a contact.
fn opening(books: &Books, contact: &str) -> Submission {
    let customer = OpeningCustomer {
        id: CustomerId(id()),
        first_name: None,
        locale: "lb".into(),
        via: "test".into(),
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
        program: books.programs[0],
        number: CardNumber::from_bits(id().as_u128() as u64),
        customer: Some(customer),
        address: String::new(),
    });
    submission
}

async fn whose_card_went_into_another_has_that_one(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let open = |contact| books.ledger.submit(opening(&books, contact));
    let mina = open("mina").await.unwrap().receipt.card;
    let theo = open("theo").await.unwrap().receipt.card;
    books.give(theo, merge(mina)).await.unwrap();
    for contact in ["mina", "theo"] {
        let known = open(contact).await;
        assert!(
            matches!(known, Err(Refusal::AlreadyEnrolled(card)) if card == theo),
            "{known:?}"
        );
    }
    books.give(theo, Command::Close { confirm: true }).await.unwrap();
    let anew = open("mina").await.unwrap().receipt.card;
    assert!(anew != mina && anew != theo);
    let known = open("mina").await;
    assert!(
        matches!(known, Err(Refusal::AlreadyEnrolled(card)) if card == anew),
        "{known:?}"
    );
    books.audited().await;
}

/// Two processes merge eight cards crosswise while both give stamps by any of them: in whatever order it happens, nothing
/// is lost and nothing doubled.
async fn any_order_of_merges_keeps_every_stamp(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let other = Ledger::start(
        &books.engine.db,
        &books.catalogues,
        &books.clock,
        LedgerOptions::default(),
    );
    let mut cards = Vec::new();
    for _ in 0..8 {
        cards.push(books.enroll(books.programs[0]).await);
    }
    let mut asked = Vec::new();
    for round in 0..3usize {
        for (place, &card) in cards.iter().enumerate() {
            let into = cards[(place * 3 + round + 1) % cards.len()];
            let ledger = if (place + round) % 2 == 0 {
                &books.ledger
            } else {
                &other
            };
            asked.push((ledger, books.submission(card, stamp())));
            asked.push((ledger, books.submission(into, merge(card))));
            asked.push((ledger, books.submission(card, stamp())));
        }
    }
    let outcomes = all_of(asked.into_iter().map(|(ledger, one)| ledger.submit(one))).await;
    let (mut stamps, mut merges) = (0, 0);
    for outcome in outcomes {
        match outcome {
            Ok(answer)
                if answer
                    .receipt
                    .event
                    .as_ref()
                    .is_some_and(|event| event.kind == EventKind::Stamped) =>
            {
                stamps += 1
            }
            Ok(_) => merges += 1,
            Err(Refusal::Rejected(rejection)) => {
                let sound = matches!(rejection, Rejection::InvalidState | Rejection::SameCard);
                assert!(sound, "{rejection:?}");
            }
            Err(refusal) => panic!("{refusal:?}"),
        }
    }
    assert_eq!(stamps, 48, "whatever card was named, one took the stamp");
    assert!(merges > 3, "{merges} merges");
    let merchant = books.merchant;
    let held = books
        .engine
        .db
        .read(move |tx| {
            let mut sums = (0, 0);
            for card in cards {
                let row = tx.row(&sql::cards::READ, &db::params![merchant.0, card.0])?;
                let state: String = row.ok_or(db::Error::Closed)?.get(4)?;
                let card: domain::Card = serde_json::from_str(&state).unwrap();
                sums.0 += card.balance_on(card.day).stamps;
                sums.1 += i64::from(card.status == CardStatus::Merged);
            }
            Ok::<_, server::error::Error>(sums)
        })
        .await
        .unwrap();
    assert_eq!(held, (stamps, merges));
    books.audited().await;
}

on_both!(
    what_two_cards_hold_comes_together,
    what_does_not_belong_together_stays_apart,
    a_claim_goes_over_and_is_handed_over_once,
    whose_card_went_into_another_has_that_one,
    any_order_of_merges_keeps_every_stamp,
);
