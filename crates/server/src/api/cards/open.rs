//! `POST /cards`: staff or a program opens a card.

use crate::api::Api;
use crate::api::fields::{Given, body};
use crate::api::kinds::{self, Label, LocaleWord, PinWord, Slug, StoreRef, TypedContact, TypedNumber};
use crate::api::opening::{Wish, contact, program};
use crate::api::request::{Asked, Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::api::views::card::OpenedCard;
use crate::catalogue::Catalogue;
use crate::locale::Locale;
use crate::permissions;
use crate::problem::{Fault, Problem};
use axum::extract::State;
use domain::Command;
use domain::ids::CardId;
use domain::pin::Action;

body! {
    /// A card to open.
    pub struct OpenCardRequest {
        /// Of which program: an id, or its name in addresses.
        #[schema(example = "prg_01kan2x8fye4ttq8z0n9ms3v4c")]
        pub program: Slug,
        /// In which store.
        pub store: Option<StoreRef>,
        /// An e-mail address or a phone number; without one the card is nobody's yet.
        #[schema(example = "mina@example.lu")]
        pub contact: Option<TypedContact>,
        /// What the person likes to be called.
        pub first_name: Option<Label>,
        /// The person's language; the merchant's unless given.
        pub locale: Option<LocaleWord>,
        /// The version of the terms that was accepted; a terminal must say it, a key may.
        pub terms_version: Option<i64>,
        /// The number of a printed card; random unless given.
        #[schema(example = "4KQ7 29FM X3AY")]
        pub number: Option<TypedNumber>,
        /// Who served: an id or a name.
        pub staff: Option<Label>,
        /// The PIN of who serves, at terminals that ask for it.
        pub pin: Option<PinWord>,
    }
}

impl Asking for OpenCardRequest {
    const ACTION: permissions::Action = permissions::Action::EnrolCards;
    const PIN_FOR: Option<Action> = Some(Action::Enroll);

    fn joint(given: &Given<'_>, catalogue: &Catalogue) -> Vec<Fault> {
        let text = given.text("contact").and_then(kinds::contact);
        let wrong = text.and_then(|typed| contact(&typed, catalogue, "/contact").err());
        wrong.into_iter().collect()
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff).shown(&self.pin, &None)
    }
}

fn wish(asked: &Asked<OpenCardRequest>) -> Wish {
    let body = &asked.body;
    let fallback = Locale::parse(&asked.catalogue.merchant.default_locale).unwrap_or_default();
    Wish {
        program: program(&asked.catalogue, &body.program),
        contact: body.contact.clone().map(|text| text.0),
        pending: None,
        first_name: body.first_name.clone().map(|text| text.0),
        locale: body.locale.map_or(fallback, |word| word.0),
        terms: body.terms_version,
        number: body.number.clone().map(|typed| typed.0),
        via: "api",
    }
}

/// Open a card.
#[utoipa::path(
    post, path = "/cards", operation_id = "create_card", tag = "cards",
    security(("bearer" = ["cards:write"])), request_body = OpenCardRequest,
    responses((status = 201, description = "Opened.", body = OpenedCard)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<OpenCardRequest>) -> Result<Told, Problem> {
    let wish = wish(&asked);
    let id = CardId(
        api.app
            .secrets
            .new_id(api.app.clock.now())
            .map_err(|error| Problem::broken(&error))?,
    );
    let blank = asked.submission(
        id,
        Command::Enroll {
            claimed: false,
            person: None,
        },
    );
    let answer = api.open(blank, &wish, &asked.catalogue, &asked.place(&api)).await?;
    let card = api.opened(&answer, &wish)?;
    Ok(Told::new(&answer, &card).at(Api::card_address(answer.receipt.card)))
}
