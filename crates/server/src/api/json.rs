//! A strict reader of JSON: what two readers could understand differently is refused. No duplicate names, no NUL, no
//! half of a character, no deep nesting. Numbers that are not whole stay visible as such, so that the field can say so.
//! It must not know what the fields mean.

use std::iter::Peekable;
use std::str::Chars;

/// How deep values may nest: deeper than any request, shallow enough for any stack.
const DEPTH_MAX: usize = 32;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number; beyond 64 bits the nearest that fits, which is out of every range.
    Whole(i64),
    /// A number with a fraction or an exponent, or one that is none; as it was written.
    Other(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Named values, in the order they came.
    Object(Vec<(String, Json)>),
}

/// The text is not JSON, or not in the one way that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// Reads a text.
pub fn parse(bytes: &[u8]) -> Result<Json, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
    let mut reader = Reader {
        letters: text.chars().peekable(),
    };
    let value = reader.value(0)?;
    reader.blanks();
    if reader.letters.peek().is_some() {
        Err(Malformed)
    } else {
        Ok(value)
    }
}

impl Json {
    /// The value in its one form, for hashing, not for sending: names sorted, no blanks, each text after its length, so
    /// that different values always look different. Fields of the outermost object that are named in `without` are
    /// left out.
    pub fn canonical(&self, without: &[&str]) -> String {
        let mut text = String::with_capacity(128);
        write(self, without, &mut text);
        text
    }
}

fn write(value: &Json, without: &[&str], text: &mut String) {
    match value {
        Json::Null => text.push_str("null"),
        Json::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Json::Whole(number) => push(text, format_args!("{number}")),
        Json::Other(written) => text.push_str(written),
        Json::Text(content) => write_text(content, text),
        Json::List(items) => {
            text.push('[');
            for item in items {
                write(item, &[], text);
                text.push(',');
            }
            text.push(']');
        }
        Json::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| !without.contains(&name.as_str()));
            let mut sorted: Vec<&(String, Json)> = kept.collect();
            sorted.sort_by(|left, right| left.0.cmp(&right.0));
            text.push('{');
            for (name, item) in sorted {
                write_text(name, text);
                write(item, &[], text);
                text.push(',');
            }
            text.push('}');
        }
    }
}

fn write_text(content: &str, text: &mut String) {
    push(text, format_args!("{}:", content.len()));
    text.push_str(content);
}

fn push(text: &mut String, shown: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = std::fmt::Write::write_fmt(text, shown);
}

struct Reader<'a> {
    letters: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        while self
            .letters
            .next_if(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r'))
            .is_some()
        {}
    }

    fn expect(&mut self, wanted: char) -> Result<(), Malformed> {
        self.blanks();
        self.letters.next_if_eq(&wanted).map(|_| ()).ok_or(Malformed)
    }

    fn has(&mut self, wanted: char) -> bool {
        self.blanks();
        self.letters.next_if_eq(&wanted).is_some()
    }

    fn value(&mut self, depth: usize) -> Result<Json, Malformed> {
        self.blanks();
        match *self.letters.peek().ok_or(Malformed)? {
            '{' | '[' if depth >= DEPTH_MAX => Err(Malformed),
            '{' => self.object(depth),
            '[' => self.list(depth),
            '"' => self.text().map(Json::Text),
            '-' | '0'..='9' | 'N' | 'I' => self.number(),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, Malformed> {
        self.expect('{')?;
        let mut fields: Vec<(String, Json)> = Vec::new();
        if self.has('}') {
            return Ok(Json::Object(fields));
        }
        loop {
            self.blanks();
            let name = self.text()?;
            self.expect(':')?;
            let value = self.value(depth + 1)?;
            fields.push((name, value));
            if self.has('}') {
                break;
            }
            self.expect(',')?;
        }
        let mut names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            Err(Malformed)
        } else {
            Ok(Json::Object(fields))
        }
    }

    fn list(&mut self, depth: usize) -> Result<Json, Malformed> {
        self.expect('[')?;
        let mut items = Vec::new();
        if self.has(']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.has(']') {
                return Ok(Json::List(items));
            }
            self.expect(',')?;
        }
    }

    fn word(&mut self) -> Result<Json, Malformed> {
        let mut word = String::new();
        while let Some(letter) = self.letters.next_if(char::is_ascii_alphabetic) {
            word.push(letter);
        }
        match word.as_str() {
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Bool(true)),
            "false" => Ok(Json::Bool(false)),
            _ => Err(Malformed),
        }
    }

    /// A number by JSON's grammar; `NaN` and `Infinity` are none, but people send them, and the field should say so.
    fn number(&mut self) -> Result<Json, Malformed> {
        let mut written = String::new();
        let part = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '+' | '.');
        while let Some(letter) = self.letters.next_if(part) {
            written.push(letter);
        }
        if matches!(written.as_str(), "NaN" | "Infinity" | "-Infinity") {
            return Ok(Json::Other(written));
        }
        let (negative, digits) = written
            .strip_prefix('-')
            .map_or((false, written.as_str()), |rest| (true, rest));
        let whole_end = digits
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(digits.len());
        let (whole, rest) = digits.split_at(whole_end);
        if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
            return Err(Malformed);
        }
        if rest.is_empty() {
            let limit = if negative { -i64::MAX } else { i64::MAX };
            return Ok(Json::Whole(
                written.parse::<i64>().map_or(limit, |number| number.max(-i64::MAX)),
            ));
        }
        if is_fraction_and_exponent(rest) {
            Ok(Json::Other(written))
        } else {
            Err(Malformed)
        }
    }

    fn text(&mut self) -> Result<String, Malformed> {
        self.letters.next_if_eq(&'"').ok_or(Malformed)?;
        let mut text = String::new();
        loop {
            match self.letters.next().ok_or(Malformed)? {
                '"' => return Ok(text),
                '\\' => text.push(self.escape()?),
                letter if letter < ' ' => return Err(Malformed),
                letter => text.push(letter),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Malformed> {
        const HIGH: std::ops::Range<u32> = 0xd800..0xdc00;
        const LOW: std::ops::Range<u32> = 0xdc00..0xe000;
        Ok(match self.letters.next().ok_or(Malformed)? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            letter @ ('"' | '\\' | '/') => letter,
            'u' => {
                let mut code = self.hexadecimal()?;
                if HIGH.contains(&code) {
                    let second = self.letters.next() == Some('\\') && self.letters.next() == Some('u');
                    let low = if second { self.hexadecimal()? } else { 0 };
                    if !LOW.contains(&low) {
                        return Err(Malformed);
                    }
                    code = 0x1_0000 + ((code - HIGH.start) << 10) + (low - LOW.start);
                }
                // NUL cannot be stored by every engine, so nobody may send it.
                char::from_u32(code).filter(|&letter| letter != '\0').ok_or(Malformed)?
            }
            _ => return Err(Malformed),
        })
    }

    fn hexadecimal(&mut self) -> Result<u32, Malformed> {
        (0..4).try_fold(0, |code, _| {
            let digit = self
                .letters
                .next()
                .and_then(|letter| letter.to_digit(16))
                .ok_or(Malformed)?;
            Ok(code * 16 + digit)
        })
    }
}

/// Whether this may follow the whole part of a number.
fn is_fraction_and_exponent(rest: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (fraction, exponent) = rest.find(['e', 'E']).map_or((rest, None), |place| {
        let (fraction, exponent) = rest.split_at(place);
        (fraction, Some(&exponent[1..]))
    });
    let fraction_fits = fraction.is_empty() || fraction.strip_prefix('.').is_some_and(digits);
    let exponent_fits = exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    fraction_fits && exponent_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_values_are_read() {
        let read = |text: &str| parse(text.as_bytes());
        assert_eq!(read(" -12 "), Ok(Json::Whole(-12)));
        assert_eq!(read("99999999999999999999"), Ok(Json::Whole(i64::MAX)));
        assert_eq!(read("-99999999999999999999"), Ok(Json::Whole(-i64::MAX)));
        for written in ["1.0", "1e400", "-0.5E-3", "NaN", "-Infinity"] {
            assert_eq!(read(written), Ok(Json::Other(written.into())));
        }
        assert_eq!(read(r#""a\u00e9\ud83d\ude00\n\/""#), Ok(Json::Text("aé😀\n/".into())));
        let nested = read(r#"{"a": [true, null, {}], "b": []}"#);
        let list = Json::List(vec![Json::Bool(true), Json::Null, Json::Object(vec![])]);
        assert_eq!(
            nested,
            Ok(Json::Object(vec![("a".into(), list), ("b".into(), Json::List(vec![]))]))
        );
    }

    #[test]
    fn everything_else_is_malformed() {
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "+1",
            "nul",
            "tru e",
            "'a'",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"\\u0061\":2}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ude00\"",
            "\"\\x\"",
            "\"a",
            "1 2",
            "\"\u{1}\"",
            "{a:1}",
            "1.5.5",
            "0x10",
            "nan",
            "\u{feff}1",
        ] {
            assert_eq!(parse(text.as_bytes()), Err(Malformed), "{text}");
        }
        assert_eq!(parse(&[b'"', 0xff, b'"']), Err(Malformed));
        assert_eq!(parse(&[b'"', 0, b'"']), Err(Malformed));
        assert_eq!(parse("[".repeat(100_000).as_bytes()), Err(Malformed));
    }

    #[test]
    fn order_and_blanks_do_not_change_the_one_form() {
        let canonical = |text: &str| parse(text.as_bytes()).unwrap().canonical(&["pin"]);
        assert_eq!(
            canonical(r#"{"b":1,"a":"x"}"#),
            canonical(" { \"a\" : \"\\u0078\", \"b\" : 1 } ")
        );
        assert_ne!(canonical(r#"{"a":["x","y"]}"#), canonical(r#"{"a":["x,y"]}"#));
        assert_ne!(canonical(r#"{"a":"1"}"#), canonical(r#"{"a":1}"#));
        assert_ne!(canonical(r#"{"a":"null"}"#), canonical(r#"{"a":null}"#));
        assert_ne!(canonical(r#"{"a":"x,1:by"}"#), canonical(r#"{"a":"x","b":"y"}"#));
    }

    #[test]
    fn what_is_left_out_leaves_no_trace() {
        let canonical = |text: &str| parse(text.as_bytes()).unwrap().canonical(&["pin"]);
        assert_eq!(canonical(r#"{"a":1,"pin":"1234"}"#), canonical(r#"{"a":1}"#));
        // Deeper down it is a field like any other.
        assert_ne!(canonical(r#"{"a":{"pin":1}}"#), canonical(r#"{"a":{}}"#));
    }
}
