//! Settings: from the environment, checked at start. It must not know what they are used for.

use std::net::SocketAddr;
use std::path::PathBuf;
use url::{Host, Url};

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data stands (`LOYALTY_DATA_DIR`).
    pub data_dir: PathBuf,
    /// Which database (`LOYALTY_DATABASE_URL`); SQLite in the data folder when not set.
    pub database_url: Option<String>,
    /// Where to listen (`LOYALTY_LISTEN`).
    pub listen: SocketAddr,
    /// How the world reaches it (`LOYALTY_PUBLIC_URL`); the listening address when not set.
    pub public_url: Url,
    /// The secret key, if given by the environment or a file (`LOYALTY_SECRET_KEY`, `LOYALTY_SECRET_KEY_FILE`).
    pub secret_key: Option<String>,
    /// Whether pages for building the product are served (`LOYALTY_DEVELOPMENT`).
    pub development: bool,
    /// Whether this installation shows demonstration data.
    pub demo: bool,
}

/// A setting that cannot be used, in one sentence with the cure.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {sentence}")]
pub struct InvalidSetting {
    /// The setting.
    pub name: &'static str,
    /// What is wrong with it.
    pub sentence: String,
}

impl Config {
    /// Reads the settings from the process environment.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn from_environment() -> Result<Self, InvalidSetting> {
        Self::from(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Reads the settings from any source of names and values.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn from(read: impl Fn(&str) -> Option<String>) -> Result<Self, InvalidSetting> {
        let listen_text = read("LOYALTY_LISTEN").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen: SocketAddr = listen_text.parse().map_err(|_| InvalidSetting {
            name: "LOYALTY_LISTEN",
            sentence: format!("`{listen_text}` is not an address and a port, such as 127.0.0.1:8080"),
        })?;
        let public_text = read("LOYALTY_PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}"));
        let public_url = Url::parse(&public_text)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| InvalidSetting {
                name: "LOYALTY_PUBLIC_URL",
                sentence: format!("`{public_text}` is not an address, such as https://loyalty.example"),
            })?;
        let secret_key = match (read("LOYALTY_SECRET_KEY"), read("LOYALTY_SECRET_KEY_FILE")) {
            (Some(key), _) => Some(key),
            (None, Some(file)) => Some(std::fs::read_to_string(&file).map_err(|error| InvalidSetting {
                name: "LOYALTY_SECRET_KEY_FILE",
                sentence: format!("cannot read `{file}`: {error}"),
            })?),
            (None, None) => None,
        };
        Ok(Self {
            data_dir: read("LOYALTY_DATA_DIR").unwrap_or_else(|| "./data".to_owned()).into(),
            database_url: read("LOYALTY_DATABASE_URL"),
            listen,
            public_url,
            secret_key: secret_key.map(|key| key.trim().to_owned()),
            development: read("LOYALTY_DEVELOPMENT").is_some_and(|value| value == "1" || value == "true"),
            demo: false,
        })
    }

    /// What is wrong with the public address, if no other device can follow links that begin with it.
    pub fn unreachable(&self) -> Option<String> {
        let everywhere = match self.public_url.host() {
            Some(Host::Ipv4(address)) => address.is_unspecified(),
            Some(Host::Ipv6(address)) => address.is_unspecified(),
            _ => false,
        };
        everywhere.then(|| {
            format!(
                "links and codes begin with {}, which no other device can follow: set LOYALTY_PUBLIC_URL to the address \
                 that phones and tills use",
                self.address("/")
            )
        })
    }

    /// An address as people reach it.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_no_phone_can_follow_is_told() {
        let config = |listen: &'static str, public: Option<&'static str>| {
            let value = move |name: &str| match name {
                "LOYALTY_LISTEN" => Some(listen.to_owned()),
                "LOYALTY_PUBLIC_URL" => public.map(str::to_owned),
                _ => None,
            };
            Config::from(value).unwrap()
        };
        for everywhere in ["0.0.0.0:8080", "[::]:8080"] {
            let told = config(everywhere, None).unreachable().unwrap();
            assert!(told.contains("LOYALTY_PUBLIC_URL"), "{told}");
            assert_eq!(config(everywhere, Some("http://192.168.1.20:8080")).unreachable(), None);
        }
        assert_eq!(config("127.0.0.1:8080", None).unreachable(), None);
    }
}
