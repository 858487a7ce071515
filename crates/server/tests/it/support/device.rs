//! A device that keeps passkeys, in software: it makes a key pair, answers as browsers let it (W3C WebAuthn, Level 3), and can be
//! told to behave badly. Nothing of it is the house's own code.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// The person was there, and proved themselves to the device.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// What it does at the next answer.
#[derive(Clone, Copy)]
pub struct Manner {
    /// The page it believes to be on.
    pub origin: &'static str,
    /// Whether it asked for finger, face or PIN.
    pub verifies: bool,
    /// The uses it has counted.
    pub counter: u32,
}

/// A device with one key pair.
pub struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    user: Vec<u8>,
}

impl Device {
    pub fn new(id: &[u8]) -> Self {
        let chance = SystemRandom::new();
        let secret = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, secret.as_ref(), &chance).unwrap();
        Self {
            key,
            id: id.to_vec(),
            user: Vec::new(),
        }
    }

    /// Makes a passkey as it is asked to (`PublicKeyCredentialCreationOptionsJSON`).
    pub fn makes(&mut self, options: &Value, manner: Manner) -> String {
        self.user = decode(options["user"]["id"].as_str().unwrap());
        let mut data = self.authenticator(options["rp"]["id"].as_str().unwrap(), manner, ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR (RFC 8949).
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x59");
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        let told = client_data("webauthn.create", options, manner);
        self.answer(json!({ "clientDataJSON": encode(&told), "attestationObject": encode(&object), "transports": ["internal"] }))
    }

    /// Shows it as it is asked to (`PublicKeyCredentialRequestOptionsJSON`).
    pub fn shows(&self, options: &Value, manner: Manner) -> String {
        let data = self.authenticator(options["rpId"].as_str().unwrap(), manner, 0);
        let told = client_data("webauthn.get", options, manner);
        let signed = [data.clone(), sha256(&told)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "clientDataJSON": encode(&told),
            "authenticatorData": encode(&data),
            "signature": encode(signature.as_ref()),
            "userHandle": encode(&self.user),
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response })
            .to_string()
    }

    fn authenticator(&self, house: &str, manner: Manner, flags: u8) -> Vec<u8> {
        let verified = if manner.verifies { VERIFIED } else { 0 };
        let mut data = sha256(house.as_bytes());
        data.push(PRESENT | verified | flags);
        data.extend(manner.counter.to_be_bytes());
        data
    }

    /// The public key in COSE (RFC 9053): {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(x);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(y);
        key
    }
}

fn client_data(kind: &str, options: &Value, manner: Manner) -> Vec<u8> {
    let told =
        json!({ "type": kind, "challenge": options["challenge"], "origin": manner.origin, "crossOrigin": false });
    told.to_string().into_bytes()
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    ring::digest::digest(&ring::digest::SHA256, bytes).as_ref().to_vec()
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// base64url without padding (RFC 4648).
fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let mut bits = [0; 4];
        bits[1..=group.len()].copy_from_slice(group);
        let bits = u32::from_be_bytes(bits);
        for place in 0..=group.len() {
            let letter = usize::try_from(bits >> (18 - 6 * place)).unwrap() & 63;
            text.push(char::from(LETTERS[letter]));
        }
    }
    text
}

fn decode(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter).unwrap();
        bits = (bits << 6) | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    bytes
}
