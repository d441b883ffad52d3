//! Item tables folded: the sum of an item's own row and of its fields' rows.

use super::layout::ItemTable;
use fewclicks_model::math::scalar::Real;
use fewclicks_model::network::task::Rows;
use rayon::prelude::*;

/// The number of items that a thread folds at a time.
const BLOCK: usize = 256;

/// The items as a step sees them.
#[derive(Clone, Copy, Debug)]
pub struct ItemRows<'a> {
    /// The row of each item in the tables with a row per item; row 0 for new and for hidden items.
    pub own: &'a [u32],
    /// For each field the rows of all items.
    pub fields: &'a [&'a Rows],
}

impl ItemRows<'_> {
    /// Return the folded `table`, (items × width).
    pub fn fold<S: Real>(&self, table: &ItemTable, theta: &[S]) -> Vec<S> {
        let width = table.width;
        let own = &theta[table.own.clone()];
        let mut folded = vec![S::zero(); self.own.len() * width];
        folded.par_chunks_mut(BLOCK * width).enumerate().for_each(|(block, folded)| {
            for (item, sum) in (block * BLOCK..).zip(folded.chunks_exact_mut(width)) {
                sum.copy_from_slice(&own[self.own[item] as usize * width..][..width]);
                for (rows, range) in self.fields.iter().zip(&table.fields) {
                    let (rows, field) = (rows.get(item), &theta[range.clone()]);
                    let share = share(rows);
                    for &row in rows {
                        add(sum, share, &field[row as usize * width..][..width]);
                    }
                }
            }
        });
        folded
    }

    /// Add the derivatives by the rows of `table` to `gradient`, given those by the folded table.
    pub fn reverse<S: Real>(&self, table: &ItemTable, folded: &[S], gradient: &mut [S]) {
        let width = table.width;
        let own = &mut gradient[table.own.clone()];
        for (&row, d) in self.own.iter().zip(folded.chunks_exact(width)) {
            add(&mut own[row as usize * width..][..width], S::one(), d);
        }
        for (rows, range) in self.fields.iter().zip(&table.fields) {
            let field = &mut gradient[range.clone()];
            for (item, d) in folded.chunks_exact(width).enumerate() {
                let rows = rows.get(item);
                let share = share(rows);
                for &row in rows {
                    add(&mut field[row as usize * width..][..width], share, d);
                }
            }
        }
    }
}

/// Return the weight of each of an item's `rows` in a field.
fn share<S: Real>(rows: &[u32]) -> S {
    S::constant(1.0 / rows.len().max(1) as f64)
}

/// Add `factor`·b to a.
pub fn add<S: Real>(a: &mut [S], factor: S, b: &[S]) {
    a.iter_mut().zip(b).for_each(|(a, &b)| *a += factor * b);
}
