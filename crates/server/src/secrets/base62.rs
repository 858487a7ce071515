//! Bytes as letters and digits: safe in addresses, codes and configuration files, selected with a double click. The
//! length of the text depends on the number of bytes only. It must not know what the bytes are.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// How many digits hold so many bytes: the smallest number of digits with 62^digits ≥ 256^bytes.
pub const fn digits_for(bytes: usize) -> usize {
    // log 256 / log 62 is a little over 1.3436; 13437/10000 is exact enough for any length used here.
    (bytes * 13_437).div_ceil(10_000)
}

/// The text of bytes, most significant first, padded to its full length.
pub fn encode(bytes: &[u8]) -> String {
    let mut digits = vec![0u8; digits_for(bytes.len())];
    for &byte in bytes {
        let mut carry = u32::from(byte);
        for digit in digits.iter_mut().rev() {
            let value = u32::from(*digit) * 256 + carry;
            *digit = (value % 62) as u8;
            carry = value / 62;
        }
    }
    digits
        .iter()
        .map(|&digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// The inverse of [`encode`]; strict: exact length, known digits, no overflow.
pub fn decode<const LENGTH: usize>(text: &str) -> Option<[u8; LENGTH]> {
    if text.len() != digits_for(LENGTH) {
        return None;
    }
    let mut bytes = [0u8; LENGTH];
    for letter in text.bytes() {
        let mut carry = match letter {
            b'0'..=b'9' => u32::from(letter - b'0'),
            b'A'..=b'Z' => u32::from(letter - b'A') + 10,
            b'a'..=b'z' => u32::from(letter - b'a') + 36,
            _ => return None,
        };
        for byte in bytes.iter_mut().rev() {
            let value = u32::from(*byte) * 62 + carry;
            *byte = (value & 0xff) as u8;
            carry = value >> 8;
        }
        if carry != 0 {
            return None;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for bytes in [[0u8; 51], [255; 51], [7; 51]] {
            assert_eq!(decode::<51>(&encode(&bytes)), Some(bytes));
        }
        assert_eq!(decode::<0>(""), Some([]));
    }

    #[test]
    fn what_is_not_a_text_of_bytes_is_refused() {
        let text = encode(&[255; 16]);
        assert_eq!(decode::<16>(&text[1..]), None);
        assert_eq!(decode::<16>(&"z".repeat(text.len())), None);
        assert_eq!(decode::<16>(&text.replace(&text[..1], "-")), None);
        assert_eq!(decode::<16>("é"), None);
    }
}
