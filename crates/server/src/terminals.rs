//! Terminals: made with a one-time code, paired by whoever types it at a device, taken back at once. Each device keeps a
//! token of its own; of tokens and codes only hashes are stored.

use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::pins;
use crate::rate_limits::Rate;
use crate::secrets::{SecretError, is_same};
use crate::sql::{catalogue, credentials, pairing};
use crate::tokens::{self, TokenOf};
use db::{Transaction, params};
use domain::ids::{MerchantId, StoreId, TerminalId};
use domain::moment::Instant;
use serde_json::json;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// How long a code works.
pub const CODE_MINUTES: i64 = 10;
/// How many wrong tries a code survives.
pub const TRIES_MAX: i64 = 5;
/// The same as a limit, as answers tell it.
pub const CODE_RATE: Rate = Rate {
    tries: NonZeroU32::MIN.saturating_add(4),
    seconds: 10 * 60,
};
/// Characters of a code; the first half finds it, the second proves it.
const CODE_LENGTH: usize = 8;
/// How many codes are drawn when the first half of one is taken; once is rare, thrice does not happen.
const DRAWS_MAX: usize = 3;
/// Crockford's letters and digits: none looks like another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A terminal that waits for its device.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which.
    pub terminal: TerminalId,
    /// What is typed at the device, in two groups. Shown once.
    pub code: String,
    /// Until when.
    pub expires_at: Instant,
}

/// A device that became a terminal.
pub struct Paired {
    /// Whose.
    pub merchant: MerchantId,
    /// Which terminal.
    pub terminal: TerminalId,
    /// In which store.
    pub store: StoreId,
    /// What the device keeps. Shown once.
    pub token: String,
}

/// Why a code pairs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairingRefusal {
    /// No such code, or its time is over.
    Invalid,
    /// It has paired a device.
    Used,
    /// It was tried too often; so many seconds until it ends.
    TooOften(u64),
}

/// A terminal as it is listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub terminal: TerminalId,
    /// Where.
    pub store: StoreId,
    /// What it is called.
    pub name: String,
    /// `waiting`, `paired` or `revoked`.
    pub status: String,
    /// When it was seen last, to the minute.
    pub last_seen_at: Option<Instant>,
    /// Until when too many wrong PINs lock it.
    pub locked_until: Option<Instant>,
}

/// A code as it is compared.
struct Code {
    selector: Vec<u8>,
    hash: Vec<u8>,
}

impl Code {
    fn of(app: &App, letters: &str) -> Self {
        let hash = |what: &str, text: &str| app.secrets.input_hash("pairing", what, text);
        Self {
            selector: hash("first half", letters.get(..CODE_LENGTH / 2).unwrap_or_default()),
            hash: hash("whole", letters),
        }
    }
}

/// A code as it was drawn: letters without separators.
fn draw(app: &App) -> Result<String, SecretError> {
    let chance: [u8; CODE_LENGTH] = app.secrets.random()?;
    Ok(chance
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect())
}

/// A code as it was typed, with what looks alike taken for what is meant; none when it cannot be one.
fn typed(text: &str) -> Option<String> {
    let letters = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    let meant = letters.map(|letter| match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    // One more than a code has, so that nothing long is kept.
    let meant: String = meant.take(CODE_LENGTH + 1).collect();
    let is_code = meant.len() == CODE_LENGTH && meant.bytes().all(|byte| LETTERS.contains(&byte));
    is_code.then_some(meant)
}

/// Makes a terminal that waits for a device, with a code that pairs one.
///
/// # Errors
/// When the database refuses.
pub async fn make(app: &App, who: Who, merchant: MerchantId, store: StoreId, name: &str) -> Result<Made, Error> {
    let now = app.clock.now();
    let expires_at = now.plus_minutes(CODE_MINUTES);
    let broken = |error: SecretError| Error::malformed("a code", error);
    for _ in 0..DRAWS_MAX {
        let terminal = TerminalId(app.secrets.new_id(now).map_err(broken)?);
        let letters = draw(app).map_err(broken)?;
        let code = Code::of(app, &letters);
        let change = Change::made(json!({ "name": name, "store": store.to_string() }));
        let entry = Entry::new(&app.secrets, who.clone(), Action::TerminalMade).map_err(broken)?;
        let entry = entry.at(merchant).about(terminal).with(change);
        let row = params![
            merchant.0,
            terminal.0,
            store.0,
            name,
            Vec::<u8>::new(),
            "waiting",
            now.0
        ];
        let code_row = params![code.selector, merchant.0, terminal.0, code.hash, now.0, expires_at.0];
        let made = app.db.write::<_, Error, _>(move |tx| {
            if tx.run(&pairing::ADD, &code_row)? == 0 {
                return Ok(false);
            }
            tx.run(&credentials::ADD_TERMINAL, &row)?;
            audit_log::note(tx, &entry, now)?;
            Ok(true)
        });
        if made.await? {
            let (first, second) = letters.split_at(CODE_LENGTH / 2);
            return Ok(Made {
                terminal,
                code: format!("{first}-{second}"),
                expires_at,
            });
        }
    }
    Err(Error::Unfit("no code is free at the moment: try again".to_owned()))
}

/// Pairs the device at which a code was typed. Only one device gets the terminal, however many type it at once.
///
/// # Errors
/// When the database fails.
pub async fn pair(app: &App, address: IpAddr, text: &str) -> Result<Result<Paired, PairingRefusal>, Error> {
    let Some(letters) = typed(text) else {
        return Ok(Err(PairingRefusal::Invalid));
    };
    let (app, code) = (app.clone(), Code::of(app, &letters));
    let db = app.db.clone();
    db.write(move |tx| try_code(tx, &app, address, &code)).await
}

fn try_code(
    tx: &mut Transaction<'_>,
    app: &App,
    address: IpAddr,
    code: &Code,
) -> Result<Result<Paired, PairingRefusal>, Error> {
    let now = app.clock.now();
    let Some(row) = pairing::find(tx, &code.selector)? else {
        return Ok(Err(PairingRefusal::Invalid));
    };
    let (merchant, terminal) = (MerchantId(row.merchant), TerminalId(row.terminal));
    let broken = |error: SecretError| Error::malformed("a token", error);
    let entry = |who: Who, action| {
        let entry = Entry::new(&app.secrets, who, action).map_err(broken)?;
        Ok::<_, Error>(entry.at(merchant).about(terminal).from(Some(address)))
    };
    let left = row.expires_at.saturating_sub(now.0);
    if row.tries >= TRIES_MAX && left > 0 {
        let seconds = u64::try_from(left).unwrap_or(0).div_ceil(1_000_000);
        return Ok(Err(PairingRefusal::TooOften(seconds)));
    }
    if !is_same(&row.code_hash, &code.hash) {
        tx.run(&pairing::COUNT_TRY, &params![code.selector.clone()])?;
        audit_log::note(tx, &entry(Who::stranger(), Action::TerminalPairingRefused)?, now)?;
        return Ok(Err(PairingRefusal::Invalid));
    }
    if row.used_at.is_some() {
        return Ok(Err(PairingRefusal::Used));
    }
    if left <= 0 {
        return Ok(Err(PairingRefusal::Invalid));
    }
    let token = tokens::new_token(&app.secrets, merchant, TokenOf::Terminal(terminal)).map_err(broken)?;
    let values = params![merchant.0, terminal.0, tokens::hash(&token)];
    // Taken back while it waited, it waits no more.
    let Some(paired) = tx.row(&credentials::PAIR, &values)? else {
        return Ok(Err(PairingRefusal::Invalid));
    };
    tx.run(&credentials::USED, &params![merchant.0, terminal.0, now.0, now.0])?;
    tx.run(&pairing::USE, &params![code.selector.clone(), now.0])?;
    let who = Who::is(terminal, "terminal");
    audit_log::note(tx, &entry(who, Action::TerminalPaired)?, now)?;
    Ok(Ok(Paired {
        merchant,
        terminal,
        store: StoreId(paired.get(0)?),
        token,
    }))
}

/// Takes a terminal back: its device is refused at its next write, in whichever process. False when there is none, or it was
/// taken back before.
///
/// # Errors
/// When the database fails.
pub async fn revoke(app: &App, who: Who, merchant: MerchantId, terminal: TerminalId) -> Result<bool, Error> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, who, Action::TerminalRevoked);
    let entry = entry.map_err(|error| Error::malformed("a row of the log", error))?;
    app.db
        .write(move |tx| {
            let values = params![merchant.0, terminal.0, now.0];
            let Some(row) = tx.row(&credentials::REVOKE_TERMINAL, &values)? else {
                return Ok(false);
            };
            // The ledger reads who was taken back with the rest of the catalogue.
            tx.run(&catalogue::RAISE_REVISION, &params![merchant.0])?;
            let name: String = row.get(0)?;
            let change = Change::of(json!({ "name": name }), json!({ "name": name, "status": "revoked" }));
            audit_log::note(tx, &entry.at(merchant).about(terminal).with(change), now)?;
            Ok(true)
        })
        .await
}

/// A merchant's terminals, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId) -> Result<Vec<Listed>, Error> {
    let now = app.clock.now();
    app.db
        .read(move |tx| {
            let rows = tx.rows(&credentials::TERMINALS, &params![merchant.0])?;
            let listed = rows.iter().map(|row| {
                Ok(Listed {
                    terminal: TerminalId(row.get(0)?),
                    store: StoreId(row.get(1)?),
                    name: row.get(2)?,
                    status: row.get(3)?,
                    last_seen_at: row.get::<Option<i64>>(4)?.map(Instant),
                    locked_until: pins::locked_until(row.get(5)?, now)?,
                })
            });
            listed.collect()
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn a_code_is_read_as_it_was_meant() {
        for text in ["7KQ4M2XA", "7kq4-m2xa", " 7KQ4 M2XA ", "7k-q4-m2-xa"] {
            assert_eq!(typed(text).as_deref(), Some("7KQ4M2XA"), "{text}");
        }
        assert_eq!(typed("oOiI-lL11").as_deref(), Some("00111111"));
        for text in ["", "7KQ4M2X", "7KQ4M2XA7", "7KQ4M2XU", "7KQ4M2Xé", &"7".repeat(100_000)] {
            assert_eq!(typed(text), None, "{}", text.len());
        }
    }
}
