//! How a card ends (`CRD-5`): with what waits on it.

use crate::support::books::{Books, Engine, stamp};
use domain::Rejection;
use domain::claim::ClaimStatus;
use domain::command::{Command, Wanted};
use domain::terms::StampCompletion;
use server::ledger::Refusal;

async fn a_waiting_claim_ends_with_its_card(engine: Engine) {
    let books = Books::open(engine, |terms| {
        terms.stamp_target = 2;
        terms.stamp_completion = StampCompletion::AutoClaim;
    })
    .await;
    let card = books.enroll(books.programs[0]).await;
    for _ in 0..6 {
        books.give(card, stamp()).await.unwrap();
    }
    let minted = |answer: server::ledger::Answer| answer.receipt.event.as_ref().unwrap().claims.clone();
    let last = minted(books.give(card, stamp()).await.unwrap());
    assert!(last.is_empty());
    let fourth = minted(books.give(card, stamp()).await.unwrap())[0].id;
    let hand_over = Command::Redeem {
        wanted: Wanted::Claim(fourth),
        points: None,
        payable_minor: None,
        order: None,
    };
    books.give(card, hand_over.clone()).await.unwrap();
    let close = |confirm| books.give(card, Command::Close { confirm });
    assert!(matches!(
        close(false).await,
        Err(Refusal::Rejected(Rejection::BalanceNotEmpty))
    ));
    let voided = minted(close(true).await.unwrap());
    assert_eq!(voided.len(), 3);
    assert!(
        voided
            .iter()
            .all(|claim| claim.status == ClaimStatus::Voided && claim.id != fourth)
    );
    assert!(matches!(
        books.give(card, hand_over).await,
        Err(Refusal::Rejected(Rejection::CardClosed))
    ));
    books.audited().await;
}

super::on_both!(a_waiting_claim_ends_with_its_card);
