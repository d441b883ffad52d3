//! ItemKNN for ratings (Sarwar et al. 2001; shrunken similarities: Koren 2008, *Factorization meets the neighborhood*): an
//! item's residual is the weighted mean of the user's residuals of similar items.

use super::baseline::{RatingBaseline, Ratings};
use super::item_means::ItemMeans;
use super::least_squares::transpose;
use crate::strongest::strongest;
use fewclicks_model::network::task::User;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Number of neighbours that an item keeps.
const NEIGHBOURS: usize = 50;

/// What the similarities and their weights are shrunken by, chosen on users who are left out of training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnnSettings {
    /// Shrinkage of a similarity, as a number of users who rated both items.
    pub shrinkage: f32,
    /// Shrinkage of the weighted mean of residuals, as a sum of similarities.
    pub damping: f32,
    /// Weight of that mean.
    pub weight: f32,
}

impl KnnSettings {
    /// The settings to choose among, in groups with the same similarities.
    pub const CHOICES: [[Self; 5]; 3] = [Self::with(10.0), Self::with(50.0), Self::with(200.0)];

    const fn with(shrinkage: f32) -> [Self; 5] {
        [
            Self { shrinkage, damping: 1.0, weight: 0.0 },
            Self { shrinkage, damping: 0.3, weight: 0.5 },
            Self { shrinkage, damping: 1.0, weight: 0.5 },
            Self { shrinkage, damping: 0.3, weight: 1.0 },
            Self { shrinkage, damping: 1.0, weight: 1.0 },
        ]
    }
}

/// Predicts item mean + user offset + weighted mean of the residuals of similar items.
pub struct ItemKnnRatings {
    means: ItemMeans,
    neighbours: Arc<Vec<HashMap<u32, f32>>>,
    settings: KnnSettings,
}

impl ItemKnnRatings {
    pub fn fit(ratings: Ratings, means: &ItemMeans, settings: KnnSettings) -> Self {
        Self { means: means.clone(), neighbours: Arc::new(neighbours(ratings, means, settings.shrinkage)), settings }
    }

    /// Return the same with other weights; the shrinkage of similarities must be the same.
    pub fn with(&self, settings: KnnSettings) -> Self {
        Self { means: self.means.clone(), neighbours: self.neighbours.clone(), settings }
    }
}

/// Return the most similar neighbours of each item: cosines of residuals × co / (co + `shrinkage`), where co is the number of
/// users who rated both.
fn neighbours(ratings: Ratings, means: &ItemMeans, shrinkage: f32) -> Vec<HashMap<u32, f32>> {
    let residuals = |list: &Vec<(u32, f32)>| {
        let offset = means.offset(&User::new(), list);
        list.iter()
            .map(|&(item, rating)| (item, (f64::from(rating) - means.mean(item, list.len()) - offset) as f32))
            .collect()
    };
    let by_user: Vec<Vec<(u32, f32)>> = ratings.users.par_iter().map(residuals).collect();
    let by_item = transpose(&by_user, ratings.items);
    let norms: Vec<f32> = by_item.iter().map(|list| list.iter().map(|(_, e)| e * e).sum::<f32>().sqrt()).collect();
    let of = |(products, counts): &mut (Vec<f32>, Vec<u32>), item: usize| {
        let mut touched = Vec::new();
        for &(user, residual) in &by_item[item] {
            for &(other, its) in &by_user[user as usize] {
                if counts[other as usize] == 0 {
                    touched.push(other);
                }
                products[other as usize] += residual * its;
                counts[other as usize] += 1;
            }
        }
        let mut found: Vec<(u32, f32)> = Vec::with_capacity(touched.len());
        for other in touched {
            let (product, count) = (&mut products[other as usize], &mut counts[other as usize]);
            let norm = norms[item] * norms[other as usize];
            if other as usize != item && norm > 0.0 {
                found.push((other, *product / norm * *count as f32 / (*count as f32 + shrinkage)));
            }
            (*product, *count) = (0.0, 0);
        }
        strongest(found, NEIGHBOURS, f32::abs).into_iter().collect()
    };
    let scratch = || (vec![0.0; ratings.items], vec![0; ratings.items]);
    (0..ratings.items).into_par_iter().map_init(scratch, of).collect()
}

impl RatingBaseline for ItemKnnRatings {
    fn name(&self) -> &'static str {
        "ItemKNN of ratings"
    }

    fn predict(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let KnnSettings { damping, weight, .. } = self.settings;
        let offset = self.means.offset(user, support) as f32;
        let residual =
            |&(item, rating): &(u32, f32)| (item, rating - self.means.mean(item, support.len()) as f32 - offset);
        let residuals: Vec<(u32, f32)> = support.iter().map(residual).collect();
        let predict = |&item: &u32| {
            let neighbours = &self.neighbours[item as usize];
            let (mut sum, mut all) = (0.0, damping);
            for (other, residual) in &residuals {
                if let Some(similarity) = neighbours.get(other) {
                    sum += similarity * residual;
                    all += similarity.abs();
                }
            }
            self.means.mean(item, support.len()) as f32 + offset + weight * sum / all
        };
        query.iter().map(predict).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baselines::normal_prior::NormalPrior;

    fn means(shrinkage: f64) -> ItemMeans {
        ItemMeans::of(vec![3.0; 3], NormalPrior { intercept: 0.0, effects: Vec::new(), shrinkage })
    }

    /// Residuals 2 and 1 of one user, −2 and −1 of another: the cosine is 1, shrunken by 2 / (2 + 2).
    #[test]
    fn similarity_is_a_shrunken_cosine_of_residuals() {
        let users = [vec![(0, 5.0), (1, 4.0)], vec![(0, 1.0), (1, 2.0)]];
        let ratings = Ratings { users: &users, items: 3, item_fields: &[], user_fields: &[] };
        let found = neighbours(ratings, &means(1e12), 2.0);
        assert!((found[0][&1] - 0.5).abs() < 1e-6 && found[2].is_empty(), "{found:?}");
    }

    /// An answer 5 of an item with mean 3 is half offset, half residual: 3 + 1 + 1·(½·1) / (½ + ½).
    #[test]
    fn a_residual_moves_similar_items_alone() {
        let neighbours = vec![HashMap::new(), HashMap::from([(0, 0.5)]), HashMap::new()];
        let settings = KnnSettings { shrinkage: 0.0, damping: 0.5, weight: 1.0 };
        let knn = ItemKnnRatings { means: means(1.0), neighbours: Arc::new(neighbours), settings };
        assert_eq!(knn.predict(&User::new(), &[(0, 5.0)], &[1, 2]), [4.5, 4.0]);
    }
}
