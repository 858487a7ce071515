//! A Code 128 as one SVG path, for hand-held scanners that do not read the square code (`CRD-2`).
//!
//! Owns: the symbols, the shortest way through sets B and C, the check symbol, the drawing with its quiet zones. Must not
//! know: what the text says.

use std::fmt::Write as _;

/// Light modules on either side; the standard asks for ten.
const QUIET: usize = 10;
/// The height of the bars in modules.
const HEIGHT: usize = 56;

/// Symbols that change the set, or begin in one.
const TO_C: u8 = 99;
const TO_B: u8 = 100;
const START_B: u8 = 104;
const START_C: u8 = 105;
const STOP: u8 = 106;
/// What the sum of the values is divided by.
const CHECK_MODULUS: usize = 103;

/// The widths of bars and spaces in turn, a bar first, by the value of the symbol.
#[rustfmt::skip]
const WIDTHS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];

/// In which set a symbol is read: letters, or two digits at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    B,
    C,
}

/// Draws a text; empty for a text without letters, or with letters that set B does not have.
pub fn draw(text: &str) -> String {
    let Some(symbols) = encode(text.as_bytes()) else {
        return String::new();
    };
    let (mut path, mut place) = (String::new(), QUIET);
    for symbol in symbols {
        for (turn, width) in WIDTHS[usize::from(symbol)].bytes().enumerate() {
            let width = usize::from(width - b'0');
            if turn % 2 == 0 {
                let _ = write!(path, "M{place} 0h{width}v{HEIGHT}h-{width}z");
            }
            place += width;
        }
    }
    let width = place + QUIET;
    // No crisp edges: bars that are rounded to whole pixels are misread where a module is less than three of them wide.
    format!(
        r##"<svg class="bars" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" aria-hidden="true" focusable="false"><rect width="{width}" height="{HEIGHT}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    )
}

/// The values of all symbols: start, text, check, stop.
fn encode(text: &[u8]) -> Option<Vec<u8>> {
    if text.is_empty() || !text.iter().all(|letter| (b' '..=b'~').contains(letter)) {
        return None;
    }
    let left = symbols_left(text);
    let mut set = if left[0].1 <= left[0].0 { Set::C } else { Set::B };
    let mut symbols = vec![if set == Set::C { START_C } else { START_B }];
    let mut at = 0;
    while at < text.len() {
        let pair = pair(text, at);
        let stays = match (set, pair) {
            (Set::B, Some(_)) => left[at + 1].0 < 2 + left[at + 2].1,
            (Set::B, None) => true,
            (Set::C, Some(_)) => left[at + 2].1 < 2 + left[at + 1].0,
            (Set::C, None) => false,
        };
        if !stays {
            symbols.push(if set == Set::B { TO_C } else { TO_B });
            set = if set == Set::B { Set::C } else { Set::B };
        }
        match (set, pair) {
            (Set::C, Some(value)) => {
                symbols.push(value);
                at += 2;
            }
            _ => {
                symbols.push(text[at] - b' ');
                at += 1;
            }
        }
    }
    symbols.push(check(&symbols));
    symbols.push(STOP);
    Some(symbols)
}

/// How many symbols are left from each place on, when it is reached in set B and in set C.
fn symbols_left(text: &[u8]) -> Vec<(usize, usize)> {
    let mut left = vec![(0, 0); text.len() + 1];
    for at in (0..text.len()).rev() {
        let letter = 1 + left[at + 1].0;
        let two_digits = pair(text, at).map(|_| 1 + left[at + 2].1);
        left[at] = match two_digits {
            Some(both) => (letter.min(both + 1), both.min(letter + 1)),
            None => (letter, letter + 1),
        };
    }
    left
}

/// The value of two digits that stand at a place.
fn pair(text: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| {
        text.get(at)
            .filter(|letter| letter.is_ascii_digit())
            .map(|digit| digit - b'0')
    };
    Some(digit(at)? * 10 + digit(at + 1)?)
}

/// The check symbol: each value times its place, the start counting once.
fn check(symbols: &[u8]) -> u8 {
    let sum: usize = symbols
        .iter()
        .enumerate()
        .map(|(place, &value)| place.max(1) * usize::from(value))
        .sum();
    (sum % CHECK_MODULUS) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_symbols_come_out() {
        let known: [(&str, &[u8]); 6] = [
            ("PJJ123C", &[104, 48, 42, 42, 17, 18, 19, 35, 55, 106]),
            (
                "RI476394652CH",
                &[104, 50, 41, 20, 99, 76, 39, 46, 52, 100, 35, 40, 26, 106],
            ),
            ("1234567890123", &[105, 12, 34, 56, 78, 90, 12, 100, 19, 82, 106]),
            ("00", &[105, 0, 2, 106]),
            ("A1234B", &[104, 33, 17, 18, 19, 20, 34, 90, 106]),
            (
                "4KQ729FMX3AA",
                &[104, 20, 43, 49, 23, 18, 25, 38, 45, 56, 19, 33, 33, 90, 106],
            ),
        ];
        for (text, symbols) in known {
            assert_eq!(encode(text.as_bytes()).unwrap(), symbols, "{text}");
        }
    }

    #[test]
    fn each_symbol_is_eleven_modules_wide_with_an_even_number_dark() {
        for (value, widths) in WIDTHS.iter().enumerate().take(106) {
            let numbers: Vec<u8> = widths.bytes().map(|width| width - b'0').collect();
            assert_eq!((numbers.len(), numbers.iter().sum::<u8>()), (6, 11), "{value}");
            assert_eq!(numbers.iter().step_by(2).sum::<u8>() % 2, 0, "{value}");
            assert!(!WIDTHS[..value].contains(widths), "{value}");
        }
    }

    #[test]
    fn the_drawing_has_every_bar_and_its_quiet_zones() {
        let svg = draw("4KQ729FMX3AA");
        // Start, twelve letters, check and stop: 3 bars each, 4 in the last.
        assert_eq!(svg.matches('M').count(), 14 * 3 + 4);
        assert!(
            svg.contains("viewBox=\"0 0 187 56\"") && svg.contains("d=\"M10 0h2"),
            "{svg}"
        );
        assert!(svg.contains("M175 0h2v56h-2z\" fill=\"#000\""), "{svg}");
        assert!(!svg.contains("style="));
    }

    #[test]
    fn what_it_cannot_say_draws_nothing() {
        assert_eq!((draw(""), draw("Léa")), (String::new(), String::new()));
    }
}
