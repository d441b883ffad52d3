//! A trained model, and its conversion of ratings to labels and of predictions to ratings.

use super::readout::Readout;
use super::scale::Scale;
use crate::adapt::LocalUpdate;
use crate::network::layout::Layout;
use crate::network::parameters::{Parameters, StoredParameters};
use crate::network::task::{Examples, Items};

/// A trained model: all that is needed to predict, except the catalogue.
///
/// `P` is how the parameters are stored: one flat vector while training, [`StoredParameters`] in a bundle.
///
/// ```
/// # let (_, model, items) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
/// // Ramen (item 0) was rated 5, so pho (item 1), another soup, is expected above sweets (items 2 and 3).
/// let support = model.support(&items, &[(0, 5.0)]);
/// let predicted = model.predict(&Vec::new(), support, items.clone());
/// assert!(predicted[1] > 3.9 && predicted[2] == 3.0 && predicted[3] == 3.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Model<P = Vec<f32>> {
    /// The offset of every tensor in the flat vector.
    pub layout: Layout,
    /// The flat vector of parameters, `layout.len()` numbers.
    pub theta: P,
    /// One local rate per parameter that the local update moves, `layout.len() - layout.offset(update.scope())` numbers;
    /// of [`LocalUpdate::Ridge`], log prior precisions ρ.
    pub rates: Vec<f32>,
    /// The local update.
    pub update: LocalUpdate,
    /// The scale of the ratings.
    pub scale: Scale,
    /// The function from the expected rating to the rating to show; `None` for the identity.
    pub readout: Option<Readout>,
}

impl<P: Parameters> Model<P> {
    /// Return the support set of the ratings `rated`: pairs of a position in the catalogue `items` and a rating on the
    /// model's scale. A softmax model learns from picks, so only likes are included.
    ///
    /// # Panics
    /// Where a position is not below `items.len()`.
    pub fn support(&self, items: &Items, rated: &[(usize, f32)]) -> Examples {
        let loss = self.update.loss();
        let (mut chosen, mut labels) = (Vec::new(), Vec::new());
        for &(item, rating) in rated {
            let label = match loss {
                Some(loss) => self.scale.label(rating, loss),
                None if self.scale.is_like(rating) => 1.0,
                None => continue,
            };
            chosen.push(item);
            labels.push(label);
        }
        Examples { items: items.select(chosen.iter().copied()), labels }
    }

    /// Convert raw predictions to ratings on the scale; a softmax model's scores stay as they are.
    pub(super) fn ratings(&self, mut predictions: Vec<f32>) -> Vec<f32> {
        if let Some(loss) = self.update.loss() {
            predictions.iter_mut().for_each(|y| *y = self.scale.rating(*y, loss));
        }
        predictions
    }

    /// Return the rating to show for the expected rating `expected`, as [`Readout::apply`].
    pub fn read_out(&self, expected: f32) -> f32 {
        self.readout.as_ref().map_or(expected, |readout| readout.apply(expected))
    }
}

impl Model {
    /// Return the same model with its parameters stored tensor by tensor, as a bundle has them.
    pub fn stored(self) -> Model<StoredParameters> {
        let Model { layout, theta, rates, update, scale, readout } = self;
        Model { theta: StoredParameters::from_flat(&layout, &theta), layout, rates, update, scale, readout }
    }
}
