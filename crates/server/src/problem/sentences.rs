//! The sentence of a code in the caller's language, with its details formatted for people. The only file of the API face
//! that names messages of refusals.

use super::{Code, Detail, Kind};
use crate::locale::{Locale, Messages};
use domain::quantity::Unit;
use domain::reward::Unavailable;

/// What to say; a detail that is not there is left blank.
pub(super) fn sentence(code: Code, details: &[(&'static str, Detail)], locale: Locale) -> String {
    let own = details.iter().find_map(|(_, detail)| particular(code, detail, locale));
    own.unwrap_or_else(|| general(code, details, locale))
}

/// The sentence of a code that says more where more is known.
fn particular(code: Code, detail: &Detail, locale: Locale) -> Option<String> {
    let messages = locale.messages();
    match (code, detail) {
        (Code::RewardNotAvailable, Detail::Unavailable(reason)) => Some(unavailable(*reason, messages)),
        (Code::StoreNotAllowed, Detail::Store(_, name)) => Some(messages.error_store_not_allowed_home(name.clone())),
        (Code::PinInvalid, Detail::Number(left)) => {
            Some(messages.error_pin_invalid_remaining(*left, locale.number(*left)))
        }
        (Code::TooLong, Detail::Entries(most)) => Some(messages.error_too_long_list(locale.number(*most))),
        _ => None,
    }
}

fn unavailable(reason: Unavailable, messages: &Messages) -> String {
    match reason {
        Unavailable::Inactive => messages.error_reward_inactive(),
        Unavailable::OutsideWindow => messages.error_reward_outside_window(),
        Unavailable::WrongStore => messages.error_reward_wrong_store(),
        Unavailable::OutOfStock => messages.error_reward_out_of_stock(),
        Unavailable::LimitReached => messages.error_reward_limit_reached(),
    }
}

fn general(code: Code, details: &[(&'static str, Detail)], locale: Locale) -> String {
    code.message(locale.messages(), &|name| {
        let found = details.iter().find(|(known, _)| *known == name);
        found.map(|(_, detail)| readable(detail, locale)).unwrap_or_default()
    })
}

fn readable(detail: &Detail, locale: Locale) -> String {
    match detail {
        Detail::Number(number) => locale.number(*number),
        Detail::Money(minor, currency) => locale.money(*minor, currency.code()),
        Detail::Moment { at, now, zone } => locale.spoken(at.0, now.0, zone),
        Detail::Word(word) => word.clone(),
        Detail::Kind(kind) => self::kind(*kind, locale.messages()),
        Detail::Amount(Unit::Stamp, count) => locale.messages().stamps(*count, locale.number(*count)),
        Detail::Amount(Unit::Point, count) => locale.messages().points(*count, locale.number(*count)),
        Detail::Entries(count) => locale.number(*count),
        Detail::Store(_, name) => name.clone(),
        Detail::Unavailable(reason) => reason.code().to_owned(),
    }
}

fn kind(kind: Kind, messages: &Messages) -> String {
    match kind {
        Kind::Text => messages.kind_text(),
        Kind::WholeNumber => messages.kind_whole_number(),
        Kind::YesOrNo => messages.kind_yes_or_no(),
        Kind::List => messages.kind_list(),
        Kind::Object => messages.kind_object(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::StoreId;

    fn said(code: Code, name: &'static str, detail: Detail) -> [String; 2] {
        [Locale::En, Locale::De].map(|locale| sentence(code, &[(name, detail.clone())], locale))
    }

    #[test]
    fn a_sentence_names_things_as_people_do() {
        let soon = Detail::Unavailable(Unavailable::OutOfStock);
        let [en, de] = said(Code::RewardNotAvailable, "reason", soon);
        assert_eq!(
            (&*en, &*de),
            ("This reward has run out.", "Diese Belohnung ist vergriffen.")
        );
        let home = Detail::Store(StoreId(uuid::Uuid::nil()), "Gare".to_owned());
        let [en, de] = said(Code::StoreNotAllowed, "home", home);
        assert!(en.ends_with(": Gare.") && de.ends_with(": Gare."), "{en} {de}");
        let [en, de] = said(Code::BalanceInDebt, "debt", Detail::Amount(Unit::Stamp, 1));
        assert_eq!(
            (&*en, &*de),
            (
                "This card owes 1 stamp first.",
                "Diese Karte schuldet zuerst noch 1 Stempel."
            )
        );
        let [en, _] = said(Code::BalanceInDebt, "debt", Detail::Amount(Unit::Point, 3));
        assert_eq!(en, "This card owes 3 points first.");
        let [en, de] = said(Code::InvalidType, "expected", Detail::Kind(Kind::WholeNumber));
        assert!(
            en.contains("a whole number") && de.contains("eine ganze Zahl"),
            "{en} {de}"
        );
        let [en, _] = said(Code::TooLong, "max", Detail::Entries(500));
        assert_eq!(en, "These are too many: at most 500 entries.");
    }
}
