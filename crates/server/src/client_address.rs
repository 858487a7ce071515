//! From where somebody calls: the socket's other end, or, where that is a proxy that the operator named, the address that
//! the proxies saw. What anybody else writes into the headers of proxies is nobody's word. It must not know what is asked.

mod network;

pub use network::{Network, NoNetwork, list};

use crate::app::App;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, header};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// How many proxies may stand in a row.
const HOPS_MAX: usize = 16;
/// How many bits of an address of version 6 name a household or a firm, which has all addresses behind them.
const HOUSEHOLD_BITS: u32 = 64;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of the socket, as the connection noted it on each of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// From where a request comes. An extractor that never fails; without a socket, as in a test, it is 0.0.0.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(IpAddr);

impl Client {
    /// The client of a request.
    pub fn of(proxies: &[Network], headers: &HeaderMap, extensions: &Extensions) -> Self {
        let peer = extensions.get::<Peer>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.to_canonical());
        Self(seen(peer, proxies, headers))
    }

    /// The address.
    pub fn address(self) -> IpAddr {
        self.0
    }

    /// The address as limits count it: of version 6 only what names the household.
    pub fn counted(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(_) => network::masked(self.0, HOUSEHOLD_BITS),
        }
    }
}

impl<S> FromRequestParts<S> for Client
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let app = App::from_ref(state);
        Ok(Self::of(&app.config.trusted_proxies, &parts.headers, &parts.extensions))
    }
}

/// The address nearest to us that is none of our proxies, as far as they tell.
fn seen(peer: IpAddr, proxies: &[Network], headers: &HeaderMap) -> IpAddr {
    if !is_ours(proxies, peer) {
        return peer;
    }
    let listed = texts(headers, &X_FORWARDED_FOR).map(|text| follow(peer, proxies, text.rsplit(',').map(bare)));
    let forwarded = texts(headers, &header::FORWARDED).map(|text| follow(peer, proxies, text.rsplit(',').map(named)));
    match (listed, forwarded) {
        // A proxy writes one of them and lets the other through as it came: where they differ, one may be made up.
        (Some(one), Some(other)) if one != other => peer,
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => peer,
    }
}

fn is_ours(proxies: &[Network], address: IpAddr) -> bool {
    proxies.iter().any(|network| network.contains(address))
}

/// All lines of a header as one; none when it is absent. A line that is no text hides what stands before it.
fn texts(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let lines = headers.get_all(name).iter();
    let texts: Vec<&str> = lines.map(|line| line.to_str().unwrap_or("?")).collect();
    (!texts.is_empty()).then(|| texts.join(","))
}

/// Follows the hops from the nearest on, as long as they are proxies of ours. What cannot be read ends it: the last that
/// could be is who is told.
fn follow(peer: IpAddr, proxies: &[Network], hops: impl Iterator<Item = Option<IpAddr>>) -> IpAddr {
    let mut nearest = peer;
    for hop in hops.take(HOPS_MAX) {
        match hop {
            Some(address) if is_ours(proxies, address) => nearest = address,
            Some(address) => return address,
            None => break,
        }
    }
    nearest
}

/// An address as proxies write it: bare, or with a port.
fn bare(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = bracketed.unwrap_or(text).parse().ok();
    let address = address.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

/// The address in one element of `Forwarded` (RFC 7239).
fn named(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.eq_ignore_ascii_case("for"))?;
    bare(value.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, told: &[(&'static str, &str)]) -> String {
        let proxies = list("127.0.0.0/8, 10.0.0.0/8, fd00::/8").unwrap();
        let (mut headers, mut extensions) = (HeaderMap::new(), Extensions::new());
        for (name, value) in told {
            headers.append(*name, value.parse().unwrap());
        }
        extensions.insert(Peer(peer.parse().unwrap()));
        Client::of(&proxies, &headers, &extensions).address().to_string()
    }

    #[test]
    fn what_a_stranger_claims_is_not_believed() {
        for name in ["x-forwarded-for", "forwarded"] {
            assert_eq!(client("203.0.113.9", &[(name, "192.0.2.7")]), "203.0.113.9");
            assert_eq!(client("203.0.113.9", &[(name, "for=192.0.2.7")]), "203.0.113.9");
        }
        // Behind a proxy it stands left of what the proxy wrote.
        let forged = [
            ("x-forwarded-for", "192.0.2.7, 198.51.100.1"),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        assert_eq!(client("127.0.0.1", &forged), "203.0.113.9");
        // The header that the proxy does not write.
        let both = [("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=192.0.2.7")];
        assert_eq!(client("127.0.0.1", &both), "127.0.0.1");
    }

    #[test]
    fn proxies_that_are_named_tell_who_called_them() {
        for (told, expected) in [
            ("203.0.113.9", "203.0.113.9"),
            ("203.0.113.9:4711", "203.0.113.9"),
            ("203.0.113.9, 10.1.2.3", "203.0.113.9"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1, fd00::2", "2001:db8::1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("203.0.113.9, nonsense", "127.0.0.1"),
            ("203.0.113.9, nonsense, 10.1.2.3", "10.1.2.3"),
            ("10.1.2.3", "10.1.2.3"),
            ("", "127.0.0.1"),
        ] {
            assert_eq!(client("127.0.0.1", &[("x-forwarded-for", told)]), expected, "{told}");
        }
        for (told, expected) in [
            ("for=203.0.113.9", "203.0.113.9"),
            ("For=\"[2001:db8::1]:4711\";proto=https;by=10.0.0.1", "2001:db8::1"),
            (
                "for=192.0.2.7, for=203.0.113.9;proto=https, for=10.1.2.3",
                "203.0.113.9",
            ),
            ("for=unknown", "127.0.0.1"),
            ("for=_hidden, for=10.1.2.3", "10.1.2.3"),
            ("proto=https", "127.0.0.1"),
        ] {
            assert_eq!(client("::ffff:127.0.0.1", &[("forwarded", told)]), expected, "{told}");
        }
        assert_eq!(client("127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn a_row_of_proxies_has_an_end() {
        let many = format!("203.0.113.9{}", ", 10.1.2.3".repeat(HOPS_MAX));
        assert_eq!(client("127.0.0.1", &[("x-forwarded-for", &many)]), "10.1.2.3");
    }

    #[test]
    fn a_household_counts_as_one() {
        let counted = |text: &str| Client(text.parse().unwrap()).counted().to_string();
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(counted("203.0.113.9"), "203.0.113.9");
    }
}
