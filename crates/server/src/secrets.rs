//! Keys.
/// Keys.
pub struct Secrets;
