//! Turns a statement written for one row into one that takes many rows as arrays, for PostgreSQL.
//! It must not talk to a server; it only rewrites text, and says `None` where it does not know how.
//!
//! The first `shared` parameters stay scalars, so that `tenant = $1` names one shard. The others become
//! columns of `trei_each`, an `unnest` of one array per parameter, numbered in the order given.

use crate::text::{Kind, Token, tokens};
use std::fmt::Write;

/// The bulk form of a statement.
#[derive(Debug, PartialEq)]
pub(crate) struct Bulk {
    pub(crate) text: String,
    /// The last column is the number of the row of parameters; rows must be put in that order.
    pub(crate) numbered: bool,
}

/// The bulk form of `text`, whose parameters have the SQL types `types`.
pub(crate) fn rewrite(text: &str, shared: usize, types: &[String]) -> Option<Bulk> {
    if types.len() <= shared {
        return None;
    }
    let tokens = tokens(text).ok()?;
    let form = Form {
        depths: depths(&tokens),
        tokens: &tokens,
        shared,
        types,
    };
    match form.verb()?.as_str() {
        "select" => Some(form.select()),
        "insert" => form.insert(),
        "update" => form.update(),
        "delete" => form.delete(),
        _ => None,
    }
}

struct Form<'a> {
    tokens: &'a [Token<'a>],
    depths: Vec<usize>,
    shared: usize,
    types: &'a [String],
}

/// How deep in parentheses each token stands; the parentheses themselves count as outside.
fn depths(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut depth = 0usize;
    let step = |token: &Token<'_>| {
        if token.is_mark(")") {
            depth = depth.saturating_sub(1);
        }
        let here = depth;
        if token.is_mark("(") {
            depth += 1;
        }
        here
    };
    tokens.iter().map(step).collect()
}

impl Form<'_> {
    /// What the statement does. A `with` counts as a select when nothing in it writes.
    fn verb(&self) -> Option<String> {
        let first = self.tokens.iter().find(|token| token.kind != Kind::Space)?;
        let writes = |token: &Token<'_>| ["insert", "update", "delete"].iter().any(|verb| token.is(verb));
        match first.text.to_ascii_lowercase() {
            with if with == "with" => {
                let writing = self.tokens.iter().any(writes);
                (!writing).then(|| "select".to_owned())
            }
            verb => Some(verb),
        }
    }

    /// `unnest($2::uuid[], …) with ordinality as trei_each(trei_2, …, trei_n)`
    fn each(&self) -> String {
        let mut arrays = String::new();
        let mut names = String::new();
        for number in self.shared + 1..=self.types.len() {
            let _ = write!(arrays, "${number}::{}[], ", self.types[number - 1]);
            let _ = write!(names, "trei_{number}, ");
        }
        let arrays = arrays.trim_end_matches(", ");
        format!("unnest({arrays}) with ordinality as trei_each({names}trei_n)")
    }

    /// The same for a join whose order the server chooses: the condition is always true, but makes it expect a single
    /// row, so that it looks each row up by its key instead of reading all rows of a tenant, whatever it knows of
    /// the table when the plan is made.
    fn few(&self) -> String {
        let each = self.each();
        format!(
            "(select * from {each} where trei_n between 1 and {}) as trei_each",
            i64::MAX
        )
    }

    /// The tokens of a range as text, with parameters replaced.
    fn text(&self, range: std::ops::Range<usize>) -> String {
        let mut out = String::new();
        for token in &self.tokens[range] {
            match token.kind {
                Kind::Parameter(number) if number > self.shared => {
                    let _ = write!(out, "trei_each.trei_{number}");
                }
                Kind::Parameter(number) => {
                    let _ = write!(out, "${number}::{}", self.types[number - 1]);
                }
                _ => out.push_str(token.text),
            }
        }
        out
    }

    /// The first place from `start` where the word stands outside all parentheses.
    fn find(&self, word: &str, start: usize) -> Option<usize> {
        (start..self.tokens.len()).find(|&at| {
            self.depths[at] == 0
                && self.tokens[at].is(word)
                // `is distinct from` is no from clause, `on` without `conflict` is a join.
                && !(word == "from" && self.before(at).is_some_and(|token| token.is("distinct")))
                && (word != "on" || self.after(at).is_some_and(|token| token.is("conflict")))
        })
    }

    fn before(&self, at: usize) -> Option<&Token<'_>> {
        let mut earlier = self.tokens[..at].iter().rev();
        earlier.find(|token| token.kind != Kind::Space)
    }

    fn after(&self, at: usize) -> Option<&Token<'_>> {
        let mut later = self.tokens[at + 1..].iter();
        later.find(|token| token.kind != Kind::Space)
    }

    fn end(&self) -> usize {
        self.tokens.len()
    }

    /// The lateral join keeps the order of the arrays, so rows are locked in the order given. `offset 0` keeps the server
    /// from looking for another way: a plan made while a table is empty would read all of it when it is full.
    fn select(&self) -> Bulk {
        let text = format!(
            "select trei_all.* from {} cross join lateral \
             (select trei_one.* from ({}) trei_one offset 0) trei_all order by trei_each.trei_n",
            self.each(),
            self.text(0..self.end()),
        );
        let numbered = false;
        Bulk { text, numbered }
    }

    fn insert(&self) -> Option<Bulk> {
        let tail = self.find("on", 0).or_else(|| self.find("returning", 0));
        let tail = tail.unwrap_or(self.end());
        let (head, source) = match self.find("values", 0) {
            Some(values) => self.insert_values(values, tail)?,
            None => self.insert_select(tail)?,
        };
        let text = format!(
            "{}{source} order by trei_each.trei_n {}",
            self.text(0..head),
            self.conflict(head, tail)?,
        );
        let numbered = false;
        Some(Bulk { text, numbered })
    }

    /// `values (…)` as `select … from unnest(…)`; `None` for several rows of values or a `default`.
    fn insert_values(&self, values: usize, tail: usize) -> Option<(usize, String)> {
        let (open, close) = self.parentheses(values)?;
        let rest = &self.tokens[close + 1..tail];
        let inside = &self.tokens[open + 1..close];
        if rest.iter().any(|token| token.kind != Kind::Space) || inside.iter().any(|token| token.is("default")) {
            return None;
        }
        let items = self.text(open + 1..close);
        Some((values, format!("select {items} from {}", self.each())))
    }

    /// `insert … select` with `trei_each` added to its from clause; `None` where rows are grouped, limited or locked.
    fn insert_select(&self, tail: usize) -> Option<(usize, String)> {
        let select = self.find("select", 0)?;
        let stops = [
            "group",
            "order",
            "limit",
            "offset",
            "union",
            "except",
            "intersect",
            "for",
            "having",
            "with",
        ];
        let stop = |word: &&str| self.find(word, 0).is_some_and(|at| at < tail);
        let distinct = self.after(select).is_some_and(|token| token.is("distinct"));
        if distinct || stops.iter().any(stop) {
            return None;
        }
        let source = match self.find("from", select).filter(|&at| at < tail) {
            Some(from) => format!(
                "{} {}, {}",
                self.text(select..from + 1),
                self.few(),
                self.text(from + 1..tail)
            ),
            None => {
                let filter = self.find("where", select).filter(|&at| at < tail);
                let filter = filter.unwrap_or(tail);
                format!(
                    "{} from {} {}",
                    self.text(select..filter),
                    self.few(),
                    self.text(filter..tail)
                )
            }
        };
        Some((select, source))
    }

    /// `on conflict … returning …`: there `trei_each` cannot be seen, but `excluded` has the same values.
    fn conflict(&self, head: usize, tail: usize) -> Option<String> {
        let returning = self.find("returning", tail).unwrap_or(self.end());
        let mut out = String::new();
        for (at, token) in self.tokens.iter().enumerate().skip(tail) {
            match token.kind {
                Kind::Parameter(number) if number > self.shared => {
                    if at > returning {
                        return None;
                    }
                    let _ = write!(out, "excluded.{}", self.column_of(number, head)?);
                }
                Kind::Parameter(number) => {
                    let _ = write!(out, "${number}::{}", self.types[number - 1]);
                }
                _ => out.push_str(token.text),
            }
        }
        Some(out)
    }

    /// The column that an insert fills with exactly this parameter.
    fn column_of(&self, number: usize, head: usize) -> Option<&str> {
        if !self.tokens[head].is("values") {
            return None;
        }
        let (open, close) = self.parentheses(0).filter(|(_, close)| *close < head)?;
        let (first, last) = self.parentheses(head)?;
        let position = self
            .items(first, last)
            .position(|item| matches!(item[..], [only] if only.kind == Kind::Parameter(number)))?;
        match self.items(open, close).nth(position)?.as_slice() {
            [name] => Some(name.text),
            _ => None,
        }
    }

    /// The first pair of outermost parentheses from `start`.
    fn parentheses(&self, start: usize) -> Option<(usize, usize)> {
        let outer = |at: &usize, mark: &str| self.depths[*at] == 0 && self.tokens[*at].is_mark(mark);
        let open = (start..self.end()).find(|at| outer(at, "("))?;
        let close = (open..self.end()).find(|at| outer(at, ")"))?;
        Some((open, close))
    }

    /// What stands between the commas of a list, without blanks.
    fn items(&self, open: usize, close: usize) -> impl Iterator<Item = Vec<Token<'_>>> {
        let numbered = (open + 1..close).collect::<Vec<_>>();
        let comma = |at: &usize| self.depths[*at] == 1 && self.tokens[*at].is_mark(",");
        let lists = numbered.split(comma).map(|item| {
            let tokens = item.iter().map(|&at| self.tokens[at]);
            tokens.filter(|token| token.kind != Kind::Space).collect()
        });
        lists.collect::<Vec<Vec<_>>>().into_iter()
    }

    fn update(&self) -> Option<Bulk> {
        let set = self.find("set", 0)?;
        Some(self.join("from", set))
    }

    fn delete(&self) -> Option<Bulk> {
        let from = self.find("from", 0)?;
        Some(self.join("using", from + 1))
    }

    /// Adds `trei_each` to the tables an update or a delete looks at, and its number to what it returns.
    fn join(&self, keyword: &str, start: usize) -> Bulk {
        let returning = self.find("returning", start).unwrap_or(self.end());
        let present = self.find(keyword, start).filter(|&at| at < returning);
        let filter = self.find("where", start).unwrap_or(returning);
        let joined = match present {
            Some(at) => format!(
                "{} {}, {}",
                self.text(0..at + 1),
                self.few(),
                self.text(at + 1..returning)
            ),
            None => format!(
                "{} {keyword} {} {}",
                self.text(0..filter),
                self.few(),
                self.text(filter..returning)
            ),
        };
        let numbered = returning < self.end();
        let number = if numbered { ", trei_each.trei_n" } else { "" };
        let text = format!("{joined}{}{number}", self.text(returning..self.end()));
        Bulk { text, numbered }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(text: &str, shared: usize, count: usize) -> Option<String> {
        rewrite(text, shared, &vec!["int8".to_owned(); count]).map(|bulk| bulk.text)
    }

    #[test]
    fn parameters_are_replaced_only_where_they_are_parameters() {
        let text = "insert into t (a, b, c, d, e, f, g, h, i, \"$2\") values ($1, $2, '$3 it''s', $3, $4, $5, $6, $7, $8, $10) -- $9";
        let bulk = many(text, 1, 10).unwrap();
        assert!(bulk.contains("\"$2\") select $1::int8, trei_each.trei_2, '$3 it''s', trei_each.trei_3"));
        assert!(bulk.contains("trei_each.trei_8, trei_each.trei_10 from unnest($2::int8[]"));
        assert!(bulk.contains("$10::int8[]) with ordinality as trei_each(trei_2, "));
    }

    #[test]
    fn an_upsert_refers_to_the_row_it_would_have_inserted() {
        let bulk = many(
            "insert into t (a, b, c) values ($1, $2, $3) on conflict (a, b) do update set c = t.c + $3 where t.a = $1",
            1,
            3,
        );
        assert!(
            bulk.unwrap()
                .ends_with("on conflict (a, b) do update set c = t.c + excluded.c where t.a = $1::int8")
        );
        // The value was changed on its way in, so no column holds the parameter.
        assert_eq!(
            many(
                "insert into t (a, b) values ($1, $2 + 1) on conflict (a) do update set b = $2",
                1,
                2
            ),
            None
        );
        assert_eq!(many("insert into t (a) values ($1) returning a + $2", 1, 2), None);
    }

    #[test]
    fn what_cannot_be_one_statement_is_left_alone() {
        assert_eq!(many("insert into t (a, b) values ($1, $2), ($1, 3)", 1, 2), None);
        assert_eq!(many("insert into t (a, b, c) values ($1, $2, default)", 1, 2), None);
        assert_eq!(
            many(
                "insert into t (a, b) select a, b from t where a = $1 and b > $2 limit 1",
                1,
                2
            ),
            None
        );
        assert_eq!(
            many(
                "with x as (delete from t where a = $1 returning a) select a + $2 from x",
                1,
                2
            ),
            None
        );
        assert_eq!(many("update t set a = 1 where b = $1", 1, 1), None);
        assert_eq!(many("lock table t", 0, 1), None);
    }
}
