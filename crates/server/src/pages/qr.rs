//! A QR code as one SVG path.
//!
//! Owns: the drawing of the code with its quiet zone. Must not know: what the code says.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// Light modules around the code; the standard asks for four, and the white panel gives more.
const QUIET: usize = 2;

/// Draws a text as a QR code; empty if it is too long for one (over 2,331 bytes).
pub fn draw(text: &str) -> String {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else {
        return String::new();
    };
    let size = code.size + QUIET * 2;
    let mut path = String::new();
    for row in 0..code.size {
        let modules = &code[row];
        let mut column = 0;
        while column < code.size {
            let run = modules
                .iter()
                .take(code.size)
                .skip(column)
                .take_while(|module| module.value())
                .count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run.max(1);
        }
    }
    format!(
        r##"<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#121212"/></svg>"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_every_dark_module_once() {
        let code = QRBuilder::new("trei:4KQ729FMX3").ecl(ECL::M).build().unwrap();
        let dark: usize = (0..code.size)
            .map(|row| code[row].iter().take(code.size).filter(|module| module.value()).count())
            .sum();
        let svg = draw("trei:4KQ729FMX3");
        let drawn: usize = svg
            .split("v1h-")
            .skip(1)
            .map(|rest| rest.split('z').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn, dark);
        assert!(!svg.contains("style="));
    }

    #[test]
    fn what_is_too_long_draws_nothing() {
        assert_eq!(draw(&"x".repeat(3_000)), "");
    }
}
