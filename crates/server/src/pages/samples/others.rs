//! Invented pages that belong to no surface: landing, problem, API document.
//!
//! Owns: their states. Must not know: anything real.

use serde_json::json;

use super::{Sample, card, page, sample, shops};
use crate::locale::Locale;
use crate::pages::api_document::ApiDocumentPage;
use crate::pages::landing::{DemoMerchant, LandingPage, Shop};
use crate::pages::page::Theme;
use crate::pages::problem::ProblemPage;

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let mut all: Vec<Sample> = LandingPage::samples(locale, theme)
        .iter()
        .map(|(name, page)| sample("landing", name, page))
        .collect();
    all.extend(
        ProblemPage::samples(locale, theme)
            .iter()
            .map(|(name, page)| sample("problem", name, page)),
    );
    all.extend(
        ApiDocumentPage::samples(locale, theme)
            .iter()
            .map(|(name, page)| sample("api-document", name, page)),
    );
    all
}

impl LandingPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, LandingPage)> {
        let towns = ["Lëtzebuerg", "Metz", "Trier", "London"];
        let demo = shops()
            .into_iter()
            .zip(towns)
            .enumerate()
            .map(|(place, (look, town))| DemoMerchant {
                card: card(place),
                program: card(place).program,
                town: town.to_owned(),
                card_link: "/style/storefront-card/stamps".to_owned(),
                join_link: "/style/storefront-join/open".to_owned(),
                till_link: "/style/till-pair/first#trm_sample".to_owned(),
                pins: Vec::new(),
                look,
            });
        let demo = LandingPage {
            page: page(locale, theme, None, "Trei", "/style/landing/demo"),
            demo: demo.collect(),
            shops: vec![],
            version: "0.1.0".to_owned(),
            cards: 3_214,
            events: 64_208,
        };
        let plain = LandingPage {
            demo: vec![],
            shops: shops()
                .into_iter()
                .map(|look| Shop {
                    programs: vec![("Kaffiskaart".to_owned(), "/style/storefront-join/open".to_owned())],
                    look,
                })
                .collect(),
            ..demo.clone()
        };
        vec![("demo", demo), ("plain", plain)]
    }
}

impl ProblemPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, ProblemPage)> {
        let text = locale.messages();
        let page = |title: &str| page(locale, theme, None, title, "/style/problem/not-found");
        let later = ProblemPage {
            page: page(&text.try_again()),
            status: 503,
            sentence: text.problem_broken(),
            next: None,
            letter: None,
            request_id: None,
        };
        let renewed = ProblemPage {
            page: page(&text.card_link_renewed()),
            status: 410,
            sentence: text.card_link_renewed(),
            next: Some(text.card_link_next()),
            letter: Some("/my/kaffi".to_owned()),
            request_id: None,
        };
        vec![
            ("not-found", ProblemPage::not_found(page(&text.problem_not_found()))),
            (
                "broken",
                ProblemPage::broken(page(&text.problem_broken()), "01KAP7W3ZD6QJ".to_owned()),
            ),
            ("later", later),
            ("renewed", renewed),
        ]
    }
}

impl ApiDocumentPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, ApiDocumentPage)> {
        let document = json!({
            "info": {"title": "Trei API", "version": "1.0.0", "description": "Earn, redeem, return and look up, with safe retries."},
            "tags": [{"name": "cards", "description": "What happens to a card."}],
            "paths": {"/api/v1/cards/{card}/stamps": {
                "post": {
                    "tags": ["cards"], "operationId": "stamp_card", "summary": "Give stamps",
                    "description": "Adds stamps to a card.\n\nThe same key again gives the same receipt.",
                    "security": [{"key": ["cards:write"]}],
                    "parameters": [
                        {"name": "card", "in": "path", "required": true, "schema": {"type": "string"}, "description": "Id of the card."},
                        {"name": "Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string"}, "description": "Made by the caller, once for each intent."}],
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/StampBody"}}}},
                    "responses": {
                        "201": {"description": "Stamped.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}}},
                        "409": {"description": "The rules say no."}}},
                "get": {"summary": "List stamps", "responses": {"200": {"description": "A page of them."}}}}},
            "components": {"schemas": {
                "StampBody": {"type": "object", "required": ["store"], "properties": {
                    "count": {"type": "integer", "format": "int32", "description": "How many; one by default.", "example": 1},
                    "store": {"type": "string", "description": "Id of the store.", "example": "sto_01kap7w3"}}},
                "Unit": {"type": "string", "enum": ["stamp", "point"], "description": "What is counted."},
                "Receipt": {"type": "object", "required": ["id"], "properties": {
                    "id": {"type": "string", "example": "rcp_01kap7w3"},
                    "unit": {"$ref": "#/components/schemas/Unit"},
                    "again": {"$ref": "#/components/schemas/Receipt"},
                    "moves": {"type": "array", "items": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Unit"}]}}}}}}
        });
        let page = |document| {
            ApiDocumentPage::new(
                page(locale, theme, None, "Trei API", "/style/api-document/small"),
                document,
            )
        };
        vec![("small", page(&document)), ("nothing-in-it", page(&json!({})))]
    }
}
