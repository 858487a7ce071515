//! A server that runs already, driven with the credentials that a demonstration writes. Cards are opened through its
//! API, since its own cards are somebody's.

use super::fill::fresh_id;
use super::load::{Line, Load, drive};
use super::report::Report;
use super::series::{Mix, Round, Series};
use super::visits::{Visit, Visits};
use super::wire::Caller;
use super::{Options, WIDE};
use crate::error::Error;
use serde::Deserialize;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::Path;
use std::sync::Arc;

/// Cards of each kind that are opened at most.
const CARDS_MAX: usize = 2_000;

#[derive(Deserialize)]
struct Credentials {
    merchants: Vec<Merchant>,
}

#[derive(Deserialize)]
struct Merchant {
    api_key: String,
    stores: Vec<Named>,
    programs: Vec<Program>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Program {
    id: String,
    kind: String,
}

/// Measures a running server. Ratios need engines of our own, so there are none.
///
/// # Errors
/// When it cannot be reached or the credentials do not fit.
pub async fn measure(options: &Options, url: &url::Url, credentials: &Path, report: &mut Report) -> Result<(), Error> {
    let address = address_of(url)?;
    let merchant = first_of(credentials)?;
    let store = merchant.stores[0].id.clone();
    let caller = Caller {
        host: address.to_string(),
        token: Some(merchant.api_key),
    };
    let program = |kinds: &[&str]| {
        merchant
            .programs
            .iter()
            .find(|program| kinds.contains(&program.kind.as_str()))
    };
    let mut wanted = Vec::new();
    for (mix, visit, kinds) in [
        (Mix::Bare, Visit::Bare, &["stamps", "hybrid", "points"][..]),
        (Mix::Noop, Visit::Noop, &["stamps", "hybrid", "points"]),
        (Mix::Stamp, Visit::Stamp, &["stamps", "hybrid"]),
        (Mix::Hot, Visit::Hot, &["stamps", "hybrid"]),
        (Mix::Wide, Visit::Stamp, &["stamps", "hybrid"]),
        (Mix::Lone, Visit::Stamp, &["stamps", "hybrid"]),
        (Mix::Earn, Visit::Earn, &["points", "hybrid"]),
    ] {
        if let Some(program) = program(kinds).filter(|_| options.wants(mix)) {
            let opened = open(address, &caller, &program.id, &store, options.cards.min(CARDS_MAX)).await?;
            wanted.push((mix, visit, opened));
        }
    }
    report.cards = options.cards.min(CARDS_MAX);
    report.notes.push(
        "A running server applies its own rules: stamps that its cooldown or its caps refuse are counted as errors."
            .to_owned(),
    );
    let run = fresh_id().simple().to_string();
    for (mix, visit, cards) in wanted {
        let name = format!("{run}-{}", mix.code());
        let visits =
            |number: u64| Visits::new(caller.clone(), visit, cards.clone(), &store, format!("{name}-{number}"));
        report.series.push(series(options, address, mix, visits).await?);
    }
    Ok(())
}

/// The first merchant of a file of credentials.
fn first_of(credentials: &Path) -> Result<Merchant, Error> {
    let name = credentials.display();
    let text = std::fs::read_to_string(credentials).map_err(Error::io(format!("{name} cannot be read")))?;
    let known: Credentials = serde_json::from_str(&text).map_err(|error| Error::malformed(name.to_string(), error))?;
    let merchant = known
        .merchants
        .into_iter()
        .next()
        .filter(|merchant| !merchant.stores.is_empty());
    merchant.ok_or_else(|| Error::malformed("credentials", "they name no merchant with a store"))
}

/// The rounds of one mix.
async fn series(
    options: &Options,
    address: SocketAddr,
    mix: Mix,
    visits: impl Fn(u64) -> Visits,
) -> Result<Series, Error> {
    let connections = match mix {
        Mix::Wide => WIDE,
        Mix::Lone => 1,
        _ => usize::from(options.connections),
    };
    let mut rounds = Vec::new();
    for number in 1..=u64::from(options.rounds) {
        let load = Load {
            address,
            connections,
            warm_up: options.warm_up(),
            time: options.time(),
        };
        let counted = drive(load, Arc::new(visits(number)), number).await?;
        rounds.push(Round::of_load(counted, options.time().as_secs_f64()));
    }
    Ok(Series {
        on: address.to_string(),
        mix,
        connections,
        rounds,
    })
}

/// The address behind a plain `http` address of this machine or network.
fn address_of(url: &url::Url) -> Result<SocketAddr, Error> {
    let (Some(host), Some(port), "http") = (url.host_str(), url.port_or_known_default(), url.scheme()) else {
        return Err(Error::Unfit(format!(
            "the bench speaks plain http, `{url}` is something else"
        )));
    };
    let found = (host.trim_matches(['[', ']']), port).to_socket_addrs();
    let mut found = found.map_err(Error::io(format!("{host} cannot be found")))?;
    let address = found
        .next()
        .ok_or_else(|| Error::Unfit(format!("{host} has no address")))?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err(Error::Unfit(format!(
            "the bench drives this machine only, {address} is another"
        )))
    }
}

/// Opens cards.
async fn open(
    address: SocketAddr,
    caller: &Caller,
    program: &str,
    store: &str,
    count: usize,
) -> Result<Arc<[String]>, Error> {
    #[derive(Deserialize)]
    struct Opened {
        id: String,
    }
    let unreachable = || Error::io(format!("{address} cannot be reached"));
    let mut line = Line::open(address).await.map_err(unreachable())?;
    let body = serde_json::json!({ "program": program, "store": store, "locale": "en" }).to_string();
    let run = fresh_id().simple().to_string();
    let mut cards = Vec::with_capacity(count);
    for number in 0..count {
        let mut request = String::new();
        caller.post(&mut request, "/api/v1/cards", Some(&format!("{run}-{number}")), &body);
        let head = line.ask(request.as_bytes()).await.map_err(unreachable())?;
        let said = line.body(head);
        if !(200..300).contains(&head.status) {
            let said = String::from_utf8_lossy(said);
            return Err(Error::Unfit(format!("a card cannot be opened: {} {said}", head.status)));
        }
        let opened: Opened = serde_json::from_slice(said).map_err(|error| Error::malformed("card", error))?;
        cards.push(opened.id);
    }
    Ok(cards.into())
}
