//! How a connection is made: address, TLS, settings of the session, and the pause after a failure.
//! It must not run statements of ours.

use super::failure::translate;
use super::{OwnProcesses, trust};
use crate::error::Error;
use crate::options::Options;
use std::time::Duration;
use tokio::time::timeout;
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The oldest server we try our statements on.
const REQUIRED: (i64, &str) = (140_000, "14");

/// A session that holds locks without a word for so long is ended by the server: its process is stopped or gone.
const SILENCE_MAX: Duration = Duration::from_secs(60);

pub(super) type Driven = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// Makes connections to one database.
#[derive(Clone)]
pub(super) struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
    settings: String,
    own: OwnProcesses,
    connect_timeout: Duration,
    /// How long to wait for any answer before the connection is given up.
    pub(super) answer_timeout: Duration,
}

impl Connector {
    pub(super) fn new(url: &str, options: &Options, own: OwnProcesses) -> Result<Connector, Error> {
        let (url, certificates) = trust::split(url);
        let mut config = read(&url)?;
        trust::settle(&mut config, &url);
        config.connect_timeout(options.connect_timeout);
        config.keepalives_idle(Duration::from_secs(30));
        config.keepalives_interval(Duration::from_secs(10));
        config.keepalives_retries(3);
        config.tcp_user_timeout(options.statement_timeout);
        // A standby would refuse our writes, and its answers may be old.
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        if config.get_application_name().is_none() {
            config.application_name("trei");
        }
        Ok(Connector {
            config,
            tls: trust::tls(certificates.as_deref())?,
            settings: settings(options),
            own,
            connect_timeout: options.connect_timeout,
            answer_timeout: options.statement_timeout + options.connect_timeout,
        })
    }

    /// A connection that must still be driven, without settings.
    pub(super) async fn open(&self) -> Result<(Client, Driven), Error> {
        let attempt = self.config.connect(self.tls.clone());
        match timeout(self.connect_timeout, attempt).await {
            Ok(connected) => connected.map_err(Error::lost),
            Err(elapsed) => Err(Error::lost(elapsed)),
        }
    }

    /// A connection ready for work, driven by a task of the current runtime.
    pub(super) async fn connect(&self) -> Result<Client, Error> {
        let (client, connection) = self.open().await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to the database ended");
            }
        });
        match timeout(self.connect_timeout, self.prepare(&client)).await {
            Ok(prepared) => prepared.map(|()| client),
            Err(elapsed) => Err(Error::lost(elapsed)),
        }
    }

    async fn prepare(&self, client: &Client) -> Result<(), Error> {
        let failure = |error| translate("the settings of a session", error);
        client.batch_execute(&self.settings).await.map_err(failure)?;
        let question = "select pg_backend_pid(), current_setting('server_version_num')::bigint";
        let row = client.query_one(question, &[]).await.map_err(failure)?;
        let process: i32 = row.try_get(0).map_err(failure)?;
        let version: i64 = row.try_get(1).map_err(failure)?;
        if version < REQUIRED.0 {
            return Err(Error::TooOld {
                engine: "PostgreSQL",
                found: version.to_string(),
                required: REQUIRED.1,
            });
        }
        self.own.add(process);
        Ok(())
    }
}

/// Whether an address can be read; nobody is asked whether anything is there.
pub(crate) fn check_address(url: &str) -> Result<(), Error> {
    read(&trust::split(url).0).map(|_| ())
}

fn read(url: &str) -> Result<Config, Error> {
    // The driver's message is kept out of the text: it may repeat the password.
    url.parse()
        .map_err(|_| Error::options("the address of the PostgreSQL server cannot be read"))
}

fn settings(options: &Options) -> String {
    format!(
        "set statement_timeout = {}; set lock_timeout = {}; \
         set idle_in_transaction_session_timeout = {}; set client_min_messages = warning; \
         set standard_conforming_strings = on; set timezone = 'UTC'",
        options.statement_timeout.as_millis(),
        options.lock_timeout.as_millis(),
        SILENCE_MAX.as_millis(),
    )
}
