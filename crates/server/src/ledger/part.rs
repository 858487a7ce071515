//! A part of what a hand took: what is carried out in one transaction, and how it is cut smaller to find the guilty one.

/// Submissions of one group, by their places in it, that are carried out together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Their places, in the order of their arrival.
    pub members: Vec<usize>,
    /// How often these were tried before.
    pub attempts: u32,
    /// Whether it waits for locks no longer than a moment: one of its cards is known or suspected to be held.
    pub hurried: bool,
}

impl Part {
    /// What is tried for the first time.
    pub fn new(members: Vec<usize>, hurried: bool) -> Self {
        Self {
            members,
            attempts: 0,
            hurried,
        }
    }

    /// The same again, unless it was tried again so often already.
    pub fn once_more(&self, limit: u32) -> Option<Vec<Part>> {
        let again = Part {
            attempts: self.attempts + 1,
            ..self.clone()
        };
        (self.attempts < limit).then(|| vec![again])
    }

    /// Both halves; nothing of one alone, which is guilty then.
    pub fn in_halves(&self, hurried: bool) -> Vec<Part> {
        let (first, second) = self.members.split_at(self.members.len() / 2);
        if first.is_empty() {
            return Vec::new();
        }
        [first, second]
            .map(|members| Part::new(members.to_vec(), hurried))
            .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alone_has_no_halves() {
        let part = Part::new(vec![3, 4, 7], false);
        let halves = part.in_halves(true);
        assert_eq!(halves, [Part::new(vec![3], true), Part::new(vec![4, 7], true)]);
        assert_eq!(halves[0].in_halves(true), []);
    }

    #[test]
    fn a_part_is_tried_again_as_often_as_the_limit_says() {
        let (mut part, mut tries) = (Part::new(vec![0], false), 1);
        while let Some(again) = part.once_more(2) {
            (part, tries) = (again[0].clone(), tries + 1);
        }
        assert_eq!(tries, 3);
    }
}
