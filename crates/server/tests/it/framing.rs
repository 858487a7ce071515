//! Where a request ends, on the wire: what two readers could see differently is refused, so that nothing is smuggled past
//! what stands in front.

use crate::support::process::Installation;

/// What the server says to bytes, until it closes the connection.
async fn said(installation: &Installation, bytes: &str) -> String {
    let mut connection = installation.connect().await.unwrap();
    connection.begin(bytes.as_bytes()).await.unwrap();
    let rest = tokio::time::timeout(std::time::Duration::from_secs(30), connection.rest());
    rest.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_ends_where_every_reader_sees_its_end() {
    let mut installation = Installation::fill(None);
    installation.start().await;
    let hidden = "GET /docs/api HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n";
    let form = "host: here\r\ncontent-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin";
    for odd in [
        "content-length: 0\r\ncontent-length: 500",
        "content-length: +7",
        "content-length: 7, 8",
        "content-length: 0x7",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity",
        "transfer-encoding: xchunked",
        "transfer-encoding : chunked",
        "x-a: b\rx-injected: yes",
    ] {
        let told = said(
            &installation,
            &format!("POST /locale HTTP/1.1\r\n{form}\r\n{odd}\r\n\r\n{hidden}"),
        )
        .await;
        assert!(told.starts_with("HTTP/1.1 400"), "{odd:?}: {told}");
        assert_eq!(
            told.matches("HTTP/1.1 ").count(),
            1,
            "{odd:?} was answered twice: {told}"
        );
    }
    // Chunks win over a length that says otherwise: what comes behind them is a request of its own, and no part of a body.
    let both = "transfer-encoding: chunked\r\ncontent-length: 5";
    let told = said(
        &installation,
        &format!("POST /locale HTTP/1.1\r\n{form}\r\n{both}\r\n\r\n7\r\nlang=fr\r\n0\r\n\r\n{hidden}"),
    )
    .await;
    assert!(
        told.starts_with("HTTP/1.1 303") || told.starts_with("HTTP/1.1 400"),
        "{told}"
    );
    assert!(!told.contains("HTTP/1.1 5"), "{told}");
    assert_eq!(installation.stop(), Some(0));
}
