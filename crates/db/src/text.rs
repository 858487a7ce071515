//! Cuts SQL text into tokens, so that nothing is ever replaced inside a string, a quoted name or a comment.
//! It must not know what a statement does; `bulk` and `migrate` do.

use crate::options::Engine;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A keyword, a name or a number.
    Word,
    /// A name in double quotes.
    Quoted,
    /// A string in single quotes.
    Text,
    /// `$n`.
    Parameter(usize),
    /// One character of anything else.
    Punctuation,
    /// Blank space, and comments, which count as such.
    Space,
}

/// A piece of the text. The pieces in order are the whole text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
}

impl Token<'_> {
    /// Whether this is the keyword, in any case.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether this is the character.
    pub(crate) fn is_mark(&self, mark: &str) -> bool {
        self.kind == Kind::Punctuation && self.text == mark
    }
}

/// The tokens of the text, or the reason why it is not of the portable dialect.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (kind, length) = measure(first, rest)?;
        let (taken, left) = rest.split_at(length);
        found.push(Token { kind, text: taken });
        rest = left;
    }
    Ok(found)
}

fn measure(first: char, rest: &str) -> Result<(Kind, usize), String> {
    if first.is_whitespace() {
        return Ok((Kind::Space, span(rest, char::is_whitespace)));
    }
    if first.is_alphanumeric() || first == '_' {
        let word = |character: char| character.is_alphanumeric() || character == '_';
        return Ok((Kind::Word, span(rest, word)));
    }
    if rest.starts_with("--") {
        return Ok((Kind::Space, rest.find('\n').unwrap_or(rest.len())));
    }
    if let Some(inside) = rest.strip_prefix("/*") {
        let end = inside.find("*/").ok_or("a comment has no end")?;
        return Ok((Kind::Space, end + 4));
    }
    match first {
        '\'' => Ok((Kind::Text, quoted(rest, '\'')?)),
        '"' => Ok((Kind::Quoted, quoted(rest, '"')?)),
        '$' => {
            let digits = span(&rest[1..], |character| character.is_ascii_digit());
            let number = rest[1..=digits].parse().unwrap_or(0);
            if number == 0 {
                return Err("a dollar sign is not followed by the number of a parameter".into());
            }
            Ok((Kind::Parameter(number), digits + 1))
        }
        other => Ok((Kind::Punctuation, other.len_utf8())),
    }
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

/// The length of a quoted piece; the mark doubled inside it stands for itself.
fn quoted(rest: &str, mark: char) -> Result<usize, String> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != mark {
            continue;
        }
        if characters.next_if(|(_, next)| *next == mark).is_none() {
            return Ok(at + mark.len_utf8());
        }
    }
    Err(format!("a {mark} has no end"))
}

/// The text as the engine takes it: its own marked comments opened, all others dropped, a last semicolon dropped,
/// and on SQLite `$n` written `?n`, because there `$n` is a name and names are counted in order of appearance.
pub(crate) fn for_engine(text: &str, engine: Engine) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    append(&mut out, text, engine)?;
    let kept = out.trim_end().trim_end_matches(';').trim().len();
    let start = out.len() - out.trim_start().len();
    Ok(out[start..start + kept].to_owned())
}

fn append(out: &mut String, text: &str, engine: Engine) -> Result<(), String> {
    for token in tokens(text)? {
        match token.kind {
            Kind::Space => match marked(token.text, engine) {
                Some(inside) => {
                    out.push(' ');
                    append(out, inside, engine)?;
                    out.push(' ');
                }
                None if token.text.starts_with(['-', '/']) => out.push(' '),
                None => out.push_str(token.text),
            },
            Kind::Parameter(_) if engine == Engine::Sqlite => {
                out.push('?');
                out.push_str(&token.text[1..]);
            }
            _ => out.push_str(token.text),
        }
    }
    Ok(())
}

/// What stands inside `/*pg … */` or `/*sqlite … */`, for that engine.
fn marked(comment: &str, engine: Engine) -> Option<&str> {
    let inside = comment.strip_prefix("/*")?.strip_suffix("*/")?;
    let mark = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "pg",
    };
    inside
        .strip_prefix(mark)
        .filter(|rest| rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "select '$1 /*pg x*/ it''s', \"a$2\" -- $3 and 'open\n from t where a = $10 /*pg for update*/ /*sqlite or $2*/ /* no $4 */ ;";

    #[test]
    fn each_engine_gets_its_own_text() {
        let postgres = for_engine(TEXT, Engine::Postgres).unwrap();
        assert!(postgres.starts_with("select '$1 /*pg x*/ it''s', \"a$2\""));
        assert!(postgres.contains("where a = $10   for update"));
        assert!(!postgres.contains("$4") && !postgres.contains("or $2"));
        let sqlite = for_engine(TEXT, Engine::Sqlite).unwrap();
        assert!(sqlite.starts_with("select '$1 /*pg x*/ it''s', \"a$2\""));
        assert!(sqlite.contains("a = ?10") && sqlite.contains("or ?2"));
        assert!(!sqlite.contains("update") && !sqlite.contains(';'));
    }

    #[test]
    fn what_has_no_end_is_refused() {
        for text in ["select 'a", "select \"a", "select /* a", "select $a", "select $$a$$"] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }
}
