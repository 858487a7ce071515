//! The landing page: what runs here, and in a demo where to click.
//!
//! Owns: the view of `/`. Must not know: how the demo was made.

use askama::Template;

use super::card_drawing::CardFacts;
use super::page::{MerchantLook, Page};
use super::parts;

/// A merchant of the demo with the addresses to try.
#[derive(Debug, Clone)]
pub struct DemoMerchant {
    /// Name and colours.
    pub look: MerchantLook,
    /// The town, as in "Luxembourg".
    pub town: String,
    /// What kind of program, in a few words of the page's language.
    pub program: String,
    /// A card of a customer, drawn.
    pub card: CardFacts,
    /// `/c/{token}`.
    pub card_link: String,
    /// `/j/{merchant}/{program}`.
    pub join_link: String,
    /// `/till#{token}`.
    pub till_link: String,
    /// Who may show a PIN at the till, and the PIN; empty where nobody is asked.
    pub pins: Vec<(String, String)>,
}

impl DemoMerchant {
    fn people(&self) -> String {
        let people = self.pins.iter().map(|(name, pin)| format!("{name} {pin}"));
        people.collect::<Vec<_>>().join(", ")
    }
}

/// A merchant that runs here.
#[derive(Debug, Clone)]
pub struct Shop {
    /// Name and colours.
    pub look: MerchantLook,
    /// Name and `/j/{merchant}/{program}` of each program that anybody may join now.
    pub programs: Vec<(String, String)>,
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "landing.html")]
pub struct LandingPage {
    /// The context.
    pub page: Page,
    /// The demo's merchants; empty where real merchants run.
    pub demo: Vec<DemoMerchant>,
    /// The merchants that run here; shown where there is no demo.
    pub shops: Vec<Shop>,
    /// As in `0.1.0`.
    pub version: String,
    /// How many cards this installation serves, for the demo only.
    pub cards: i64,
    /// How many events they have, for the demo only.
    pub events: i64,
}

impl LandingPage {
    fn figure(&self, merchant: &DemoMerchant) -> String {
        parts::card_figure(&self.page, &merchant.card)
    }
}
