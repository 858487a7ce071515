//! What every page knows about itself: its language, its look, its moment.
//!
//! Owns: the typed context that each page carries, and how facts become words in it.
//! Must not know: requests, tables, rules.

use jiff::tz::TimeZone;

use super::card_drawing::Mark;
use crate::brand::Brand;
use crate::locale::{Locale, Messages};

/// The cookie that remembers a chosen look.
pub const THEME_COOKIE: &str = "trei_theme";

/// Light or dark, or as the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All of them, in the order they are offered.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The name in the cookie, in forms and in `data-theme`.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads a cookie or a form; anything unknown is the device's choice.
    pub fn parse(code: &str) -> Theme {
        Theme::ALL
            .into_iter()
            .find(|theme| theme.code() == code)
            .unwrap_or_default()
    }

    fn icon(self) -> &'static str {
        match self {
            Theme::System => "monitor",
            Theme::Light => "sun",
            Theme::Dark => "moon",
        }
    }
}

/// How a merchant appears on pages.
#[derive(Debug, Clone)]
pub struct MerchantLook {
    /// As customers know it.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its colours.
    pub brand: Brand,
    /// Its mark.
    pub mark: Mark,
}

impl MerchantLook {
    /// The address of the stylesheet with the merchant's colours; it changes when they do.
    pub fn stylesheet(&self) -> String {
        format!("/m/{}/theme.css?v={}", self.slug, self.brand.stylesheet_hash())
    }
}

/// The context of one page. Build it with [`Page::new`] and set what differs.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language of every word on it.
    pub locale: Locale,
    /// Light or dark, as chosen.
    pub theme: Theme,
    /// Whose page it is; `None` for pages of the installation itself.
    pub merchant: Option<MerchantLook>,
    /// The title of the window, without the merchant's name.
    pub title: String,
    /// Path and query of this page: where language and theme forms lead back to.
    pub path: String,
    /// Microseconds since 1970, UTC: what "today" is measured from.
    pub now_at: i64,
    /// The zone of the store or merchant.
    pub zone: TimeZone,
}

impl Page {
    /// A page of the installation itself, to be completed.
    pub fn new(locale: Locale, title: impl Into<String>, path: impl Into<String>) -> Page {
        Page {
            locale,
            theme: Theme::System,
            merchant: None,
            title: title.into(),
            path: path.into(),
            now_at: 0,
            zone: TimeZone::UTC,
        }
    }

    /// The messages in this page's language.
    pub fn text(&self) -> &'static Messages {
        self.locale.messages()
    }

    /// The title of the window, with the merchant's name or the house's.
    pub fn full_title(&self) -> String {
        match &self.merchant {
            Some(merchant) if merchant.name != self.title => format!("{} · {}", self.title, merchant.name),
            _ if self.title == "Trei" => self.title.clone(),
            _ => format!("{} · Trei", self.title),
        }
    }

    /// An icon from the sprite. It is decoration: the words beside it say the same.
    pub fn icon(&self, name: &str) -> String {
        format!(
            r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{name}"/></svg>"##,
            assets::url("icons.svg")
        )
    }

    /// The built address of a script or style.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    /// See [`Locale::number`].
    pub fn number(&self, value: i64) -> String {
        self.locale.number(value)
    }

    /// See [`Locale::spoken`]; microseconds.
    pub fn spoken(&self, at: i64) -> String {
        self.locale.spoken(at, self.now_at, &self.zone)
    }

    /// See [`Locale::spoken_day`]; microseconds.
    pub fn spoken_day(&self, at: i64) -> String {
        self.locale.spoken_day(at, self.now_at, &self.zone)
    }

    /// See [`Locale::time`]; microseconds.
    pub fn time(&self, at: i64) -> String {
        self.locale.time(at, &self.zone)
    }

    /// See [`Locale::date`]; microseconds.
    pub fn date(&self, at: i64) -> String {
        self.locale.date(at, &self.zone)
    }

    /// The machine's form of an instant, for `<time datetime>`.
    pub fn machine_time(&self, at: i64) -> String {
        jiff::Timestamp::from_microsecond(at)
            .map(|instant| instant.to_string())
            .unwrap_or_default()
    }

    pub(super) fn locales(&self) -> [Locale; 4] {
        Locale::ALL
    }

    pub(super) fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    pub(super) fn theme_icon(&self, theme: &Theme) -> String {
        self.icon(theme.icon())
    }

    pub(super) fn theme_name(&self, theme: &Theme) -> String {
        match theme {
            Theme::System => self.text().theme_system(),
            Theme::Light => self.text().theme_light(),
            Theme::Dark => self.text().theme_dark(),
        }
    }
}
