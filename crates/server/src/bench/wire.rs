//! HTTP/1.1 as a load generator needs it: requests as bytes, and the head of an answer without an allocation. It is no
//! general client; what it does not understand it says.

use std::fmt::Write;

/// The head of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// Bytes of the head, the empty line included.
    pub head_length: usize,
    /// Bytes of the body that follows.
    pub body_length: usize,
    /// Whether the server closes the connection afterwards.
    pub closes: bool,
}

/// An answer that cannot be read, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer cannot be read: {0}")]
pub struct Unreadable(&'static str);

/// A head that is longer than this is not one of ours.
const HEAD_LENGTH_MAX: usize = 16 * 1024;

/// Reads the head at the beginning of what came so far; none when it is not complete yet.
///
/// # Errors
/// When it is not HTTP, or the body has no stated length.
pub fn read_head(bytes: &[u8]) -> Result<Option<Head>, Unreadable> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        let too_long = bytes.len() > HEAD_LENGTH_MAX;
        return if too_long {
            Err(Unreadable("its head does not end"))
        } else {
            Ok(None)
        };
    };
    let text = std::str::from_utf8(&bytes[..end]).map_err(|_| Unreadable("its head is not text"))?;
    let mut lines = text.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.strip_prefix("HTTP/1.1 "))
        .and_then(|line| line.get(..3)?.parse().ok())
        .ok_or(Unreadable("it does not begin as HTTP/1.1 does"))?;
    let mut length = None;
    let mut closes = false;
    for line in lines {
        let Some((name, value)) = line.split_once(':') else {
            return Err(Unreadable("a line of its head has no colon"));
        };
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.parse().map_err(|_| Unreadable("its length is not a number"))?);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            return Err(Unreadable("its body comes in chunks"));
        } else if name.eq_ignore_ascii_case("connection") {
            closes = value.eq_ignore_ascii_case("close");
        }
    }
    let bodiless = matches!(status, 100..=199 | 204 | 304);
    let body_length = if bodiless {
        0
    } else {
        length.ok_or(Unreadable("its body has no length"))?
    };
    Ok(Some(Head {
        status,
        head_length: end + 4,
        body_length,
        closes,
    }))
}

/// What every request to one server has in common.
#[derive(Clone, Debug)]
pub struct Caller {
    /// `host:port`.
    pub host: String,
    /// What stands behind `Bearer`; none to say nothing.
    pub token: Option<String>,
}

impl Caller {
    /// Appends a request without a body.
    pub fn get(&self, out: &mut String, path: &str) {
        self.begin(out, "GET", path);
        out.push_str("\r\n");
    }

    /// Appends a request with a JSON body.
    pub fn post(&self, out: &mut String, path: &str, key: Option<&str>, body: &str) {
        self.begin(out, "POST", path);
        if let Some(key) = key {
            line(out, "Idempotency-Key", key);
        }
        line(out, "Content-Type", "application/json");
        // Writing to a text cannot fail.
        let _ = write!(out, "Content-Length: {}\r\n\r\n{body}", body.len());
    }

    fn begin(&self, out: &mut String, method: &str, path: &str) {
        out.push_str(method);
        out.push(' ');
        out.push_str(path);
        out.push_str(" HTTP/1.1\r\n");
        line(out, "Host", &self.host);
        if let Some(token) = &self.token {
            out.push_str("Authorization: Bearer ");
            out.push_str(token);
            out.push_str("\r\n");
        }
    }
}

fn line(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push_str(": ");
    out.push_str(value);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_complete() {
        let answer = b"HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nContent-Length: 5\r\n\r\n{\"a\"}";
        let end = answer.len() - 5;
        for cut in 0..end {
            assert_eq!(read_head(&answer[..cut]), Ok(None), "{cut}");
        }
        let head = Head {
            status: 201,
            head_length: end,
            body_length: 5,
            closes: false,
        };
        assert_eq!(read_head(&answer[..end]), Ok(Some(head)));
        assert_eq!(read_head(answer), Ok(Some(head)));
    }

    #[test]
    fn a_server_that_says_goodbye_is_heard() {
        let head = read_head(b"HTTP/1.1 503 Busy\r\nConnection: Close\r\ncontent-length: 0\r\n\r\n")
            .unwrap()
            .unwrap();
        assert_eq!((head.status, head.body_length, head.closes), (503, 0, true));
    }

    #[test]
    fn an_answer_that_may_have_no_body_needs_no_length() {
        let head = read_head(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap().unwrap();
        assert_eq!((head.status, head.body_length), (204, 0));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let chunks = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        for bytes in [
            &chunks[..],
            b"SSH-2.0-x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"HTTP/1.1 200\r\nlength\r\n\r\n",
        ] {
            assert!(read_head(bytes).is_err());
        }
        assert!(read_head(&vec![b'x'; HEAD_LENGTH_MAX + 1]).is_err());
    }

    #[test]
    fn a_request_says_how_long_its_body_is() {
        let caller = Caller {
            host: "127.0.0.1:8080".into(),
            token: Some("secret".into()),
        };
        let mut text = String::new();
        caller.post(&mut text, "/api/v1/x", Some("k1"), "{\"a\":1}");
        let expected = "POST /api/v1/x HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Bearer secret\r\n\
                        Idempotency-Key: k1\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
        assert_eq!(text, expected);
    }
}
