//! The first page behind signing in: for operators the installation, for users their merchant.
//!
//! Owns: the views of `/operator` and `/back`. Must not know: who may see them.

use askama::Template;

use super::Bar;
use crate::pages::page::{MerchantLook, Page};

/// A merchant in the operator's list.
#[derive(Debug, Clone)]
pub struct MerchantRow {
    pub look: MerchantLook,
    pub active: bool,
}

/// `/operator`
#[derive(Template, Clone)]
#[template(path = "people/operator.html")]
pub struct OperatorPage {
    pub page: Page,
    pub bar: Bar,
    pub merchants: Vec<MerchantRow>,
    /// Whether who looks may invite a merchant's owner.
    pub invites: bool,
    /// Whether they may set what tills ask for at least.
    pub floors: bool,
    /// What the role may do, in words.
    pub may: Vec<String>,
}

/// A store in the list of a back office.
#[derive(Debug, Clone)]
pub struct StoreRow {
    pub name: String,
    pub code: String,
    pub open: bool,
}

/// A program in the list of a back office.
#[derive(Debug, Clone)]
pub struct ProgramRow {
    pub name: String,
    /// Where it is joined.
    pub join: String,
}

/// `/back`
#[derive(Template, Clone)]
#[template(path = "people/back.html")]
pub struct BackPage {
    pub page: Page,
    pub bar: Bar,
    pub stores: Vec<StoreRow>,
    pub programs: Vec<ProgramRow>,
    /// What the role may do, in words.
    pub may: Vec<String>,
}
