//! Mail addresses in their one form: lower case, composed letters, the host as the name system spells it.

use unicode_normalization::UnicodeNormalization;

const LOCAL_MAX: usize = 64;
const ALL_MAX: usize = 254;

/// Reads an address; none when it is not one.
pub fn parse(text: &str) -> Option<String> {
    let text: String = text.to_lowercase().nfc().collect();
    let (local, host) = text.rsplit_once('@')?;
    let host = idna::domain_to_ascii_strict(host).ok()?;
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"\"(),:;<>@[\\]".contains(letter);
    let local_fits = !local.is_empty()
        && local.len() <= LOCAL_MAX
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let host_fits = host.contains('.') && host.split('.').all(label);
    let address = format!("{local}@{host}");
    (local_fits && host_fits && address.len() <= ALL_MAX).then_some(address)
}
