//! Settings: from the environment, checked at start. It must not know what they are used for.

mod mail;

pub use mail::MailSettings;

use crate::client_address::{self, Network};
use crate::rate_limits::Rates;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;
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
    /// Proxies whose word on who called is believed (`LOYALTY_TRUSTED_PROXIES`); none unless named.
    pub trusted_proxies: Vec<Network>,
    /// How often things may be tried (`LOYALTY_RATE_LIMITS`).
    pub rate_limits: Rates,
    /// The secret key, if given by the environment or a file (`LOYALTY_SECRET_KEY`, `LOYALTY_SECRET_KEY_FILE`).
    pub secret_key: Option<GivenKey>,
    /// Whether pages and routes for building the product are served (`LOYALTY_DEVELOPMENT`).
    pub development: bool,
    /// What is logged.
    pub logging: Logging,
    /// Where letters go (`LOYALTY_SMTP_URL`, `LOYALTY_SMTP_URL_FILE`, `LOYALTY_MAIL_FROM`); they wait when not set.
    pub mail: Option<MailSettings>,
    /// The most submissions in one commit, for measuring (`LOYALTY_BATCH_MAX`); the usual number when not set.
    pub batch_max: Option<usize>,
    /// Whether this installation shows demonstration data.
    pub demo: bool,
}

/// A secret key with the setting it came from. Prints nothing of it.
#[derive(Clone)]
pub struct GivenKey {
    /// The setting.
    pub name: &'static str,
    /// The key.
    pub text: String,
}

impl fmt::Debug for GivenKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "GivenKey(…, {})", self.name)
    }
}

/// What is logged, and how.
#[derive(Clone, Debug)]
pub struct Logging {
    /// Which lines (`LOYALTY_LOG`), if something is said.
    pub asked: Option<String>,
    /// In which form (`LOYALTY_LOG_FORMAT`); when not set, text on a terminal and JSON elsewhere.
    pub format: Option<Format>,
}

/// The form of a line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An object of JSON.
    Json,
    /// A sentence.
    Text,
}

/// What is logged when nothing is said.
pub const LOG_USUAL: &str = "warn,server=info,db=info";

/// The names of all settings.
pub const NAMES: [&str; 15] = [
    "LOYALTY_DATA_DIR",
    "LOYALTY_DATABASE_URL",
    "LOYALTY_LISTEN",
    "LOYALTY_PUBLIC_URL",
    "LOYALTY_TRUSTED_PROXIES",
    "LOYALTY_RATE_LIMITS",
    "LOYALTY_SECRET_KEY",
    "LOYALTY_SECRET_KEY_FILE",
    "LOYALTY_LOG",
    "LOYALTY_LOG_FORMAT",
    "LOYALTY_BATCH_MAX",
    "LOYALTY_DEVELOPMENT",
    "LOYALTY_SMTP_URL",
    "LOYALTY_SMTP_URL_FILE",
    "LOYALTY_MAIL_FROM",
];

/// The variables of the environment that look like settings and are none, which are mostly slips of the pen.
pub fn unknown() -> Vec<String> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = names.filter(|name| name.starts_with("LOYALTY_") && !NAMES.contains(&name.as_str()));
    let mut unknown: Vec<String> = unknown.collect();
    unknown.sort_unstable();
    unknown
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

impl InvalidSetting {
    fn new(name: &'static str, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        Self { name, sentence }
    }
}

impl Config {
    /// Reads the settings from the process environment.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn from_environment() -> Result<Self, InvalidSetting> {
        for name in NAMES {
            // What is wrong is not told: it may be a secret.
            if std::env::var_os(name).is_some_and(|value| value.to_str().is_none()) {
                return Err(InvalidSetting::new(name, "it is not UTF-8"));
            }
        }
        Self::from(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Reads the settings from any source of names and values.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn from(read: impl Fn(&str) -> Option<String>) -> Result<Self, InvalidSetting> {
        let listen_text = read("LOYALTY_LISTEN").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen: SocketAddr = listen_text.parse().map_err(|_| {
            let sentence = format!("`{listen_text}` is not an address and a port, such as 127.0.0.1:8080");
            InvalidSetting::new("LOYALTY_LISTEN", sentence)
        })?;
        Ok(Self {
            data_dir: read("LOYALTY_DATA_DIR").unwrap_or_else(|| "./data".to_owned()).into(),
            database_url: read("LOYALTY_DATABASE_URL"),
            listen,
            public_url: public_url(read("LOYALTY_PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}")))?,
            trusted_proxies: trusted_proxies(read("LOYALTY_TRUSTED_PROXIES"))?,
            rate_limits: rate_limits(read("LOYALTY_RATE_LIMITS"))?,
            secret_key: secret_key(read("LOYALTY_SECRET_KEY"), read("LOYALTY_SECRET_KEY_FILE"))?,
            development: development(read("LOYALTY_DEVELOPMENT"))?,
            logging: logging(read("LOYALTY_LOG"), read("LOYALTY_LOG_FORMAT"))?,
            mail: mail::settings(
                read("LOYALTY_SMTP_URL"),
                read("LOYALTY_SMTP_URL_FILE"),
                read("LOYALTY_MAIL_FROM"),
            )?,
            batch_max: batch_max(read("LOYALTY_BATCH_MAX"))?,
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

/// Where links begin: an address alone, since everything after it is ours.
fn public_url(text: String) -> Result<Url, InvalidSetting> {
    let name = "LOYALTY_PUBLIC_URL";
    let url = Url::parse(&text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(url) = url else {
        let sentence = format!("`{text}` is not an address, such as https://loyalty.example");
        return Err(InvalidSetting::new(name, sentence));
    };
    // Not repeated: what stands before an @ is a password.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidSetting::new(name, "it must name nobody: everybody will read it"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        let sentence = format!("`{text}` must end before ? and #: links are made of it");
        return Err(InvalidSetting::new(name, sentence));
    }
    Ok(url)
}

fn trusted_proxies(text: Option<String>) -> Result<Vec<Network>, InvalidSetting> {
    let text = text.unwrap_or_default();
    client_address::list(&text).map_err(|error| {
        let sentence = format!("`{text}` is not a list of addresses: {error}");
        InvalidSetting::new("LOYALTY_TRUSTED_PROXIES", sentence)
    })
}

fn rate_limits(text: Option<String>) -> Result<Rates, InvalidSetting> {
    Rates::read(&text.unwrap_or_default()).map_err(|part| {
        let sentence = format!("`{part}` is not a limit, such as lookup=30/m or enrol_address=5/m,30/h or off");
        InvalidSetting::new("LOYALTY_RATE_LIMITS", sentence)
    })
}

fn secret_key(text: Option<String>, file: Option<String>) -> Result<Option<GivenKey>, InvalidSetting> {
    let (name, text) = match (text, file) {
        (Some(text), _) => ("LOYALTY_SECRET_KEY", text),
        (None, Some(file)) => {
            let name = "LOYALTY_SECRET_KEY_FILE";
            let read = std::fs::read_to_string(&file);
            let read = read.map_err(|error| InvalidSetting::new(name, format!("cannot read `{file}`: {error}")));
            (name, read?)
        }
        (None, None) => return Ok(None),
    };
    let text = text.trim().to_owned();
    Ok(Some(GivenKey { name, text }))
}

fn development(text: Option<String>) -> Result<bool, InvalidSetting> {
    match text.as_deref() {
        Some("1" | "true") => Ok(true),
        None | Some("0" | "false") => Ok(false),
        Some(other) => {
            let sentence = format!("`{other}` is neither 1 nor 0");
            Err(InvalidSetting::new("LOYALTY_DEVELOPMENT", sentence))
        }
    }
}

fn logging(asked: Option<String>, format: Option<String>) -> Result<Logging, InvalidSetting> {
    if let Some(asked) = &asked {
        EnvFilter::try_new(asked).map_err(|error| {
            let sentence = format!("`{asked}` is not a filter such as {LOG_USUAL}: {error}");
            InvalidSetting::new("LOYALTY_LOG", sentence)
        })?;
    }
    let format = match format.as_deref() {
        None => None,
        Some("json") => Some(Format::Json),
        Some("text") => Some(Format::Text),
        Some(other) => {
            let sentence = format!("`{other}` is neither json nor text");
            return Err(InvalidSetting::new("LOYALTY_LOG_FORMAT", sentence));
        }
    };
    Ok(Logging { asked, format })
}

fn batch_max(text: Option<String>) -> Result<Option<usize>, InvalidSetting> {
    let Some(text) = text else { return Ok(None) };
    match text.parse() {
        Ok(number @ 1..) => Ok(Some(number)),
        _ => {
            let sentence = format!("`{text}` is not a number from 1 on");
            Err(InvalidSetting::new("LOYALTY_BATCH_MAX", sentence))
        }
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
