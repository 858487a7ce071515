//! Opens a fresh database of either engine for a case.

use db::temporary::Database;
use db::{Db, Error, Options};

/// What keeps the data of a case alive. The last field dropped removes it.
pub struct Place {
    pub options: Options,
    _folder: Option<tempfile::TempDir>,
    _database: Option<Database>,
}

impl Place {
    pub fn sqlite() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Place {
            options: Options::parse(&url).unwrap(),
            _folder: Some(folder),
            _database: None,
        }
    }

    pub fn postgres() -> Place {
        let database = Database::create().unwrap();
        Place {
            options: Options::parse(database.url()).unwrap(),
            _folder: None,
            _database: Some(database),
        }
    }

    pub async fn open(&self) -> Db {
        Db::open(&self.options).await.unwrap()
    }

    /// An open database with the tables of the cases.
    pub async fn with_tables(&self) -> Db {
        let db = self.open().await;
        db.migrate(&[db::Migration {
            number: 1,
            name: "tables",
            text: TABLES,
        }])
        .await
        .unwrap();
        db
    }
}

pub const TABLES: &str = "
create table shops (
    id uuid not null constraint shops_key primary key,
    name text not null unique
);
create table counters (
    shop uuid not null,
    id bigint not null,
    amount bigint not null,
    label text,
    active boolean,
    picture bytea,
    owner uuid,
    constraint counters_key primary key (shop, id),
    constraint counters_amount_positive check (amount >= 0),
    constraint counters_shop_known foreign key (shop) references shops (id)
) /*sqlite without rowid*/;
create unique index counters_label_unique on counters (shop, label);
";

pub type Outcome<T = ()> = Result<T, Error>;

/// Runs a case on both engines: `both_engines!(name, place, { … })`, the block is async.
#[macro_export]
macro_rules! both_engines {
    ($(async fn $name:ident($place:ident) $body:block)+) => {
        mod sqlite {
            #[allow(unused_imports)]
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name($crate::support::Place::sqlite()).await })+
        }
        mod postgres {
            #[allow(unused_imports)]
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name($crate::support::Place::postgres()).await })+
        }
        $(async fn $name($place: $crate::support::Place) $body)+
    };
}
