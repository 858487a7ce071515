//! The bench drives the real program: every request is accepted, and the books balance afterwards.

use server::bench::{EngineChoice, Mix, Options, run};

fn options(engine: EngineChoice, mix: Vec<Mix>) -> Options {
    Options {
        engine,
        connections: 16,
        seconds: 1,
        rounds: 1,
        cards: 200,
        mix,
        url: None,
        credentials: None,
        json: false,
        program: Some(env!("CARGO_BIN_EXE_trei").into()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_of_the_load_is_accepted_on_sqlite() {
    let mix = vec![
        Mix::Bare,
        Mix::Noop,
        Mix::Stamp,
        Mix::Till,
        Mix::Pin,
        Mix::Hot,
        Mix::Earn,
        Mix::Single,
        Mix::Direct,
        Mix::Ledger,
    ];
    let report = run(options(EngineChoice::Sqlite, mix.clone())).await.unwrap();
    assert!(report.is_sound(), "{report}");
    let measured: Vec<Mix> = report.series.iter().map(|series| series.mix).collect();
    assert_eq!(measured, mix);
    assert!(
        report.series.iter().all(|series| series.per_second() > Some(0.0)),
        "{report}"
    );
    // What was counted as accepted is in the books, besides what came before and after the counting.
    let counts = |series: &&server::bench::Series| {
        [
            Mix::Stamp,
            Mix::Till,
            Mix::Pin,
            Mix::Hot,
            Mix::Earn,
            Mix::Single,
            Mix::Ledger,
        ]
        .contains(&series.mix)
    };
    let accepted: f64 = report
        .series
        .iter()
        .filter(counts)
        .filter_map(|series| series.per_second())
        .sum();
    assert_eq!(report.audits[0].cards, 201);
    assert!(report.audits[0].events as f64 >= 201.0 + accepted, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_of_the_load_is_accepted_on_postgres() {
    let mix = vec![Mix::Stamp, Mix::Earn, Mix::Direct, Mix::Pgbench];
    let report = run(options(EngineChoice::Postgres, mix)).await.unwrap();
    assert!(report.is_sound(), "{report}");
    assert_eq!(report.series.len(), 4, "{report}");
    assert_eq!(
        report
            .figures
            .iter()
            .filter(|figure| figure.what.contains("pgbench"))
            .count(),
        1
    );
}
