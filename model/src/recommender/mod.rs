//! A recommender over a catalogue, of either kind of model: what a bundle ships and a session uses.

mod halves;
mod network;

pub use network::Network;

use crate::adapt::Feedback;
use crate::ask::personal::PersonalQuestions;
use crate::ask::question::Questions;
use crate::halves::{Given, Halves, HalvesFor};
use crate::model::Adapted;
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::network::task::User;

/// A trained model and what it knows of the items of a catalogue.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a bundle has one, and is not moved")]
pub enum Recommender {
    /// The network, with its local update.
    Network(Network),
    /// The default model in two halves.
    Halves(Halves),
}

/// A recommender after the local update on one visitor's answers.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "a session has one")]
pub enum RecommenderFor {
    /// The adapted network.
    Network(Adapted),
    /// The adapted halves.
    Halves(HalvesFor),
}

/// The scores of all items.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// The scores by which a list is sorted, (items).
    pub list: Vec<f32>,
    /// The expected ratings on the scale, (items); empty where they are the scores of the list.
    pub ratings: Vec<f32>,
}

impl Scores {
    /// Return the expected rating of an item; its score where the model knows no ratings.
    ///
    /// # Panics
    /// Where there is no such item.
    pub fn rating(&self, item: usize) -> f32 {
        if self.ratings.is_empty() { self.list[item] } else { self.ratings[item] }
    }
}

/// A description of a local update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptation {
    /// The method: `gradient`, `closed-form`, `softmax` or `halves`.
    pub method: &'static str,
    /// The number of gradient steps; 1 in closed form.
    pub steps: usize,
    /// The number of answers in the support set.
    pub answers: usize,
    /// The mean loss of these answers without the local update; 0 where no answer has a loss.
    pub loss_before: f32,
    /// The mean loss of these answers after the local update; 0 where no answer has a loss.
    pub loss_after: f32,
}

impl Recommender {
    /// Return the rating scale.
    pub fn scale(&self) -> &Scale {
        match self {
            Self::Network(network) => &network.model.scale,
            Self::Halves(halves) => &halves.scale,
        }
    }

    /// Return the kind of feedback that the model learned from.
    pub fn feedback(&self) -> Feedback {
        match self {
            Self::Network(network) => network.model.update.feedback(),
            Self::Halves(Halves { stars: Some(_), .. }) => Feedback::Ratings,
            Self::Halves(_) => Feedback::Picks,
        }
    }

    /// Return the number of items.
    pub fn len(&self) -> usize {
        match self {
            Self::Network(network) => network.items.len(),
            Self::Halves(halves) => halves.len(),
        }
    }

    /// Return whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Return whether the local update reads an answer. A network reads ratings only; the halves read every answer.
    pub fn reads(&self, answer: &Given) -> bool {
        matches!(self, Self::Halves(_)) || answer.rating.is_some()
    }

    /// Do the local update for `user` on `answers`, each about another item.
    ///
    /// # Panics
    /// Where an item is not below [`Recommender::len`], or a row of `user` lies outside its table.
    pub fn adapt(&self, user: &User, answers: &[Given]) -> RecommenderFor {
        match self {
            Self::Network(network) => RecommenderFor::Network(network.adapt(user, answers)),
            Self::Halves(halves) => RecommenderFor::Halves(halves.adapt(user, answers)),
        }
    }

    /// Return the scores and expected ratings of all items.
    ///
    /// # Panics
    /// Where `adapted` is of another recommender.
    pub fn scores(&self, adapted: &RecommenderFor) -> Scores {
        match (self, adapted) {
            (Self::Network(network), RecommenderFor::Network(adapted)) => {
                Scores { list: network.model.predict_all(adapted), ratings: Vec::new() }
            }
            (Self::Halves(halves), RecommenderFor::Halves(adapted)) => halves.score_all(adapted),
            _ => panic!("the local update of another recommender"),
        }
    }

    /// Return the positions `best`, sorted by descending `scores`, in the order of a list whose first `rows` are varied by
    /// `variety`, 0 to 1. Of a network, whose lists are sorted by score, return them as they are.
    ///
    /// # Panics
    /// Where a position is not below [`Recommender::len`].
    pub fn vary(&self, scores: &[f32], best: Vec<usize>, rows: usize, variety: f32) -> Vec<usize> {
        match self {
            Self::Network(_) => best,
            Self::Halves(halves) => halves.vary(scores, &best, rows, variety),
        }
    }

    /// Return the function from the expected rating to the rating to show; `None` for the identity.
    pub fn readout(&self) -> Option<&Readout> {
        match self {
            Self::Network(network) => network.model.readout.as_ref(),
            Self::Halves(halves) => halves.stars.as_ref().and_then(|stars| stars.readout.as_ref()),
        }
    }

    /// Return the rating to show for an expected rating. A score of a model that knows no ratings stays as it is.
    pub fn read_out(&self, expected: f32) -> f32 {
        match self {
            Self::Network(network) => network.model.read_out(expected),
            Self::Halves(halves) => halves.read_out(expected),
        }
    }

    /// Return the questions to `user` about `candidates` by expected variance, given `answers`, as [`Questions::new`]; `None`
    /// where the model knows no ratings.
    ///
    /// # Panics
    /// As [`Questions::new`].
    pub fn questions_by_variance(
        &self,
        user: &User,
        candidates: &[(usize, f32)],
        answers: &[Given],
    ) -> Option<Questions> {
        let mut asked = Vec::new();
        for given in answers {
            asked.push((given.item, given.rating));
        }
        match self {
            Self::Network(Network { model, items }) => {
                (self.feedback() == Feedback::Ratings).then(|| Questions::new(model, items, user, candidates, &asked))
            }
            Self::Halves(halves) => halves.stars.as_ref().map(|stars| Questions::of_stars(stars, candidates, &asked)),
        }
    }

    /// Return the best `n` items of `candidates` to ask about next, given `answers` and the items `shown`, which are on the
    /// screen, as [`PersonalQuestions`]. `None` where the model does not know what to ask by, as a network.
    ///
    /// # Panics
    /// Where an item is not below [`Recommender::len`].
    pub fn questions(&self, candidates: &[usize], answers: &[Given], shown: &[usize], n: usize) -> Option<Vec<usize>> {
        let Self::Halves(halves) = self else { return None };
        PersonalQuestions::new(halves, candidates, answers, shown).map(|questions| questions.take(n).collect())
    }

    /// Return for each index in `left_out` how much higher the list score of each of `items` is with that one of the
    /// `answers` than without it. Of the halves the softmax of each gradient step is taken to be the one with all answers.
    ///
    /// # Panics
    /// Where an index is not below `answers.len()`, or as [`Recommender::adapt`].
    pub fn influences(&self, user: &User, answers: &[Given], left_out: &[usize], items: &[usize]) -> Vec<Vec<f32>> {
        let means = match self {
            Self::Network(_) => Vec::new(),
            Self::Halves(halves) => halves.means(user, answers),
        };
        let scores = |answers: &[Given]| match self {
            Self::Network(network) => network.predict(user, answers, items),
            Self::Halves(halves) => halves.scores_along(&means, user, answers, items),
        };
        let with_all = scores(answers);
        let mut influences = Vec::new();
        for &index in left_out {
            let mut others = answers.to_vec();
            others.remove(index);
            let mut influence = scores(&others);
            influence.iter_mut().zip(&with_all).for_each(|(without, with)| *without = with - *without);
            influences.push(influence);
        }
        influences
    }

    /// Describe the local update for `user` on `answers`. The two losses cost up to two local updates.
    ///
    /// # Panics
    /// As [`Recommender::adapt`].
    pub fn adaptation(&self, user: &User, answers: &[Given]) -> Adaptation {
        match self {
            Self::Network(network) => network.adaptation(user, answers),
            Self::Halves(halves) => halves.adaptation(user, answers),
        }
    }
}
