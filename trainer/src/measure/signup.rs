//! What a visitor is shown, by strategy, and what they answer.

use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::evidence::{Strategy, rank, shipped};
use crate::train::Trained;
use fewclicks_model::ask::personal::PersonalQuestions;
use fewclicks_model::halves::Given;
use fewclicks_model::recommender::Recommender;
use rayon::prelude::*;
use std::collections::HashMap;

/// The answers of a visitor after each number of items: items and ratings.
pub type AnswersByCount = Vec<Vec<(u32, f32)>>;

/// The visitors, and how the items are shown to them.
pub struct Signups<'a> {
    pub trained: &'a Trained,
    pub encoded: &'a Encoded,
    pub model: &'a Recommender,
    pub seed: u64,
    /// The number of items shown at once.
    pub at_once: usize,
    /// The numbers of items after which answers are taken, ascending.
    pub shown: &'a [usize],
}

/// How the items shown to a visitor are chosen.
enum Shown {
    /// The same list for every visitor.
    List(Vec<usize>),
    /// The most informative item after the answers so far, among candidates with the share of users who know them.
    Adaptive(Vec<(usize, f32)>),
    /// By the rule for one visitor, among these candidates.
    Personal(Vec<usize>),
}

impl Signups<'_> {
    /// Return for each of `tasks` the answers after each number of items: the support ratings of the items shown.
    ///
    /// # Errors
    /// Return an error if the catalogue makes the folded model too large.
    pub fn answers(&self, strategy: Strategy, tasks: &[TaskRows]) -> anyhow::Result<Vec<AnswersByCount>> {
        let Self { trained, encoded, seed, .. } = *self;
        let personal = matches!(self.model, Recommender::Halves(halves) if halves.asking.is_some());
        let shown = match strategy {
            Strategy::Adaptive => Shown::Adaptive(
                shipped(trained, encoded, seed)?.iter().map(|asked| (asked.item, asked.known)).collect(),
            ),
            Strategy::Personal if personal => {
                Shown::Personal(shipped(trained, encoded, seed)?.iter().map(|asked| asked.item).collect())
            }
            _ => Shown::List(rank(strategy, trained, encoded, seed)?.iter().map(|candidate| candidate.item).collect()),
        };
        Ok(tasks.par_iter().map(|task| self.of_task(&shown, task)).collect())
    }

    fn of_task(&self, shown: &Shown, task: &TaskRows) -> AnswersByCount {
        let known: HashMap<usize, f32> = task.support.iter().map(|&(item, rating)| (item as usize, rating)).collect();
        let answer = |item: usize| Given { item, rating: known.get(&item).copied() };
        let count = self.shown.last().copied().unwrap_or_default();
        let mut asked: Vec<Given> = Vec::new();
        while asked.len() < count {
            let wall = self.next(shown, task, &asked);
            if wall.is_empty() {
                break;
            }
            asked.extend(wall.into_iter().map(answer));
        }
        let rated = |given: &Given| Some((given.item as u32, given.rating?));
        self.shown.iter().map(|&count| asked.iter().take(count).filter_map(rated).collect()).collect()
    }

    /// Return the items that are shown next.
    fn next(&self, shown: &Shown, task: &TaskRows, asked: &[Given]) -> Vec<usize> {
        match (shown, self.model) {
            (Shown::Adaptive(candidates), model) => match model.questions_by_variance(&task.user, candidates, asked) {
                Some(questions) => questions.take(self.at_once).collect(),
                None => candidates.iter().skip(asked.len()).take(self.at_once).map(|&(item, _)| item).collect(),
            },
            (Shown::Personal(candidates), Recommender::Halves(halves)) => {
                let questions = PersonalQuestions::new(halves, candidates, asked, &[]);
                questions.into_iter().flatten().take(self.at_once).collect()
            }
            (Shown::List(list), _) => list.iter().skip(asked.len()).take(self.at_once).copied().collect(),
            (Shown::Personal(_), _) => Vec::new(),
        }
    }
}
