//! A year of birth is less than a birthday.

use super::*;

#[test]
fn of_a_year_alone_only_the_certain_is_believed() {
    let mut terms = Terms::default();
    assert!(terms.is_of_age(2026, 2026), "nobody is asked");
    terms.min_age = 18;
    for (born_in, expected) in [(2007, true), (2008, false), (2026, false), (1931, true)] {
        assert_eq!(terms.is_of_age(born_in, 2026), expected, "{born_in}");
    }
}
