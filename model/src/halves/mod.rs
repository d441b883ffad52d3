//! The default model, in two halves over one catalogue.
//!
//! - The *stars* half ([`Stars`]) expects how much a visitor would like an item: a hierarchical Bayesian factor model, whose
//!   local update is the posterior of the visitor's factors given their ratings.
//! - The *choice* half ([`Choice`]) scores what a visitor would choose and like: a softmax over the catalogue, whose local
//!   update is two gradient steps on answers of every kind, from a learned start.
//!
//! What to ask next is decided by both halves and by which items people know and like ([`Asking`]).
//!
//! A list is sorted by choice + β·stars ([`Halves::scores`]); stars that are shown come from the stars half. A site that has
//! picks only has the choice half alone.

mod choice;
mod incidence;
mod leave_out;
mod levels;
mod neighbours;
mod posterior;
mod stars;
mod table;
mod vary;

pub(crate) use choice::normalise;
pub use choice::{Choice, ChosenFor};
pub use incidence::{Asking, Incidence};
pub use levels::{LEVELS, PICK, UNKNOWN, level};
pub use neighbours::{MAX_NEIGHBOURS, Neighbours};
pub use posterior::Posterior;
pub use stars::{Stars, StarsFor};
pub use table::Table;

use crate::math::matrix::add_scaled;
use crate::model::scale::Scale;
use crate::network::loss::Loss;
use crate::network::task::User;

/// The default model, over a catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Halves {
    /// The scale of the ratings.
    pub scale: Scale,
    /// What a visitor would choose and like.
    pub choice: Choice,
    /// How much a visitor would like an item; `None` where the site has picks only.
    pub stars: Option<Stars>,
    /// β ≥ 0, the weight of expected stars in a list.
    pub stars_weight: f32,
    /// What decides on questions; `None` where they are asked in the order of the catalogue's candidates.
    pub asking: Option<Asking>,
}

/// A visitor's answer, as the halves read it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// The position of the item.
    pub item: usize,
    /// The rating on the scale; `None` where the visitor does not know the item.
    pub rating: Option<f32>,
}

/// Both halves after the local update.
#[derive(Clone, Debug)]
pub struct HalvesFor {
    /// The choice half for this visitor.
    pub choice: ChosenFor,
    /// The stars half for this visitor; `None` where the site has picks only.
    pub stars: Option<StarsFor>,
}

impl Halves {
    /// Return the number of items.
    pub fn len(&self) -> usize {
        self.choice.bias.len()
    }

    /// Return whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Return how many numbers the model has for its items and answers, neighbours included.
    pub fn numbers(&self) -> usize {
        let size = |table: &Table| table.len() * table.width();
        let Choice { vectors, gates, answer, count, user_fields, neighbours, .. } = &self.choice;
        let users: usize = user_fields.iter().map(size).sum();
        let answers = gates.len() + answer.len() + size(count);
        let choice = self.len() + size(vectors) + answers + users + neighbours.items.len();
        let stars = self.stars.as_ref().map_or(0, |stars| {
            let users: usize = stars.user_fields.iter().map(size).sum();
            let items = 3 * self.len() + size(&stars.vectors) + size(&stars.context);
            items + stars.precision.len() + users + stars.neighbours.items.len()
        });
        let asking = self.asking.as_ref().map_or(0, |asking| {
            let table = |incidence: &Incidence| incidence.share.len() + size(&incidence.vectors);
            table(&asking.known) + table(&asking.liked) + asking.liked_strength.len()
        });
        choice + stars + asking
    }

    /// Return how many numbers the local update moves: a visitor's vector in the choice half, and factors in the stars half.
    pub fn adapted_numbers(&self) -> usize {
        self.choice.vectors.width() + self.stars.as_ref().map_or(0, |stars| stars.vectors.width() + 1)
    }

    /// Do the local update for `user` on `answers`, each about another item.
    ///
    /// # Panics
    /// Where an item is not below [`Halves::len`], or a row of `user` lies outside its table.
    pub fn adapt(&self, user: &User, answers: &[Given]) -> HalvesFor {
        HalvesFor { choice: self.choice.adapt(user, &self.levels(answers)), stars: self.adapt_stars(user, answers) }
    }

    /// Return the items and levels of `answers`, as the choice half reads them.
    fn levels(&self, answers: &[Given]) -> Vec<(usize, usize)> {
        let mut levels = Vec::new();
        for given in answers {
            levels.push((given.item, level(&self.scale, given.rating)));
        }
        levels
    }

    /// Return the items and stars of those `answers` that have a rating, as the stars half reads them.
    pub(crate) fn rated(&self, answers: &[Given]) -> Vec<(usize, f32)> {
        let mut rated = Vec::new();
        for given in answers {
            rated.extend(given.rating.map(|rating| (given.item, self.scale.label(rating, Loss::SquaredError))));
        }
        rated
    }

    /// Return the stars half after its local update, `None` where there is none.
    fn adapt_stars(&self, user: &User, answers: &[Given]) -> Option<StarsFor> {
        self.stars.as_ref().map(|stars| stars.adapt(user, &self.rated(answers)))
    }

    /// Return the score of every item, by which a list is sorted: choice + β·stars.
    ///
    /// # Panics
    /// Where `adapted` is of another model.
    pub fn scores(&self, adapted: &HalvesFor) -> Vec<f32> {
        self.scores_given(adapted, &self.expect_all(adapted))
    }

    /// As [`Halves::scores`], given the result of [`Halves::expect_all`].
    pub fn scores_given(&self, adapted: &HalvesFor, expected: &[f32]) -> Vec<f32> {
        let mut scores = self.choice.scores(&adapted.choice);
        add_scaled(&mut scores, self.stars_weight, expected);
        scores
    }

    /// Return the expected stars of every item, which may lie outside 1 to 5; an empty list where the site has picks only.
    ///
    /// # Panics
    /// Where `adapted` is of another model.
    pub fn expect_all(&self, adapted: &HalvesFor) -> Vec<f32> {
        match (&self.stars, &adapted.stars) {
            (Some(stars), Some(adapted)) => stars.expect_all(adapted),
            _ => Vec::new(),
        }
    }
}
