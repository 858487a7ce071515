//! What SQLite says went wrong, in the port's words, with the constraint's name as PostgreSQL would say it.
//! It must not know a table of ours: names are looked up in the schema when a row was refused.

use crate::error::Error;
use crate::text::{Kind, Token, tokens};
use rusqlite::{Connection, Error as Driver, ErrorCode, ffi};

/// The error of the port. `connection` is asked for the name of a constraint.
pub(super) fn translate(connection: Option<&Connection>, what: &str, error: Driver) -> Error {
    let Driver::SqliteFailure(code, message) = &error else {
        return match error {
            Driver::SqlInputError { .. } | Driver::MultipleStatement => Error::statement(what, error.to_string()),
            _ => Error::other(what, error),
        };
    };
    let message = message.as_deref().unwrap_or_default();
    let after_colon = message.split_once(": ").map_or(message, |(_, rest)| rest);
    match code.code {
        ErrorCode::ConstraintViolation => match code.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                let constraint = unique_name(connection, after_colon);
                Error::UniqueViolation { constraint }
            }
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::ForeignKeyViolation { constraint: None },
            ffi::SQLITE_CONSTRAINT_CHECK => Error::CheckViolation {
                constraint: after_colon.to_owned(),
            },
            ffi::SQLITE_CONSTRAINT_NOTNULL => Error::NotNullViolation {
                column: after_colon.to_owned(),
            },
            _ => Error::other(what, error),
        },
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Busy,
        ErrorCode::DiskFull => Error::DiskFull,
        // The index of the log could not grow: the same full disk, met elsewhere. And a write that failed: SQLite calls a
        // disk full only where nobody gets more, not where a quota or a limit of the process is reached.
        _ if matches!(code.extended_code, ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_WRITE) => Error::DiskFull,
        ErrorCode::ReadOnly => Error::ReadOnly,
        _ => Error::other(what, error),
    }
}

/// Whether the disk failed to keep what it had accepted, so that nothing more may be trusted to it.
pub(super) fn is_lasting(error: &Driver) -> bool {
    let Driver::SqliteFailure(code, _) = error else {
        return false;
    };
    let extended = code.extended_code;
    extended == ffi::SQLITE_IOERR_FSYNC
        || extended == ffi::SQLITE_IOERR_DIR_FSYNC
        || code.code == ErrorCode::DatabaseCorrupt
}

/// The name of the constraint on `table.column, table.column`, or that text where there is none.
fn unique_name(connection: Option<&Connection>, columns: &str) -> String {
    // An index on an expression is named outright.
    if let Some(index) = columns.strip_prefix("index '") {
        return index.trim_end_matches('\'').to_owned();
    }
    let found = connection.and_then(|connection| look_up(connection, columns));
    found.unwrap_or_else(|| columns.to_owned())
}

fn look_up(connection: &Connection, columns: &str) -> Option<String> {
    let pairs = columns.split(", ").map(|pair| pair.split_once('.'));
    let pairs = pairs.collect::<Option<Vec<_>>>()?;
    let table = pairs.first()?.0;
    let columns: Vec<&str> = pairs.iter().map(|pair| pair.1).collect();
    let listing =
        "select type, name, sql from sqlite_schema where tbl_name = ?1 and sql is not null order by type desc";
    let mut listing = connection.prepare_cached(listing).ok()?;
    let mut rows = listing.query([table]).ok()?;
    while let Ok(Some(row)) = rows.next() {
        let (kind, name, text): (String, String, String) = (row.get(0).ok()?, row.get(1).ok()?, row.get(2).ok()?);
        let found = match kind.as_str() {
            "table" => in_table(table, &text, &columns),
            "index" => is_index_on(&text, &columns).then_some(name),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn significant(text: &str) -> Vec<Token<'_>> {
    let found = tokens(text).unwrap_or_default();
    found.into_iter().filter(|token| token.kind != Kind::Space).collect()
}

/// The parts of the outermost parentheses, cut at their commas.
fn parts<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut depth = 0usize;
    let mut start = 0;
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let opens = token.is_mark("(");
        let closes = token.is_mark(")");
        if opens {
            depth += 1;
        }
        if opens && depth == 1 {
            start = at + 1;
        } else if depth == 1 && (closes || token.is_mark(",")) {
            found.push(&tokens[start..at]);
            start = at + 1;
        }
        if closes {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                break;
            }
        }
    }
    found
}

fn bare<'a>(token: &Token<'a>) -> &'a str {
    token.text.trim_matches('"')
}

/// Whether the parenthesised list at the beginning names exactly these columns.
fn lists(tokens: &[Token<'_>], columns: &[&str]) -> bool {
    let named = parts(tokens);
    named.len() == columns.len()
        && named
            .iter()
            .zip(columns)
            .all(|(part, column)| part.first().is_some_and(|name| bare(name) == *column))
}

fn is_index_on(text: &str, columns: &[&str]) -> bool {
    let tokens = significant(text);
    let unique = tokens.get(1).is_some_and(|token| token.is("unique"));
    unique && lists(&tokens, columns)
}

/// The name the table gives the constraint, or the one PostgreSQL would make up.
fn in_table(table: &str, text: &str, columns: &[&str]) -> Option<String> {
    let tokens = significant(text);
    parts(&tokens).into_iter().find_map(|part| {
        let (name, rest) = match part {
            [first, name, rest @ ..] if first.is("constraint") => (Some(bare(name)), rest),
            rest => (None, rest),
        };
        let made_up = match rest {
            [primary, key, list @ ..] if primary.is("primary") && key.is("key") => {
                lists(list, columns).then(|| format!("{table}_pkey"))
            }
            [unique, list @ ..] if unique.is("unique") => {
                lists(list, columns).then(|| format!("{table}_{}_key", columns.join("_")))
            }
            [column, ..] if columns == [bare(column)] => return in_column(table, rest),
            _ => None,
        };
        made_up.map(|made_up| name.map_or(made_up, str::to_owned))
    })
}

/// `id uuid constraint visits_key primary key`
fn in_column(table: &str, part: &[Token<'_>]) -> Option<String> {
    let column = part.first().map(bare)?;
    part.iter().enumerate().find_map(|(at, token)| {
        let made_up = if token.is("primary") {
            format!("{table}_pkey")
        } else if token.is("unique") {
            format!("{table}_{column}_key")
        } else {
            return None;
        };
        let named = at >= 2 && part[at - 2].is("constraint");
        Some(if named { bare(&part[at - 1]).to_owned() } else { made_up })
    })
}
