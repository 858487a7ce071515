//! Texts that people type, whatever they type them into: which characters they may have, and how many. It must not know
//! what they are for.

use crate::problem::Code;

/// Characters that reorder, hide or break text; a name needs none of them.
fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// Reads a text with limits; what is given back is trimmed. Characters come first: what trimming takes away was sent, too.
pub fn text(typed: &str, max: usize, lines: bool) -> Result<String, (Code, Option<usize>)> {
    let plain = |letter: char| !letter.is_control() || lines && matches!(letter, '\n' | '\r' | '\t');
    if typed.chars().any(|letter| !plain(letter) || is_hidden(letter)) {
        return Err((Code::InvalidCharacters, None));
    }
    let trimmed = typed.trim();
    match trimmed.chars().count() {
        0 => Err((Code::Blank, None)),
        count if count > max => Err((Code::TooLong, Some(max))),
        _ => Ok(trimmed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reorders_hides_or_breaks_a_text_is_found_before_it_is_trimmed() {
        let on_one_line = |typed: &str| text(typed, 5, false);
        assert_eq!(on_one_line(" Léa  "), Ok("Léa".to_owned()));
        for bad in [
            "Ann\n",
            "\tAnn",
            "A\u{61c}",
            "A\u{2028}",
            "\u{2029}A",
            "\u{202e}A",
            "A\u{85}",
            "\u{feff}A",
        ] {
            assert_eq!(on_one_line(bad), Err((Code::InvalidCharacters, None)), "{bad:?}");
        }
        assert_eq!(on_one_line("  "), Err((Code::Blank, None)));
        assert_eq!(on_one_line("Mathis"), Err((Code::TooLong, Some(5))));
        assert_eq!(text("a\nb\n", 5, true), Ok("a\nb".to_owned()));
        assert_eq!(text("a\u{2028}", 5, true), Err((Code::InvalidCharacters, None)));
    }
}
