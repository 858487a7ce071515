//! A passkey that a device shows: to sign in, or to prove again who somebody is.

use super::ceremony::{Answer, Asked, Ceremony, broken, house, keep, taken, told};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::people::sessions::{Beginning, role_of};
use crate::people::{Person, Ticket, Visitor, account, sign_in};
use crate::permissions::Role;
use crate::problem::{Code, Problem};
use crate::sql;
use db::{Row, params};
use domain::ids::{MerchantId, PasskeyId, SessionId, UserId};
use domain::moment::Instant;
use serde_json::{Value, json};
use webauthn_rs::prelude::{Passkey, PublicKeyCredential};

/// A passkey that was shown and is right; whether it still stands, the transaction says.
struct Used {
    merchant: MerchantId,
    user: UserId,
    role: Role,
    account: Vec<u8>,
    passkey: PasskeyId,
    before: String,
    after: String,
}

/// Why a passkey is not right, for the log, and whose account it was, if anybody's.
struct Wrong(Vec<u8>);

/// Asks for any passkey of this house.
///
/// # Errors
/// `not_found` where none work.
pub async fn ask(app: &App) -> Result<Asked, Problem> {
    let house = house(&app.config).ok_or(Code::NotFound)?;
    let (options, state) = house
        .start_discoverable_authentication()
        .map_err(|error| broken(&error))?;
    keep(app, Ceremony::Show(state), json!(options.public_key)).await
}

/// Takes a passkey that a device showed, for whoever's it is.
async fn checked(app: &App, shown: &Answer) -> Result<Result<Used, Wrong>, Problem> {
    let nobodys = || Ok(Err(Wrong(Vec::new())));
    let (Some(Ceremony::Show(state)), Some(house)) = (taken(app, &shown.ceremony).await?, house(&app.config)) else {
        return nobodys();
    };
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(&shown.answer) else {
        return nobodys();
    };
    let Ok((user, id)) = house.identify_discoverable_authentication(&answer) else {
        return nobodys();
    };
    let key = params![id.to_vec()];
    let found = app
        .db
        .read(move |tx| Ok::<_, Error>(tx.row(&sql::passkeys::BY_CREDENTIAL, &key)?));
    let Some(row) = found.await.map_err(|error| Problem::broken(&error))? else {
        return nobodys();
    };
    let (mut used, disabled_at) = read(&row).map_err(|error| Problem::broken(&error))?;
    let mut passkey: Passkey = told(used.before.clone()).map_err(|error| Problem::broken(&error))?;
    let result = house.finish_discoverable_authentication_v2(&answer, state, &passkey);
    match result {
        Ok(result) if used.user.0 == user && disabled_at.is_none() => {
            passkey.update_credential(&result);
            used.after = json!(passkey).to_string();
            Ok(Ok(used))
        }
        _ => Ok(Err(Wrong(used.account))),
    }
}

fn read(row: &Row) -> Result<(Used, Option<i64>), Error> {
    let (merchant, role): (_, String) = (MerchantId(row.get(0)?), row.get(4)?);
    let before: String = row.get(3)?;
    let used = Used {
        merchant,
        user: UserId(row.get(1)?),
        role: role_of(merchant, &role)?,
        account: row.get(6)?,
        passkey: PasskeyId(row.get(2)?),
        after: before.clone(),
        before,
    };
    Ok((used, row.get(5)?))
}

impl Used {
    /// Writes down that it was used; false where it is gone, or another use came first.
    fn write(&self, tx: &mut db::Transaction<'_>, now: Instant) -> Result<bool, Error> {
        let (before, after) = (self.before.clone(), self.after.clone());
        let row = params![self.merchant.0, self.passkey.0, before, after, now.0];
        Ok(tx.run(&sql::passkeys::USED, &row)? > 0)
    }

    fn told(&self) -> Value {
        json!({ "with": self.passkey.to_string() })
    }
}

/// Signs in with a passkey: it stands for the password and the second factor. Gives the token of a whole session.
///
/// # Errors
/// `invalid_credentials`, whatever is wrong with it.
pub async fn sign_in(app: &App, visitor: &Visitor, shown: &Answer) -> Result<String, Problem> {
    let used = match checked(app, shown).await? {
        Ok(used) => used,
        Err(Wrong(account)) => return Err(sign_in::refused(app, visitor, account, Code::InvalidCredentials).await),
    };
    let now = app.clock.now();
    let (token, ticket) = Ticket::new(&app.secrets, used.merchant)?;
    let beginning = Beginning {
        ticket,
        session: SessionId(app.secrets.new_id(now)?),
        user: used.user,
        visitor: visitor.clone(),
        whole: true,
    };
    let mut told = used.told();
    told["session"] = json!(beginning.session.to_string());
    told["device"] = json!(visitor.device);
    let entry = entry(
        app,
        visitor,
        (used.merchant, used.user, used.role),
        Action::UserSignedIn,
    )?;
    let (entry, account) = (entry.with(Change::made(told)), used.account.clone());
    let written = app.db.write(move |tx| {
        if !used.write(tx, now)? {
            return Ok(false);
        }
        beginning.write(tx, now)?;
        audit_log::note(tx, &entry, now)?;
        Ok::<_, Error>(true)
    });
    match written.await.map_err(|error| Problem::broken(&error))? {
        true => Ok(token),
        false => Err(sign_in::refused(app, visitor, account, Code::InvalidCredentials).await),
    }
}

/// Proves again who somebody is, by a passkey of theirs. The session goes on under a new token.
///
/// # Errors
/// `invalid_credentials`.
pub async fn again(app: &App, visitor: &Visitor, person: &Person, shown: &Answer) -> Result<String, Problem> {
    let account = person.account().to_vec();
    let used = checked(app, shown).await?.ok();
    let Some(used) = used.filter(|used| (used.merchant, used.user) == (person.merchant(), person.id())) else {
        return Err(sign_in::refused(app, visitor, account, Code::InvalidCredentials).await);
    };
    let now = app.clock.now();
    let (token, ticket) = Ticket::new(&app.secrets, person.merchant())?;
    let entry = account::entry(app, visitor, person, Action::UserProven)?.with(Change::made(used.told()));
    let old = person.ticket().clone();
    let written = app.db.write(move |tx| {
        let renewed = params![old.merchant.0, old.hash.clone(), ticket.hash.clone(), now.0];
        if !used.write(tx, now)? || tx.run(&sql::sessions::RENEW, &renewed)? == 0 {
            return Ok(false);
        }
        audit_log::note(tx, &entry, now)?;
        Ok::<_, Error>(true)
    });
    match written.await.map_err(|error| Problem::broken(&error))? {
        true => Ok(token),
        false => Err(sign_in::refused(app, visitor, account, Code::InvalidCredentials).await),
    }
}

fn entry(
    app: &App,
    visitor: &Visitor,
    (merchant, user, role): (MerchantId, UserId, Role),
    action: Action,
) -> Result<Entry, Problem> {
    let entry = Entry::new(&app.secrets, Who::person(user, role), action)?;
    Ok(entry.at(merchant).about(user).from(Some(visitor.address)))
}
