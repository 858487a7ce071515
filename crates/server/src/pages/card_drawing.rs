//! The drawing of a customer's card: one SVG for the page, the pass strip, the editor and the poster.
//!
//! Owns: the card's proportions (1.586, as on plastic), its engraving, stamps, ring and points, and the words
//! that say the same to people who do not see it. A pure function of facts; no style attribute, no script.
//! Must not know: pages, rules, where the facts come from.

mod balance;
mod ground;

use std::fmt::Write as _;

use crate::brand::Face;
use crate::locale::Locale;

/// Width and height of the drawing in its own units.
pub const WIDTH: f64 = 634.4;
/// See [`WIDTH`].
pub const HEIGHT: f64 = 400.0;
/// Up to this target each stamp has its own place; above it a ring with a number stays legible.
pub const GRID_MAX: i64 = 12;

/// What stands on the stamps and in the corner of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The name of an icon of the sprite.
    Icon(&'static str),
    /// One or two letters.
    Letters(String),
    /// The address of the merchant's picture.
    Picture(String),
}

/// What the card has collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Balance {
    /// A stamp card.
    Stamps(Stamps),
    /// A card of points.
    Points(Points),
    /// Both on one card.
    Hybrid(Stamps, Points),
}

/// Stamps on the way to a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamps {
    /// On the card now.
    pub have: i64,
    /// From 2 to 100.
    pub target: i64,
}

/// Points on the way to a reward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    /// On the card now.
    pub have: i64,
    /// The next reward that the points do not yet reach.
    pub next: Option<NextReward>,
}

/// What the points are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextReward {
    /// In points.
    pub cost: i64,
    /// Its name in the reader's language.
    pub name: String,
}

/// Everything the drawing shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFacts {
    /// The merchant's name.
    pub merchant: String,
    /// The program's name in the reader's language.
    pub program: String,
    /// The merchant's mark.
    pub mark: Mark,
    /// Its colours.
    pub face: Face,
    /// What it has collected.
    pub balance: Balance,
    /// The card's number without spaces; `None` on a card that does not exist yet.
    pub number: Option<String>,
}

impl Stamps {
    /// How many stamps are missing for the next reward.
    pub fn missing(self) -> i64 {
        (self.target - self.have).max(0)
    }
}

/// A number as it is printed: `4KQ7 29FM X3`.
pub fn grouped(number: &str) -> String {
    let characters: Vec<char> = number.chars().filter(|character| !character.is_whitespace()).collect();
    characters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The card in words: what a screen reader says instead of the drawing.
pub fn words(facts: &CardFacts, locale: Locale) -> String {
    match &facts.balance {
        Balance::Stamps(stamps) => stamp_words(*stamps, locale),
        Balance::Points(points) => point_words(points, locale),
        Balance::Hybrid(stamps, points) => {
            format!("{} · {}", stamp_words(*stamps, locale), point_words(points, locale))
        }
    }
}

fn stamp_words(stamps: Stamps, locale: Locale) -> String {
    let text = locale.messages();
    match stamps.missing() {
        0 if stamps.have > stamps.target => text.card_stamps_over(text.stamps(stamps.have, locale.number(stamps.have))),
        0 => text.card_stamps_full(stamps.have, stamps.target),
        missing => text.card_stamps(stamps.have, stamps.target, missing),
    }
}

fn point_words(points: &Points, locale: Locale) -> String {
    let text = locale.messages();
    let have = text.points(points.have, locale.number(points.have));
    match &points.next {
        Some(next) => format!(
            "{have} · {}",
            text.card_points_next(locale.number((next.cost - points.have).max(0)), &next.name)
        ),
        None => have,
    }
}

/// Draws the card.
pub fn draw(facts: &CardFacts, locale: Locale) -> String {
    let id = identity(facts);
    let mut svg = String::with_capacity(6_000);
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false" font-family="Figtree, system-ui, sans-serif">"#
    );
    ground::draw(&mut svg, facts, &id);
    heading(&mut svg, facts);
    match &facts.balance {
        Balance::Stamps(stamps) if stamps.target <= GRID_MAX => balance::grid(&mut svg, facts, *stamps),
        Balance::Stamps(stamps) => balance::ring(&mut svg, facts, *stamps, locale),
        Balance::Points(points) => balance::points(&mut svg, facts, points, locale),
        Balance::Hybrid(stamps, points) => balance::both(&mut svg, facts, *stamps, points, locale),
    }
    foot(&mut svg, facts, locale);
    svg.push_str("</svg>");
    svg
}

/// Merchant, program and mark along the upper edge.
fn heading(svg: &mut String, facts: &CardFacts) {
    let ink = facts.face.ink;
    let name_size = fitting(&facts.merchant, 27.0, 440.0);
    let program_size = fitting(&facts.program, 38.0, 440.0);
    let _ = write!(
        svg,
        r#"<text x="40" y="64" font-size="{name_size:.1}" font-weight="450" fill="{ink}">{}</text><text x="40" y="107" font-size="{program_size:.1}" font-weight="680" letter-spacing="-.5" fill="{ink}">{}</text>"#,
        escaped(&facts.merchant),
        escaped(&facts.program)
    );
    let _ = write!(
        svg,
        r#"<circle cx="560" cy="72" r="35" fill="none" stroke="{ink}" stroke-width="3"/>"#
    );
    mark(svg, &facts.mark, (560.0, 72.0), 40.0, ink, 1.9);
}

/// Progress in short words on the left, the number on the right.
fn foot(svg: &mut String, facts: &CardFacts, locale: Locale) {
    let ink = facts.face.ink;
    let short = match &facts.balance {
        Balance::Stamps(stamps) if stamps.target <= GRID_MAX => Some((count(*stamps, locale), to_go(*stamps, locale))),
        _ => None,
    };
    if let Some((count, to_go)) = short {
        // Beside a number it has to end before that begins.
        let room = if facts.number.is_some() { 330.0 } else { 554.0 };
        let size = fitting(&format!("{count} · {to_go}"), 25.0, room);
        let _ = write!(
            svg,
            r#"<text x="40" y="366" font-size="{size:.1}" fill="{ink}"><tspan font-weight="680">{}</tspan> · {}</text>"#,
            escaped(&count),
            escaped(&to_go)
        );
    }
    if let Some(number) = &facts.number {
        let _ = write!(
            svg,
            r#"<text x="594" y="366" font-size="23" font-weight="500" letter-spacing="1.6" text-anchor="end" fill="{ink}">{}</text>"#,
            escaped(&grouped(number))
        );
    }
}

/// "7 of 10"; more than the target holds is simply counted: "12 stamps".
pub fn count(stamps: Stamps, locale: Locale) -> String {
    let text = locale.messages();
    if stamps.have > stamps.target {
        return text.stamps(stamps.have, locale.number(stamps.have));
    }
    text.card_count(stamps.have, stamps.target)
}

/// "3 to go", or that the reward is ready.
pub fn to_go(stamps: Stamps, locale: Locale) -> String {
    match stamps.missing() {
        0 => locale.messages().card_reward_ready(),
        missing => locale.messages().card_to_go(missing),
    }
}

/// The merchant's mark, centred on a place, as large as asked.
fn mark(svg: &mut String, mark: &Mark, (x, y): (f64, f64), size: f64, colour: crate::brand::Rgb, stroke: f64) {
    let (left, top) = (x - size / 2.0, y - size / 2.0);
    let _ = match mark {
        Mark::Icon(name) => write!(
            svg,
            r#"<g transform="translate({left:.1} {top:.1}) scale({:.3})" fill="none" stroke="{colour}" stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">{}</g>"#,
            size / 24.0,
            assets::icon(name).unwrap_or_default()
        ),
        Mark::Letters(letters) => {
            let short: String = letters.chars().take(2).collect();
            let height = if short.chars().count() > 1 {
                size * 0.72
            } else {
                size * 0.92
            };
            write!(
                svg,
                r#"<text x="{x:.1}" y="{:.1}" font-size="{height:.1}" font-weight="700" text-anchor="middle" fill="{colour}">{}</text>"#,
                y + height * 0.35,
                escaped(&short)
            )
        }
        Mark::Picture(address) => write!(
            svg,
            r#"<image href="{}" x="{left:.1}" y="{top:.1}" width="{size}" height="{size}"/>"#,
            escaped(address)
        ),
    };
}

/// A size of type at which a text of this length stays inside its width; 0.55 em is Figtree's average letter.
fn fitting(text: &str, size: f64, width: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a name has far fewer than 2^52 letters")]
    let letters = text.chars().count().max(1) as f64;
    size.min(width / (letters * 0.55)).max(13.0)
}

/// A text broken into at most two lines of this width; what is still too long ends in an ellipsis.
fn lines(text: &str, size: f64, width: f64) -> Vec<String> {
    let room = letters(width, size);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().map_or(0, |line| line.chars().count());
        if line > 0 && line + 1 + word.chars().count() > room && lines.len() < 2 {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    for line in &mut lines {
        if line.chars().count() > room {
            *line = line
                .chars()
                .take(room.saturating_sub(1))
                .collect::<String>()
                .trim_end()
                .to_owned()
                + "…";
        }
    }
    lines
}

/// How many average letters of this size fit the width.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width of the card over a size of its type: tens"
)]
fn letters(width: f64, size: f64) -> usize {
    (width / (size * 0.53)).max(1.0) as usize
}

/// Text for SVG and attributes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A short id for the gradients, so that several cards can stand on one page.
fn identity(facts: &CardFacts) -> String {
    let seed = seed(&format!(
        "{}{}{:?}{:?}",
        facts.merchant, facts.program, facts.number, facts.balance
    ));
    format!("c{:06x}", seed >> 40)
}

/// A number that belongs to a text: equal texts, equal engraving. FNV-1a; nothing secret hangs on it.
fn seed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
