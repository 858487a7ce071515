//! The style page: every colour, size, component and page in every state, to look at in development.
//!
//! Owns: `/style` and below. Must not know: anything real; it shows samples only.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::card_drawing::{Balance, CardFacts, NextReward, Points, Stamps};
use super::page::{MerchantLook, Page, THEME_COOKIE, Theme};
use super::{files, parts, preferences, samples};
use crate::brand::Brand;
use crate::locale::{self, Locale, Wishes, negotiate};

/// The style page and its samples, for development.
pub(crate) fn samples_router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/style", get(style))
        .route("/style/{page}/{sample}", get(show))
        .route("/style/{page}/{sample}/fragment", get(fragment))
        .route("/style/{page}/{sample}/stream", get(stream))
}

/// Routes that need no ledger: the style page, the built files, the samples' stylesheets, language and look.
pub fn router() -> Router {
    samples_router()
        .route("/m/{slug}/theme.css", get(theme))
        .merge(files::router())
        .merge(preferences::router())
}

/// The stylesheet of a shop of the samples.
pub(crate) fn sample_theme(slug: &str) -> Option<Response> {
    samples::shops()
        .iter()
        .find(|shop| shop.slug == slug)
        .map(|shop| files::theme(&shop.brand))
}

/// One colour of the tokens with its name.
struct Swatch {
    name: &'static str,
    class: String,
}

/// The page of components.
#[derive(Template)]
#[template(path = "style.html")]
pub struct StylePage {
    page: Page,
    swatches: Vec<Swatch>,
    shops: Vec<MerchantLook>,
    cards: Vec<CardFacts>,
    pages: Vec<(&'static str, Vec<&'static str>)>,
}

const COLOURS: [&str; 18] = [
    "paper",
    "surface",
    "sunk",
    "ink",
    "ink-soft",
    "ink-faint",
    "line",
    "line-firm",
    "line-control",
    "accent",
    "on-accent",
    "accent-soft",
    "accent-ink",
    "positive",
    "caution",
    "negative",
    "yes",
    "wait",
];

impl StylePage {
    /// The page in one language and look.
    pub fn new(locale: Locale, theme: Theme) -> StylePage {
        let mut page = Page::new(locale, "Style", "/style");
        page.theme = theme;
        page.now_at = samples::NOW_AT;
        let mut pages: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for sample in samples::all(locale, theme) {
            match pages.last_mut() {
                Some((last, names)) if *last == sample.page => names.push(sample.name),
                _ => pages.push((sample.page, vec![sample.name])),
            }
        }
        StylePage {
            page,
            swatches: COLOURS
                .iter()
                .map(|name| Swatch {
                    name,
                    class: format!("swatch-{name}"),
                })
                .collect(),
            shops: samples::shops().to_vec(),
            cards: drawings(),
            pages,
        }
    }

    fn figure(&self, card: &CardFacts) -> String {
        parts::card_figure(&self.page, card)
    }
}

/// The card in its forms: each size of grid, the ring, points, both, colours from dark to glaring.
fn drawings() -> Vec<CardFacts> {
    let stamps = |colour: &str, have: i64, target: i64| CardFacts {
        balance: Balance::Stamps(Stamps { have, target }),
        face: Brand::parse(colour).unwrap_or_else(Brand::house).face,
        ..samples::card(0)
    };
    let mut cards: Vec<CardFacts> = (0..4).map(samples::card).collect();
    let colours = [
        "#3b2a20", "#b3261e", "#e4572e", "#ffd400", "#7aa95c", "#0a7c66", "#00a3c7", "#1240ab", "#5b3a8c", "#d6336c",
        "#f5e6d3", "#111111",
    ];
    let forms = [
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
        (5, 7),
        (6, 8),
        (8, 9),
        (9, 11),
        (10, 12),
        (7, 20),
        (88, 100),
    ];
    cards.extend(
        colours
            .iter()
            .zip(forms)
            .map(|(colour, (have, target))| stamps(colour, have, target)),
    );
    let next = Some(NextReward {
        cost: 1_000_000,
        name: "a long weekend by the sea for the whole family".to_owned(),
    });
    cards.push(CardFacts {
        balance: Balance::Points(Points { have: 986_540, next }),
        program: "A program with a rather long name".to_owned(),
        ..samples::card(1)
    });
    cards.push(CardFacts {
        balance: Balance::Hybrid(
            Stamps { have: 31, target: 50 },
            Points {
                have: 12_480,
                next: None,
            },
        ),
        ..samples::card(2)
    });
    cards
}

#[derive(Deserialize)]
struct Wish {
    lang: Option<String>,
    theme: Option<String>,
}

fn reader(wish: &Wish, headers: &HeaderMap) -> (Locale, Theme) {
    let cookies = headers
        .get(COOKIE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let cookie = |name: &str| {
        cookies
            .split(';')
            .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let wishes = Wishes {
        cookie: cookie(locale::COOKIE),
        asked: wish.lang.as_deref(),
        accept_language: None,
        merchant_default: Locale::En,
    };
    let theme = wish
        .theme
        .as_deref()
        .or(cookie(THEME_COOKIE))
        .map(Theme::parse)
        .unwrap_or_default();
    (negotiate(&wishes).locale, theme)
}

async fn style(Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let (locale, theme) = reader(&wish, &headers);
    answer(StylePage::new(locale, theme).render())
}

async fn show(Path((page, name)): Path<(String, String)>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let (locale, theme) = reader(&wish, &headers);
    match samples::all(locale, theme)
        .into_iter()
        .find(|sample| sample.page == page && sample.name == name)
    {
        Some(sample) => answer(sample.html),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn fragment(Path((_, name)): Path<(String, String)>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let (locale, theme) = reader(&wish, &headers);
    let cards = super::storefront::card::CardPage::samples(locale, theme);
    match cards.into_iter().find(|(known, _)| *known == name) {
        Some((_, card)) => answer(card.fragment.render()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A stream in which nothing happens, and which a browser asks for again only after an hour.
async fn stream() -> Response {
    (
        [(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"))],
        "retry: 3600000\n\n",
    )
        .into_response()
}

async fn theme(Path(slug): Path<String>) -> Response {
    sample_theme(&slug).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn answer(html: Result<String, askama::Error>) -> Response {
    match html {
        Ok(html) => (
            [(
                CONTENT_SECURITY_POLICY,
                HeaderValue::from_static(super::CONTENT_SECURITY_POLICY),
            )],
            Html(html),
        )
            .into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
