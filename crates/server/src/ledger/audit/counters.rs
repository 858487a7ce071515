//! What cards of a merchant share: stock, limits, welcomes and what a person adjusted in a day, as the events tell it.

use super::findings::Findings;
use crate::error::Error;
use crate::sql;
use crate::sql::audit::ROWS_PER_PAGE;
use db::{Transaction, params};
use domain::counter::CounterKey;
use domain::event::{Actor, Event, EventKind, MoveKind};
use domain::ids::{MerchantId, ProgramId, RewardId};
use std::collections::HashMap;

/// What the events of a merchant say its counters stand at.
#[derive(Debug, Default)]
pub struct Tally {
    stock: HashMap<RewardId, i64>,
    /// Of all cards together; each card's own share is compared with its page.
    limits: HashMap<RewardId, i64>,
    welcomes: HashMap<ProgramId, i64>,
    adjusted: HashMap<String, i64>,
    opened: HashMap<String, i64>,
}

impl Tally {
    /// Counts what an event says of rewards, welcomes and adjustments. Which counters of a reward moved is what the event
    /// says, not what the reward says today: a stock or a limit may have come later (`RED-6`).
    pub fn count(&mut self, program: ProgramId, event: &Event) {
        for counted in &event.counted {
            let sums = match counted.period {
                None => &mut self.stock,
                Some(_) => &mut self.limits,
            };
            *sums.entry(counted.reward).or_insert(0) += counted.amount;
        }
        let welcomed = event.moves.iter().any(|step| step.kind == MoveKind::WelcomeBonus);
        let counted = match event.kind {
            EventKind::Enrolled => welcomed,
            EventKind::Confirmed => event.claimed == Some(true),
            _ => false,
        };
        if counted {
            *self.welcomes.entry(program).or_insert(0) += 1;
        }
        if event.kind == EventKind::Enrolled
            && let Actor::Terminal(terminal) = event.origin.actor
        {
            let key = format!("{terminal}:{}", event.by_the_clock().1);
            *self.opened.entry(key).or_insert(0) += 1;
        }
        if event.kind == EventKind::Adjusted
            && let Some(who) = adjuster(event)
        {
            let size: i64 = event.why.iter().map(|line| line.contribution.saturating_abs()).sum();
            *self.adjusted.entry(who).or_insert(0) += size;
        }
    }

    /// Compares with the rows.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn compare(
        mut self,
        tx: &mut Transaction<'_>,
        merchant: MerchantId,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let mut kept = Kept::default();
        let mut after = (String::new(), String::new());
        loop {
            let (kind, id) = after.clone();
            let rows = tx.rows(&sql::audit::COUNTERS, &params![merchant.0, kind, id])?;
            for row in &rows {
                after = (row.get(0)?, row.get(1)?);
                self.row(&after.0, &after.1, row.get(2)?, &mut kept, findings);
            }
            if rows.len() < ROWS_PER_PAGE {
                break;
            }
        }
        for (what, told, kept) in [
            ("stock taken of", self.stock, kept.stock),
            ("limits used of", self.limits, kept.limits),
        ] {
            differences(&told, &kept, |reward, told, kept| {
                findings.shared(format!("the {what} {reward} is {kept}, its events say {told}"));
            });
        }
        differences(&self.welcomes, &kept.welcomes, |program, told, kept| {
            findings.shared(format!(
                "{kept} welcomes of {program} are counted, its events say {told}"
            ));
        });
        Ok(())
    }

    fn row(&mut self, kind: &str, id: &str, used: i64, kept: &mut Kept, findings: &mut Findings) {
        let first = id.split(':').next().unwrap_or_default();
        let mut sound = true;
        match (kind, first.parse::<RewardId>(), first.parse::<ProgramId>()) {
            ("stock", Ok(reward), _) => *kept.stock.entry(reward).or_insert(0) += used,
            ("reward_limit", Ok(reward), _) => *kept.limits.entry(reward).or_insert(0) += used,
            ("welcome", _, Ok(program)) => {
                sound = used <= 1;
                *kept.welcomes.entry(program).or_insert(0) += used;
            }
            // A manager's adjustments count for nobody's limit, and an event does not say who was a manager.
            ("opened_by", _, _) => sound = used <= self.opened.get(id).copied().unwrap_or(0),
            ("adjusted_by", _, _) => sound = used <= self.adjusted.get(id).copied().unwrap_or(0),
            _ => sound = used == 0,
        }
        if !sound || used < 0 {
            findings.shared(format!(
                "the counter {kind} {id} stands at {used}, which no events explain"
            ));
        }
    }
}

#[derive(Default)]
struct Kept {
    stock: HashMap<RewardId, i64>,
    limits: HashMap<RewardId, i64>,
    welcomes: HashMap<ProgramId, i64>,
}

fn differences<Key: Copy + Ord + std::hash::Hash>(
    told: &HashMap<Key, i64>,
    kept: &HashMap<Key, i64>,
    mut differ: impl FnMut(Key, i64, i64),
) {
    let keys: std::collections::BTreeSet<Key> = told.keys().chain(kept.keys()).copied().collect();
    for key in keys {
        let (told, kept) = (
            told.get(&key).copied().unwrap_or(0),
            kept.get(&key).copied().unwrap_or(0),
        );
        if told != kept {
            differ(key, told, kept);
        }
    }
}

fn adjuster(event: &Event) -> Option<String> {
    let who = match (event.origin.staff, event.origin.actor) {
        (Some(staff), _) => staff.to_string(),
        (None, Actor::Terminal(terminal)) => terminal.to_string(),
        _ => return None,
    };
    Some(format!("{who}:{}", event.by_the_clock().1))
}

/// Compares the limits that cards of a page have used, one by one, so that the card can be named.
///
/// # Errors
/// When the database cannot be read.
pub fn compare_limits(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    limits: &HashMap<CounterKey, i64>,
    findings: &mut Findings,
) -> Result<(), Error> {
    let keys: Vec<(&CounterKey, (&'static str, String))> = limits.keys().map(|key| (key, key.parts())).collect();
    let each: Vec<Vec<db::Value>> = keys
        .iter()
        .map(|(_, (kind, id))| params![*kind, id.clone()].to_vec())
        .collect();
    let mut used: HashMap<String, i64> = HashMap::new();
    for row in tx.rows_many(&sql::shared::READ, &params![merchant.0], &each)? {
        used.insert(row.get(1)?, row.get(2)?);
    }
    for (key, (_, id)) in keys {
        let (told, kept) = (
            limits.get(key).copied().unwrap_or(0),
            used.get(&id).copied().unwrap_or(0),
        );
        if let CounterKey::RewardLimit(reward, card, _) = key
            && told != kept
        {
            findings.card(
                *card,
                format!("the limit used of {reward} is {kept}, its events say {told}"),
            );
        }
    }
    Ok(())
}
