//! What the card has collected, drawn: a grid of stamps, a ring, points, or ring and points.
//!
//! Owns: the places of stamps and figures. Must not know: how a balance came to be.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use super::{CardFacts, Points, Stamps, escaped, fitting, lines, mark};
use crate::locale::Locale;

/// The band between heading and foot that belongs to the balance.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 594.4;
const MIDDLE: f64 = 231.0;
/// The size of words below a bar.
const WORDS: f64 = 23.0;

/// One place a stamp, up to twelve.
pub fn grid(svg: &mut String, facts: &CardFacts, stamps: Stamps) {
    let (columns, rows) = match stamps.target {
        ..=5 => (stamps.target.max(1), 1),
        6 => (6, 1),
        7 | 8 => (4, 2),
        9 | 10 => (5, 2),
        _ => (6, 2),
    };
    let radius: f64 = match (columns, rows) {
        (..=4, 1) => 54.0,
        (5, 1) => 48.0,
        (_, 1) => 41.0,
        _ => 38.5,
    };
    let (columns, row_pitch) = (float(columns), radius * 2.0 + 11.0);
    // Wide rows reach both edges; short rows keep a natural distance and stay at the left.
    let pitch = ((RIGHT - LEFT - radius * 2.0) / (columns - 1.0).max(1.0)).min(radius * 3.05);
    let top = MIDDLE - row_pitch * (float(rows) - 1.0) / 2.0;
    for place in 0..stamps.target {
        let (row, column) = ((float(place) / columns).floor(), float(place) % columns);
        let at = (LEFT + radius + column * pitch, top + row * row_pitch);
        stamp(svg, facts, stamps, place + 1, at, radius);
    }
}

/// One place: pressed, empty with its number, or the gift at the end.
fn stamp(svg: &mut String, facts: &CardFacts, stamps: Stamps, number: i64, (x, y): (f64, f64), radius: f64) {
    let face = facts.face;
    if number <= stamps.have {
        // Pressed by hand: each sits a little askew, always the same for the same place.
        let turn = (number * 37) % 23 - 11;
        let _ = write!(
            svg,
            r#"<g transform="rotate({turn} {x:.1} {y:.1})"><g data-stamp="{number}"><circle cx="{x:.1}" cy="{y:.1}" r="{radius}" fill="{}"/><circle cx="{x:.1}" cy="{y:.1}" r="{:.1}" fill="none" stroke="{}" stroke-width="2.4"/>"#,
            face.ink,
            radius - 5.5,
            face.on_disc
        );
        mark(svg, &facts.mark, (x, y), radius * 1.06, face.on_disc, 2.0);
        svg.push_str("</g></g>");
    } else if number == stamps.target {
        let _ = write!(
            svg,
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{:.1}" fill="none" stroke="{}" stroke-width="3"/>"#,
            radius - 1.5,
            face.gift
        );
        mark(svg, &super::Mark::Icon("gift"), (x, y), radius * 0.92, face.gift, 2.0);
    } else {
        let _ = write!(
            svg,
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{:.1}" fill="none" stroke="{}" stroke-opacity=".62" stroke-width="2.4" stroke-dasharray="1 7.2" stroke-linecap="round"/><text x="{x:.1}" y="{:.1}" font-size="24" font-weight="560" text-anchor="middle" fill="{}">{number}</text>"#,
            radius - 1.5,
            face.ink,
            y + 8.5,
            face.ink
        );
    }
}

/// Many stamps: a ring that fills, and the number.
pub fn ring(svg: &mut String, facts: &CardFacts, stamps: Stamps, locale: Locale) {
    let ink = facts.face.ink;
    circle(svg, facts, stamps, (138.0, 246.0), 88.0);
    let _ = write!(
        svg,
        r#"<text x="262" y="250" font-size="60" font-weight="700" letter-spacing="-1.500" fill="{ink}">{}</text><text x="263" y="289" font-size="26" fill="{ink}">{}</text>"#,
        escaped(&super::count(stamps, locale)),
        escaped(&super::to_go(stamps, locale))
    );
}

/// The ring itself with the mark in its middle.
fn circle(svg: &mut String, facts: &CardFacts, stamps: Stamps, (x, y): (f64, f64), radius: f64) {
    let face = facts.face;
    let around = TAU * radius;
    let share = (float(stamps.have) / float(stamps.target.max(1))).clamp(0.0, 1.0);
    let step = around / float(stamps.target.max(1));
    let gap = (step * 0.28).min(4.0);
    let _ = write!(
        svg,
        r#"<g fill="none" stroke-width="17" transform="rotate(-90 {x} {y})"><circle cx="{x}" cy="{y}" r="{radius}" stroke="{}" stroke-opacity=".3" stroke-dasharray="{:.2} {gap:.2}"/>"#,
        face.ink,
        step - gap
    );
    if share > 0.0 {
        let (sine, cosine) = (share.min(0.9999) * TAU).sin_cos();
        let large = i32::from(share > 0.5);
        let _ = write!(
            svg,
            r#"<path class="ring" data-stamp="{}" d="M{:.2} {y}A{radius} {radius} 0 {large} 1 {:.2} {:.2}" stroke="{}" stroke-dasharray="{:.2} {gap:.2}"/>"#,
            stamps.have,
            x + radius,
            x + radius * cosine,
            y + radius * sine,
            face.ink,
            step - gap
        );
    }
    svg.push_str("</g>");
    mark(svg, &facts.mark, (x, y), radius * 0.78, face.ink, 1.8);
}

/// A large figure and the way to the next reward.
pub fn points(svg: &mut String, facts: &CardFacts, points: &Points, locale: Locale) {
    let ink = facts.face.ink;
    let text = locale.messages();
    let figure = locale.number(points.have);
    let size = fitting(&figure, 104.0, 400.0);
    let _ = write!(
        svg,
        r#"<text x="37" y="244" font-size="{size:.1}" font-weight="700" letter-spacing="-3" fill="{ink}" data-points="{}">{}<tspan dx="14" font-size="30" font-weight="500" letter-spacing="0">{}</tspan></text>"#,
        points.have,
        escaped(&figure),
        escaped(&text.points_word(points.have))
    );
    bar(svg, facts, points, (LEFT, 272.0), RIGHT - LEFT, locale);
}

/// Progress to the next reward, with its name.
fn bar(svg: &mut String, facts: &CardFacts, points: &Points, (x, y): (f64, f64), width: f64, locale: Locale) {
    let Some(next) = &points.next else { return };
    let ink = facts.face.ink;
    let share = (float(points.have) / float(next.cost.max(1))).clamp(0.0, 1.0);
    let line = locale
        .messages()
        .card_points_next(locale.number((next.cost - points.have).max(0)), &next.name);
    let _ = write!(
        svg,
        r#"<rect x="{x}" y="{y}" width="{width:.1}" height="9" rx="4.500" fill="{ink}" fill-opacity=".3"/><rect x="{x}" y="{y}" width="{:.1}" height="9" rx="4.500" fill="{ink}"/>"#,
        (width * share).max(9.0),
    );
    for (text, row) in lines(&line, WORDS, width).iter().zip(0i64..) {
        let baseline = y + 39.0 + float(row) * 28.0;
        let _ = write!(
            svg,
            r#"<text x="{x}" y="{baseline:.1}" font-size="{WORDS}" fill="{ink}">{}</text>"#,
            escaped(text)
        );
    }
}

/// Points on the left, the stamps' ring on the right.
pub fn both(svg: &mut String, facts: &CardFacts, stamps: Stamps, points: &Points, locale: Locale) {
    let ink = facts.face.ink;
    let text = locale.messages();
    let figure = locale.number(points.have);
    let size = fitting(&figure, 84.0, 220.0);
    let _ = write!(
        svg,
        r#"<text x="38" y="222" font-size="{size:.1}" font-weight="700" letter-spacing="-2" fill="{ink}" data-points="{}">{}<tspan dx="11" font-size="27" font-weight="500" letter-spacing="0">{}</tspan></text>"#,
        points.have,
        escaped(&figure),
        escaped(&text.points_word(points.have))
    );
    bar(svg, facts, points, (LEFT, 250.0), 322.0, locale);
    circle(svg, facts, stamps, (506.0, 214.0), 72.0);
    let _ = write!(
        svg,
        r#"<text x="506" y="322" font-size="25" font-weight="680" text-anchor="middle" fill="{ink}">{}</text>"#,
        escaped(&super::count(stamps, locale))
    );
}

#[expect(clippy::cast_precision_loss, reason = "balances on a drawing are far below 2^52")]
fn float(value: i64) -> f64 {
    value as f64
}
