//! How the API document describes each kind: as narrowly as it is read, so that what fits the document is not refused for
//! its shape.

use super::{
    AdjustReason, At, BlockReason, CONTACT_LENGTH_MAX, Dropped, Id, MergeReason, NOTE_LENGTH_MAX, NUMBER_LENGTH_MAX,
    Note, OverrideReason, PinWord, ReplaceReason, SessionWord, ShownCode, Text, TypedNumber, VoidReason, Word,
};
use crate::locale::Locale;
use domain::command::LineKind;
use domain::event::Reason;
use domain::ids::{CardId, ClaimId, EventId, RewardId, StoreId};
use domain::quantity::{Currency, Unit};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// Controls that no text on one line has.
const CONTROLS: &str = r"\u0000-\u001f";
/// The same without line ends and tabulators.
const CONTROLS_IN_LINES: &str = r"\u0000-\u0008\u000b\u000c\u000e-\u001f";
/// Controls beyond ASCII, and characters that reorder or hide text.
const HIDDEN: &str = r"\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff";
/// Twelve letters and digits of a card number, look-alikes included, with separators; whether it is one, the check
/// character says.
const NUMBER: &str = r"^[ .·-]*([0-9A-TV-Za-tv-z][ .·-]*){12}$";
/// Something like an e-mail address or a phone number; the rules know more.
const CONTACT: &str = r"^([^@\s]{1,64}@[^@\s]+\.[^@\s]+|\+?[0-9 ./()-]{6,})$";

impl<const MAX: usize> PartialSchema for Text<MAX> {
    fn schema() -> RefOr<Schema> {
        let pattern = match MAX {
            CONTACT_LENGTH_MAX => CONTACT.to_owned(),
            _ => readable(CONTROLS),
        };
        let text = string().min_length(Some(1)).max_length(Some(MAX));
        text.pattern(Some(pattern)).into()
    }
}

impl<const MAX: usize> ToSchema for Text<MAX> {
    fn name() -> std::borrow::Cow<'static, str> {
        match MAX {
            CONTACT_LENGTH_MAX => "Contact".into(),
            _ => format!("Text{MAX}").into(),
        }
    }
}

/// Declares how the API document describes a kind.
macro_rules! described {
    ($($type:ty, $name:literal => $builder:expr;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $builder.into()
            }
        }

        impl ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
        }
    )*};
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

/// An expression for a text that is not blank and has none of these characters.
fn readable(controls: &str) -> String {
    format!(r"^[^{controls}{HIDDEN}]*[^\s{controls}{HIDDEN}][^{controls}{HIDDEN}]*$")
}

fn id(prefix: &str) -> ObjectBuilder {
    string()
        .pattern(Some(format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$")))
        .examples([format!("{prefix}_01kan2x8fye4ttq8z0n9ms3v4c")])
}

fn one_of(codes: &[&str]) -> ObjectBuilder {
    string().enum_values(Some(codes.to_vec()))
}

described! {
    Note, "Note" => string().min_length(Some(1)).max_length(Some(NOTE_LENGTH_MAX)).pattern(Some(readable(CONTROLS_IN_LINES))).description(Some("Free text; never part of the hashed record."));
    TypedNumber, "CardNumber" => string().min_length(Some(1)).max_length(Some(NUMBER_LENGTH_MAX)).pattern(Some(NUMBER));
    PinWord, "Pin" => ObjectBuilder::new().schema_type(SchemaType::AnyValue).description(Some("The PIN of who serves, at terminals; leaves no trace. Dropped unread where no PIN is asked for, and from keys."));
    SessionWord, "StaffSession" => ObjectBuilder::new().schema_type(SchemaType::AnyValue).description(Some("A session that a right PIN opened at this terminal; for earning."));
    Dropped, "Dropped" => ObjectBuilder::new().schema_type(SchemaType::AnyValue).description(Some("Accepted and dropped unread."));
    Id<CardId>, "CardId" => id("card");
    ShownCode, "ShownCode" => ObjectBuilder::new().schema_type(SchemaType::AnyValue).description(Some("The live code of the card's page, where the program asks terminals for it. Keys need none."));
    Id<StoreId>, "StoreId" => id("sto");
    Id<RewardId>, "RewardId" => id("rew");
    Id<ClaimId>, "ClaimId" => id("clm");
    Id<EventId>, "EventId" => string().pattern(Some("^evt_[0-7][0-9a-hjkmnp-tv-z]{25}_[1-9][0-9]*$")).examples(["evt_01kan2x8fye4ttq8z0n9ms3v4c_12"]);
    At, "At" => string().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).examples(["2026-03-02T10:15:00Z"]);
    Word<Unit>, "Unit" => one_of(&["stamp", "point"]);
    Word<LineKind>, "LineKind" => one_of(&["item", "shipping", "tip"]);
    Word<Locale>, "Locale" => one_of(&["en", "fr", "de", "lb"]);
    Word<Currency>, "Currency" => string().pattern(Some("^[A-Z]{3}$")).examples(["EUR"]);
    AdjustReason, "AdjustReason" => one_of(&Reason::ADJUST.map(Reason::code));
    OverrideReason, "OverrideReason" => one_of(&Reason::OVERRIDE.map(Reason::code));
    VoidReason, "VoidReason" => one_of(&Reason::VOID.map(Reason::code));
    BlockReason, "BlockReason" => one_of(&Reason::BLOCK.map(Reason::code));
    MergeReason, "MergeReason" => one_of(&Reason::MERGE.map(Reason::code));
    ReplaceReason, "ReplaceReason" => one_of(&Reason::REPLACE.map(Reason::code));
}
