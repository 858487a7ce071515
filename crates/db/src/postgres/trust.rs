//! Whether a connection is encrypted, and whose certificates are believed.
//! It must not fall back to believing anybody.

use crate::error::Error;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::net::IpAddr;
use std::sync::Arc;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The URL as the driver takes it: without `sslrootcert`, which it does not know; and that file's name.
pub(super) fn split(url: &str) -> (String, Option<String>) {
    let Some((address, query)) = url.split_once('?') else {
        return (url.to_owned(), None);
    };
    let mut file = None;
    let kept = query.split('&').filter(|pair| match pair.split_once('=') {
        Some(("sslrootcert", name)) => {
            file = Some(name.replace("%2F", "/").replace("%2f", "/"));
            false
        }
        _ => true,
    });
    let kept = kept.collect::<Vec<_>>().join("&");
    (format!("{address}?{kept}"), file)
}

/// Without a word about it in the URL, only what stays on this machine travels in the clear. `prefer` would fall back to it
/// whenever somebody in between says so; what leaves the machine is encrypted then as well.
pub(super) fn settle(config: &mut Config, url: &str) {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let is_said = query.split('&').any(|pair| pair.starts_with("sslmode="));
    if is_said && config.get_ssl_mode() != SslMode::Prefer {
        return;
    }
    // An address beside the names is where it really goes.
    let local = config.get_hosts().iter().all(is_local) && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
    let mode = if local { SslMode::Disable } else { SslMode::Require };
    config.ssl_mode(mode);
}

fn is_local(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            let loopback = name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
            name == "localhost" || loopback
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// TLS that believes the authorities in the file and nobody else, or the public ones where none is named.
pub(super) fn tls(file: Option<&str>) -> Result<MakeRustlsConnect, Error> {
    let mut roots = RootCertStore::empty();
    if file.is_none() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    if let Some(file) = file {
        let unreadable = |error| Error::other(format!("the certificates in {file}"), error);
        for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
            let added = roots.add(certificate.map_err(unreadable)?);
            added.map_err(|error| Error::other(format!("a certificate in {file}"), error))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| Error::other("the settings of TLS", error))?;
    let config = config.with_root_certificates(roots).with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> SslMode {
        let (kept, _) = split(url);
        let mut config: Config = kept.parse().unwrap();
        settle(&mut config, &kept);
        config.get_ssl_mode()
    }

    #[test]
    fn only_what_stays_on_this_machine_is_in_the_clear() {
        assert_eq!(mode("postgres://a@localhost/b"), SslMode::Disable);
        assert_eq!(mode("postgres://a@127.0.0.1:5433/b"), SslMode::Disable);
        assert_eq!(mode("postgres://a@%2Frun%2Fpostgresql/b"), SslMode::Disable);
        assert_eq!(mode("postgres://a@db.example/b"), SslMode::Require);
        assert_eq!(mode("postgres://a@localhost,db.example/b"), SslMode::Require);
        assert_eq!(mode("postgres://a@db.example/b?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://a@db.example/b?sslmode=prefer"), SslMode::Require);
        assert_eq!(mode("postgres://sslmode=:x@db.example/b"), SslMode::Require);
        assert_eq!(mode("postgres://a@localhost/b?hostaddr=192.0.2.7"), SslMode::Require);
    }

    #[test]
    fn the_file_of_certificates_is_taken_out_of_the_url() {
        let (url, file) = split("postgres://a@b/c?sslrootcert=%2Fetc%2Fca.pem&sslmode=require");
        assert_eq!(url, "postgres://a@b/c?sslmode=require");
        assert_eq!(file.as_deref(), Some("/etc/ca.pem"));
        assert!(tls(Some("/nowhere/ca.pem")).is_err());
        assert!(tls(None).is_ok());
    }
}
