//! `GET /j/{merchant}/{program}`: what a program gives, and the form that opens a card.

use crate::app::App;
use crate::catalogue::{Catalogue, ProgramEntry, Store};
use crate::contacts;
use crate::locale::Messages;
use crate::pages::agreed;
use crate::pages::card_state::Standing;
use crate::pages::context::Reader;
use crate::pages::events::Amount;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::{html, merchant};
use crate::pages::page::Page;
use crate::pages::storefront::haste;
use crate::pages::storefront::join::{FieldError, Intake, JoinPage, Typed};
use crate::rate_limits::Kind;
use crate::secrets::base62;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use domain::card::Card;
use domain::contact::Contact;
use domain::program::ProgramStatus;
use domain::terms::SelfEnrollment;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::Arc;

/// Random bytes of the key under which a form may be sent again.
const KEY_BYTES: usize = 16;

/// The store whose poster was scanned.
#[derive(Default, Deserialize)]
pub(crate) struct Wish {
    store: Option<String>,
}

/// A program that a person wants to join, where they may.
pub(crate) struct Joining {
    pub(crate) app: App,
    pub(crate) reader: Reader,
    pub(crate) catalogue: Arc<Catalogue>,
    place: usize,
    store: Option<String>,
}

/// The page.
pub(crate) async fn form(
    State(app): State<App>,
    Path((slug, program)): Path<(String, String)>,
    Query(wish): Query<Wish>,
    reader: Reader,
) -> Answered {
    let joining = Joining::find(app, reader, &slug, &program, wish).await?;
    joining.for_everybody()?;
    joining.show(StatusCode::OK, Typed::default(), Vec::new())
}

impl Joining {
    /// The program of an address, by name or id.
    ///
    /// # Errors
    /// Not found for a program that is not public.
    pub(crate) async fn find(
        app: App,
        reader: Reader,
        slug: &str,
        program: &str,
        wish: Wish,
    ) -> Result<Joining, Failure> {
        let catalogue = merchant(&app, slug).await?;
        let id = program.parse().ok();
        let place = catalogue
            .programs
            .iter()
            .position(|entry| entry.slug == program || Some(entry.program.id()) == id);
        let place = place.ok_or_else(|| Failure::not_found().of(&catalogue))?;
        let joining = Joining {
            app,
            reader,
            catalogue,
            place,
            store: wish.store,
        };
        if joining.entry().program.status() == ProgramStatus::Draft {
            return Err(Failure::not_found().of(&joining.catalogue));
        }
        Ok(joining)
    }

    /// Refuses where staff open the cards.
    pub(crate) fn for_everybody(&self) -> Result<(), Failure> {
        if self.entry().program.terms().self_enrollment == SelfEnrollment::Open {
            Ok(())
        } else {
            Err(self.by_staff())
        }
    }

    /// Staff open the cards of this program.
    pub(crate) fn by_staff(&self) -> Failure {
        let refused = Failure::because(StatusCode::FORBIDDEN, Messages::join_by_staff);
        refused.then(Messages::join_by_staff_next).of(&self.catalogue)
    }

    /// Refuses when too many join this merchant at once.
    pub(crate) async fn not_too_many(&self) -> Result<(), Failure> {
        let merchant = self.catalogue.merchant.id.to_string();
        let counted = self.app.limit(Kind::EnrolMerchant, &merchant).await;
        counted.map_err(|held| Failure::from(held).of(&self.catalogue))
    }

    /// Refuses when somebody joined with this contact too often (`ENR-7`).
    pub(crate) async fn not_too_often(&self, contact: Option<&Contact>) -> Result<(), Failure> {
        let Some(contact) = contact else { return Ok(()) };
        let key = contacts::limit_key(&self.app.secrets, self.catalogue.merchant.id, contact);
        let counted = self.app.limit(Kind::EnrolContact, &key).await;
        counted.map_err(|held| Failure::from(held).of(&self.catalogue))
    }

    /// The program.
    pub(crate) fn entry(&self) -> &ProgramEntry {
        &self.catalogue.programs[self.place]
    }

    /// The open store that was named, if it is one of the merchant's.
    pub(crate) fn store(&self) -> Option<&Store> {
        let code = self.store.as_deref()?;
        self.catalogue
            .stores
            .iter()
            .find(|store| store.open && store.code == code)
    }

    /// Where the form goes.
    pub(crate) fn action(&self) -> String {
        let path = format!("/j/{}/{}", self.catalogue.merchant.slug, self.entry().slug);
        match self.store() {
            Some(store) => {
                let code = url::form_urlencoded::byte_serialize(store.code.as_bytes()).collect::<String>();
                format!("{path}?store={code}")
            }
            None => path,
        }
    }

    /// Whether the program takes new cards now.
    fn intake(&self) -> Intake {
        let (program, now) = (&self.entry().program, self.app.clock.now());
        if program.is_over(now) {
            Intake::Ended
        } else if self.catalogue.merchant.active && program.is_running(now) {
            Intake::Open
        } else {
            Intake::Closed
        }
    }

    /// A page of the merchant, leading back to the form.
    pub(crate) fn page(&self) -> Page {
        self.reader
            .merchant_page(&self.app, &self.catalogue, self.store().map(|store| store.id))
    }

    /// Shows the form, or that the program is closed.
    pub(crate) fn show(&self, status: StatusCode, typed: Typed, errors: Vec<FieldError>) -> Answered {
        let mut page = self.page();
        let (entry, blank) = (self.entry(), Card::blank());
        let moment = self.catalogue.moment(None, self.app.clock.now());
        let standing = Standing {
            catalogue: &self.catalogue,
            entry,
            card: &blank,
            claims: &[],
            moment,
        };
        page.title = page.text().join_title(standing.name(&page));
        let intake = self.intake();
        let view = JoinPage {
            card: standing.facts(&page, None),
            promises: promises(&standing, &page),
            intake,
            asks_age: entry.program.terms().min_age > 0,
            terms: Some(agreed::terms(&self.catalogue, entry, &page)),
            typed,
            errors,
            action: self.action(),
            shown: haste::stamp(&self.app.secrets, self.app.clock.now()),
            idempotency_key: base62::encode(&self.app.secrets.random::<KEY_BYTES>()?),
            page,
        };
        let mut answer = html(
            if intake == Intake::Open {
                status
            } else {
                StatusCode::CONFLICT
            },
            &view,
        )?;
        if status.is_client_error() {
            // Who goes back to the form after all sees it with its mistakes, not an error of the browser's.
            let kept = HeaderValue::from_static("private, no-cache");
            answer.headers_mut().insert(header::CACHE_CONTROL, kept);
        }
        Ok(answer)
    }
}

/// What the program gives, one line each: the welcome, then its rewards, as "10 stamps: a free coffee".
fn promises(standing: &Standing<'_>, page: &Page) -> Vec<String> {
    let rewards = standing.rewards(page, &HashSet::new());
    let promise = |name: &str, cost: Amount| page.text().join_promise(cost.words(page), name);
    let rewards = rewards.iter().map(|row| promise(&row.name, row.cost));
    standing.welcome(page).chain(rewards).collect()
}
