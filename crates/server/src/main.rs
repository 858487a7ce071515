//! The binary. For now it serves the style page, so that pages can be looked at.

use anyhow::Context;
use server::pages;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let address = std::env::var("LOYALTY_LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(&address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    println!("http://{address}/style");
    let router = pages::style::router()
        .merge(pages::files::router())
        .merge(pages::preferences::router());
    axum::serve(listener, router).await.context("serving")
}
