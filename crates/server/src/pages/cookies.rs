//! Cookies that prove something: out of reach of scripts, and bound to this very host where browsers take that.
//!
//! Owns: their names and attributes. Must not know: what any of them proves.

use axum::http::HeaderMap;
use url::Host;

use super::context;
use crate::config::Config;

/// A cookie by its plain name.
pub(crate) struct Cookie(pub(crate) &'static str);

impl Cookie {
    /// What a request holds of it.
    pub(crate) fn read(&self, config: &Config, headers: &HeaderMap) -> Option<String> {
        context::cookie(headers, &self.name(config))
    }

    /// The header that keeps a text for so many seconds, or ends the cookie when there is none to keep.
    pub(crate) fn keep(&self, config: &Config, text: &str, seconds: i64) -> String {
        let seconds = if text.is_empty() { 0 } else { seconds };
        below(config, (&self.name(config), "/"), text, seconds)
    }

    fn name(&self, config: &Config) -> String {
        let prefix = if is_bound(config) { "__Host-" } else { "" };
        format!("{prefix}{}", self.0)
    }
}

/// The header that keeps a cookie for the pages below a path; one that is not for all of them cannot be bound to the host.
pub(crate) fn below(config: &Config, (name, path): (&str, &str), text: &str, seconds: i64) -> String {
    let secure = if is_bound(config) { "; Secure" } else { "" };
    format!("{name}={text}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// Browsers bind a `__Host-` cookie to this very host; they take it over https, and on loopback.
fn is_bound(config: &Config) -> bool {
    let url = &config.public_url;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || loopback
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_bound_where_browsers_allow_it_and_out_of_reach_everywhere() {
        let config = |url: &str| Config::from(|name| (name == "LOYALTY_PUBLIC_URL").then(|| url.to_owned())).unwrap();
        let cookie = Cookie("trei_till");
        for bound in [
            "https://shop.example",
            "http://127.0.0.1:8080",
            "http://localhost:8080",
            "http://[::1]:80",
        ] {
            assert_eq!(
                cookie.keep(&config(bound), "x", 60),
                "__Host-trei_till=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
                "{bound}"
            );
        }
        let plain = config("http://192.168.1.20:8080");
        assert_eq!(
            cookie.keep(&plain, "", 60),
            "trei_till=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            below(&plain, ("trei_turn", "/till"), "x", 60),
            "trei_turn=x; Path=/till; Max-Age=60; HttpOnly; SameSite=Lax"
        );
    }
}
