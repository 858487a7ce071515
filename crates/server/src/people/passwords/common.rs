//! Passwords that are tried first although they are long: words on every list, what repeats, and runs along the keyboard.

/// Beginnings of what stands on lists of common passwords and still has twelve characters; digits and signs behind them
/// change nothing.
const WORDS: [&str; 40] = [
    "password",
    "passwort",
    "passw0rd",
    "motdepasse",
    "mot de passe",
    "passwuert",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "qwerty",
    "qwertz",
    "azerty",
    "letmein",
    "welcome",
    "willkommen",
    "bienvenue",
    "wëllkomm",
    "iloveyou",
    "jetaime",
    "ichliebedich",
    "administrator",
    "administrateur",
    "superuser",
    "changeme",
    "changeit",
    "default",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "dragon",
    "monkey",
    "luxembourg",
    "letzebuerg",
    "lëtzebuerg",
    "trei",
    "trei-loyalty",
    "loyalty",
    "operator",
    "secretsecret",
];

/// Rows of keyboards and of the alphabet.
const RUNS: [&str; 7] = [
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "1q2w3e4r5t6z7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qayswxedcrfvtgbzhnujmikolp",
];

/// The fewest different characters.
const DIFFERENT_MIN: usize = 5;

/// Whether a password, in lower case, is one that is tried first.
pub fn is_common(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    different.len() < DIFFERENT_MIN || repeats(&letters) || RUNS.iter().any(|run| run.contains(word)) || is_padded(word)
}

/// Whether a short piece stands there again and again.
fn repeats(letters: &[char]) -> bool {
    (1..=letters.len() / 3).any(|size| letters.chunks(size).all(|piece| letters.starts_with(piece)))
}

/// Whether nothing but digits and signs is left once common words are taken away.
fn is_padded(word: &str) -> bool {
    let mut rest = word.to_owned();
    let mut words = WORDS;
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    for common in words {
        rest = rest.replace(common, "");
    }
    rest.len() < word.len() && !rest.chars().any(char::is_alphabetic)
}
