//! Where an update of the choice half starts: the parameters of a former training, in the rows of today's data.

use super::layout::Layout;
use fewclicks_model::model::vocabulary::UNKNOWN;
use std::ops::Range;

/// The index that a field had in a former training, and the row there of each of its rows; `None` for a field that is new.
pub type FormerField = Option<(usize, Vec<u32>)>;

/// The parameters of a former training, and where their rows are now.
#[derive(Clone, Debug)]
pub struct ChoiceStart {
    /// Where they lie.
    pub layout: Layout,
    /// The parameters. The own row of an item of which nothing was learned is zero.
    pub theta: Vec<f32>,
    /// The former position of each item; `None` for new ones.
    pub items: Vec<Option<usize>>,
    /// By item field.
    pub item_fields: Vec<FormerField>,
    /// By user field.
    pub user_fields: Vec<FormerField>,
    /// w_n, the weight of neighbours.
    pub neighbour_weight: f32,
}

impl ChoiceStart {
    /// Return the parameters for `layout`, given the number of answers about each item now. An item with answers of which nothing was
    /// learned before starts as new items were placed, and without answers it stays at zero; a new field starts at zero.
    pub fn parameters(&self, layout: &Layout, counts: &[u32]) -> Vec<f32> {
        let mut theta = vec![0.0; layout.len];
        let own: Vec<u32> = [UNKNOWN].into_iter().chain(self.items.iter().map(|&item| self.own_row(item))).collect();
        for (from, to) in [(&self.layout.vectors, &layout.vectors), (&self.layout.bias, &layout.bias)] {
            self.copy(&from.own, &own, to.width, &mut theta[to.own.clone()]);
            self.copy_fields(&from.fields, &self.item_fields, to.width, &to.fields, &mut theta);
        }
        let vectors = theta[layout.vectors.own.clone()].chunks_exact_mut(layout.width).skip(1);
        for ((vector, &row), &count) in vectors.zip(&own[1..]).zip(counts) {
            if row == UNKNOWN && count == 0 {
                vector.fill(0.0);
            }
        }
        self.copy_fields(&self.layout.users, &self.user_fields, layout.width, &layout.users, &mut theta);
        theta[layout.gates.start..].copy_from_slice(&self.theta[self.layout.gates.start..]);
        theta
    }

    /// Return whether something was learned of an item, by its former position.
    pub fn is_learned(&self, item: Option<usize>) -> bool {
        self.own_row(item) != UNKNOWN
    }

    /// Return the own row of a former item: [`UNKNOWN`] for a new one, or if nothing was learned of it.
    fn own_row(&self, item: Option<usize>) -> u32 {
        let width = self.layout.width;
        let vectors = &self.theta[self.layout.vectors.own.clone()];
        let is_learned = |&item: &usize| vectors[(1 + item) * width..][..width].iter().any(|&x| x != 0.0);
        item.filter(is_learned).map_or(UNKNOWN, |item| 1 + item as u32)
    }

    fn copy_fields(
        &self,
        from: &[Range<usize>],
        fields: &[FormerField],
        width: usize,
        to: &[Range<usize>],
        theta: &mut [f32],
    ) {
        for (field, to) in fields.iter().zip(to) {
            if let Some((former, rows)) = field {
                self.copy(&from[*former], rows, width, &mut theta[to.clone()]);
            }
        }
    }

    /// Copy the `rows` of the table in `from`.
    fn copy(&self, from: &Range<usize>, rows: &[u32], width: usize, to: &mut [f32]) {
        let table = &self.theta[from.clone()];
        for (&row, to) in rows.iter().zip(to.chunks_exact_mut(width)) {
            to.copy_from_slice(&table[row as usize * width..][..width]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items, values and fields keep their parameters wherever they are now, and new ones start as unknown ones were.
    #[test]
    fn parameters_follow_ids_and_values() {
        let (width, former) = (2, Layout::new(2, 3, &[3, 2], &[2]));
        let mut theta: Vec<f32> = (0..former.len).map(|i| i as f32).collect();
        // No answer was about the third item.
        theta[former.vectors.own.clone()][3 * width..].fill(0.0);
        let start = ChoiceStart {
            layout: former.clone(),
            theta,
            items: vec![Some(1), None, Some(2), Some(0)],
            item_fields: vec![None, Some((0, vec![0, 2, 0, 1]))],
            user_fields: vec![Some((0, vec![0, 0, 1]))],
            neighbour_weight: 0.0,
        };
        let layout = Layout::new(width, 4, &[5, 4], &[3]);
        let found = start.parameters(&layout, &[1; 4]);
        let rows = |range: &Range<usize>, width: usize| -> Vec<f32> {
            found[range.clone()].chunks(width).map(|row| row[0]).collect()
        };
        let formerly = |range: &Range<usize>, width: usize, rows: &[usize]| -> Vec<f32> {
            rows.iter().map(|row| (range.start + row * width) as f32).collect()
        };
        let own = [0, 2, 0, 0, 1];
        assert_eq!(rows(&layout.vectors.own, width), formerly(&former.vectors.own, width, &own));
        assert_eq!(rows(&layout.bias.own, 1), formerly(&former.bias.own, 1, &own));
        assert_eq!(rows(&layout.vectors.fields[0], width), [0.0; 5]);
        assert_eq!(rows(&layout.bias.fields[1], 1), formerly(&former.bias.fields[0], 1, &[0, 2, 0, 1]));
        assert_eq!(rows(&layout.users[0], width), formerly(&former.users[0], width, &[0, 0, 1]));
        assert_eq!(found[layout.kappa], former.kappa as f32);
        // What the next update takes for learned: all that had answers.
        for (counts, expected) in [([1; 4], [1, 2, 3, 4]), ([0; 4], [1, 0, 0, 4])] {
            let theta = start.parameters(&layout, &counts);
            let next = ChoiceStart { layout: layout.clone(), theta, ..start.clone() };
            assert_eq!([0, 1, 2, 3].map(|item| next.own_row(Some(item))), expected);
        }
    }
}
