//! Staff sessions (`PIN-6`): after one right PIN a few minutes of earning at one terminal. A session is a sealed text that
//! only its terminal can use and that any process can read; nothing of it is stored. It ends with its time, and with
//! everything that raises the version of the PIN: another PIN, a lock, a leave.

use super::{Presented, StaffProof, Till};
use crate::app::App;
use crate::secrets::{Secrets, base62};
use domain::ids::StaffId;
use domain::moment::Instant;
use domain::pin::SESSION_MINUTES;
use std::fmt;
use uuid::Uuid;

const PREFIX: &str = "ses_";
const BODY_LENGTH: usize = 16 + 8 + 8;
const PROOF_LENGTH: usize = 16;

/// Somebody serves at a terminal for a few minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    till: Till,
    staff: StaffId,
    version: i64,
    expires_at: Instant,
}

/// The text of a session as it came. It prints nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionText(pub String);

impl fmt::Debug for SessionText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SessionText(…)")
    }
}

/// Opens a session for who has just shown their PIN.
pub fn open(proof: &StaffProof) -> Session {
    Session::begun(proof.till, (proof.staff, proof.version), proof.at)
}

impl Session {
    /// From now on.
    pub(super) fn begun(till: Till, who: (StaffId, i64), now: Instant) -> Self {
        Self::going_on(till, who, now.plus_minutes(SESSION_MINUTES))
    }

    /// As it was read.
    pub(super) fn going_on(till: Till, (staff, version): (StaffId, i64), expires_at: Instant) -> Self {
        Self {
            till,
            staff,
            version,
            expires_at,
        }
    }

    /// Which state of their PIN opened it.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Who.
    pub fn staff(&self) -> StaffId {
        self.staff
    }

    /// Until when, unless it is used.
    pub fn expires_at(&self) -> Instant {
        self.expires_at
    }

    /// The same, used now: it lasts a few minutes from now on. Call it for what was accepted.
    #[must_use]
    pub fn used(self, now: Instant) -> Self {
        let expires_at = self.expires_at.max(now.plus_minutes(SESSION_MINUTES));
        Self { expires_at, ..self }
    }

    /// The text that stands for it; a secret of the device.
    pub fn text(&self, secrets: &Secrets) -> String {
        let body = [
            self.staff.0.as_bytes().as_slice(),
            &self.version.to_be_bytes(),
            &self.expires_at.0.to_be_bytes(),
        ]
        .concat();
        let proof = secrets.session_proof(&scope(self.till), &body);
        let sealed = [body.as_slice(), &proof[..PROOF_LENGTH]].concat();
        format!("{PREFIX}{}", base62::encode(&sealed))
    }

    /// Reads a session of this terminal that is not over; none for any other text.
    pub fn read(app: &App, till: Till, text: &str) -> Option<Self> {
        let sealed = base62::decode::<{ BODY_LENGTH + PROOF_LENGTH }>(text.strip_prefix(PREFIX)?)?;
        let (body, proof) = sealed.split_at_checked(BODY_LENGTH)?;
        let expected = app.secrets.session_proof(&scope(till), body);
        if !crate::secrets::is_same(&expected[..PROOF_LENGTH], proof) {
            return None;
        }
        let (staff, rest) = body.split_first_chunk::<16>()?;
        let (version, rest) = rest.split_first_chunk::<8>()?;
        let (expires_at, _) = rest.split_first_chunk::<8>()?;
        let session = Self {
            till,
            staff: StaffId(Uuid::from_bytes(*staff)),
            version: i64::from_be_bytes(*version),
            expires_at: Instant(i64::from_be_bytes(*expires_at)),
        };
        (app.clock.now() < session.expires_at).then_some(session)
    }

    /// What the ledger checks when it writes for them.
    pub fn presented(&self) -> Presented {
        Presented::Session {
            staff: self.staff,
            version: self.version,
            expires_at: self.expires_at,
        }
    }
}

fn scope(till: Till) -> Vec<u8> {
    [till.merchant.0, till.terminal.0, till.store.0]
        .map(|id| id.as_bytes().to_vec())
        .concat()
}
