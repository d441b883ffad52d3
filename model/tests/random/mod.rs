//! Seeded random tasks and parameters, for the tests of the model's mathematics.

use fewclicks_model::network::layout::Layout;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Examples, Items, Rows, Task, User};

/// SplitMix64 (Steele et al. 2014): the same numbers everywhere.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn between(&mut self, min: f64, max: f64) -> f64 {
        min + (max - min) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Return parameters between −1 and 1.
    pub fn parameters(&mut self, layout: &Layout) -> Vec<f64> {
        (0..layout.len()).map(|_| self.between(-1.0, 1.0)).collect()
    }

    /// Return `count` local rates between 0.01 and 0.1.
    pub fn rates(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.between(0.01, 0.1)).collect()
    }

    /// Return `count` items with one to three values in every field.
    pub fn items(&mut self, layout: &Layout, count: usize) -> Items {
        let fields = layout.architecture.item_fields.iter().map(|field| {
            let mut rows = Rows::default();
            (0..count).for_each(|_| rows.push(&self.values(field.rows)));
            rows
        });
        let fields = fields.collect();
        let biases = layout.architecture.item_bias.or(layout.architecture.implicit).unwrap_or(1);
        Items { fields, bias: (0..count).map(|_| self.below(biases) as u32).collect() }
    }

    pub fn user(&mut self, layout: &Layout) -> User {
        layout.architecture.user_fields.iter().map(|field| self.values(field.rows)).collect()
    }

    /// Return examples of the items at `positions` of `catalogue`, with labels that suit `loss`.
    pub fn examples(&mut self, catalogue: &Items, positions: &[usize], loss: Loss) -> Examples {
        let mut label = || match loss {
            Loss::SquaredError => self.between(1.0, 5.0),
            Loss::BceWithLogits => self.between(0.0, 1.0),
        };
        let labels = positions.iter().map(|_| label() as f32).collect();
        Examples { items: catalogue.select(positions.iter().copied()), labels }
    }

    /// Return a task with five support and four query examples; one item is in both, one is in the support two times.
    pub fn task(&mut self, layout: &Layout, loss: Loss) -> Task {
        let catalogue = self.items(layout, 7);
        Task {
            user: self.user(layout),
            support: self.examples(&catalogue, &[0, 1, 2, 3, 1], loss),
            query: self.examples(&catalogue, &[3, 4, 5, 6], loss),
        }
    }

    /// Return one to three distinct rows of a table.
    fn values(&mut self, rows: usize) -> Vec<u32> {
        let mut values: Vec<u32> = (0..=self.below(3)).map(|_| self.below(rows) as u32).collect();
        values.sort_unstable();
        values.dedup();
        values
    }
}
