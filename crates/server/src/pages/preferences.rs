//! Language and look, chosen by plain forms and remembered in two cookies.
//!
//! Owns: `POST /locale` and `POST /theme`. Must not know: any page. The cookies say nothing about a person and
//! are set only when someone chooses, so no consent is asked for.

use axum::Router;
use axum::extract::Form;
use axum::http::HeaderValue;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde::Deserialize;

use super::page::{THEME_COOKIE, Theme};
use crate::locale::{self, Locale};

/// A year, in seconds.
const KEEP_SECONDS: u32 = 31_536_000;

/// The routes.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/locale", post(choose_locale))
        .route("/theme", post(choose_theme))
}

#[derive(Deserialize)]
struct LocaleForm {
    lang: String,
    #[serde(default)]
    back: String,
}

#[derive(Deserialize)]
struct ThemeForm {
    theme: String,
    #[serde(default)]
    back: String,
}

async fn choose_locale(Form(form): Form<LocaleForm>) -> (StatusCode, HeaderMap) {
    // `?lang=` in the way back would win over the choice just made.
    let back = without_lang(local(&form.back));
    remember(
        Locale::parse(&form.lang).map(|chosen| cookie(locale::COOKIE, chosen.code())),
        &back,
    )
}

async fn choose_theme(Form(form): Form<ThemeForm>) -> (StatusCode, HeaderMap) {
    remember(
        Some(cookie(THEME_COOKIE, Theme::parse(&form.theme).code())),
        local(&form.back),
    )
}

fn remember(cookie: Option<String>, back: &str) -> (StatusCode, HeaderMap) {
    let mut headers = HeaderMap::new();
    if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        headers.insert(SET_COOKIE, value);
    }
    headers.insert(
        LOCATION,
        HeaderValue::from_str(back).unwrap_or(HeaderValue::from_static("/")),
    );
    (StatusCode::SEE_OTHER, headers)
}

/// The header that remembers a choice. The scripts write the theme too, so it is not `HttpOnly`.
pub fn cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age={KEEP_SECONDS}; SameSite=Lax")
}

/// The way back if it stays on this server, else the landing page: no open redirect.
fn local(back: &str) -> &str {
    let ours = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n', '\t']);
    if ours { back } else { "/" }
}

fn without_lang(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    if rest.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", rest.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_on_this_server() {
        for bad in [
            "",
            "https://elsewhere.example/",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(local(bad), "/", "{bad:?}");
        }
        assert_eq!(local("/c/abc/history?kind=earned"), "/c/abc/history?kind=earned");
    }

    #[test]
    fn the_choice_just_made_is_not_overruled_by_the_address() {
        assert_eq!(without_lang("/c/abc?lang=fr&kind=earned"), "/c/abc?kind=earned");
        assert_eq!(without_lang("/c/abc?lang=fr"), "/c/abc");
        assert_eq!(without_lang("/c/abc"), "/c/abc");
    }
}
