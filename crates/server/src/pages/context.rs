//! The context of one page from one request: who reads, in which language, in which look, whose page it is.
//!
//! Owns: what a request says about its reader, and the [`Page`] that comes of it. Must not know: any one page.

use super::card_drawing::Mark;
use super::page::{MerchantLook, Page, THEME_COOKIE, Theme};
use super::preferences;
use crate::app::App;
use crate::brand::Brand;
use crate::catalogue::{Catalogue, Merchant};
use crate::locale::{self, Choice, Locale, Wishes, negotiate};
use axum::extract::{FromRequestParts, Request};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;
use domain::ids::StoreId;
use std::convert::Infallible;

/// What a request says about the person who reads the answer. An extractor that never fails.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reader {
    cookie: Option<String>,
    asked: Option<String>,
    accept_language: Option<String>,
    theme: Theme,
    /// Path and query: where language and theme forms lead back to. Never log it: it may hold a token.
    pub(crate) path: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // Nested routers shorten the address; the reader wants the one in the browser.
        let original = parts
            .extensions
            .get::<axum::extract::OriginalUri>()
            .map(|uri| uri.0.clone());
        Ok(Reader::of(original.as_ref().unwrap_or(&parts.uri), &parts.headers))
    }
}

impl Reader {
    /// Reads address and headers.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Reader {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let theme = cookie(headers, THEME_COOKIE)
            .map(|code| Theme::parse(&code))
            .unwrap_or_default();
        Reader {
            cookie: cookie(headers, locale::COOKIE),
            asked: asked(uri),
            accept_language: text(ACCEPT_LANGUAGE).map(str::to_owned),
            theme,
            path: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        }
    }

    /// The language: asked for in the address, remembered, the browser's, the merchant's.
    pub(crate) fn choice(&self, merchant_default: Locale) -> Choice {
        negotiate(&Wishes {
            cookie: self.cookie.as_deref(),
            asked: self.asked.as_deref(),
            accept_language: self.accept_language.as_deref(),
            merchant_default,
        })
    }

    /// A page of the installation itself. The handler sets its title.
    pub(crate) fn page(&self, app: &App) -> Page {
        let mut page = Page::new(self.choice(Locale::En).locale, "Trei", &*self.path);
        page.theme = self.theme;
        page.now_at = app.clock.now().0;
        page
    }

    /// A page of a merchant, as it reads in one of its stores. The handler sets its title.
    pub(crate) fn merchant_page(&self, app: &App, catalogue: &Catalogue, store: Option<StoreId>) -> Page {
        let merchant = &catalogue.merchant;
        let fallback = Locale::parse(&merchant.default_locale).unwrap_or_default();
        let mut page = Page::new(self.choice(fallback).locale, &*merchant.name, &*self.path);
        page.theme = self.theme;
        page.now_at = app.clock.now().0;
        page.zone = catalogue.zone(store).clone();
        page.merchant = Some(look(merchant));
        page
    }
}

/// How a merchant appears on pages.
pub(crate) fn look(merchant: &Merchant) -> MerchantLook {
    MerchantLook {
        name: merchant.name.clone(),
        slug: merchant.slug.clone(),
        brand: Brand::parse(&merchant.colour).unwrap_or_else(Brand::house),
        mark: mark(merchant),
    }
}

/// The icon of that name; else the mark is letters, at worst the first of the merchant's name.
fn mark(merchant: &Merchant) -> Mark {
    if let Some(name) = assets::icon_name(&merchant.mark) {
        return Mark::Icon(name);
    }
    let short = (1..=2).contains(&merchant.mark.chars().count());
    let letters = if short {
        merchant.mark.clone()
    } else {
        merchant.name.chars().take(1).collect()
    };
    Mark::Letters(letters.to_uppercase())
}

/// A cookie of the request by name.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';'));
    pairs.find_map(|pair| Some(pair.trim().strip_prefix(name)?.strip_prefix('=')?.to_owned()))
}

fn asked(uri: &Uri) -> Option<String> {
    let pairs = uri.query()?.split('&');
    pairs
        .filter_map(|pair| pair.strip_prefix("lang="))
        .next_back()
        .map(str::to_owned)
}

/// A layer: a language asked for in the address becomes the remembered one.
pub(crate) async fn remember_language(reader: Reader, request: Request, next: Next) -> Response {
    let choice = reader.choice(Locale::En);
    let mut answer = next.run(request).await;
    if choice.remember
        && let Ok(value) = HeaderValue::from_str(&preferences::cookie(locale::COOKIE, choice.locale.code()))
    {
        answer.headers_mut().append(SET_COOKIE, value);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_who_reads() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; trei_theme=dark; trei_locale=fr"));
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("de-LU"));
        let reader = Reader::of(&Uri::from_static("/j/wester/coffee?store=GR&lang=lb"), &headers);
        assert_eq!(reader.theme, Theme::Dark);
        assert_eq!(
            reader.choice(Locale::En),
            Choice {
                locale: Locale::Lb,
                remember: true
            }
        );
        let reader = Reader::of(&Uri::from_static("/j/wester/coffee?lang=lu"), &headers);
        assert_eq!(
            reader.choice(Locale::En),
            Choice {
                locale: Locale::Fr,
                remember: false
            }
        );
    }
}
