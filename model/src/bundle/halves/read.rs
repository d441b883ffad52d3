//! Read the weights of the default model, which are untrusted.

use super::{ChoiceEntry, HalvesEntry, MAX_NUMBER, StarsEntry, neighbour_names, user_table};
use crate::bundle::error::BundleErrorKind;
use crate::bundle::read_tensors::Reader;
use crate::compact::decimal::Decimal;
use crate::halves::{Asking, Choice, Halves, Incidence, LEVELS, Neighbours, Stars, Table};
use crate::math::cholesky::Cholesky;
use crate::math::matrix::owned;
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::model::vocabulary::Vocabulary;

/// The maximum number of multiplications of a pass over V times the number of steps, about a second.
const MAX_WORK: usize = 1 << 30;

/// Read the model that `entry` describes for a catalogue of `count` items.
pub(in crate::bundle) fn read(
    entry: &HalvesEntry,
    (scale, readout): (Scale, Option<Readout>),
    vocabularies: &[Vocabulary],
    reader: &mut Reader<'_>,
    count: usize,
) -> Halves {
    reader.limit = MAX_NUMBER;
    let mut weights = Weights { reader, vocabularies, count };
    Halves {
        scale,
        choice: weights.choice(&entry.choice),
        stars: entry.stars.as_ref().map(|stars| weights.stars(stars, readout)),
        stars_weight: entry.stars.as_ref().map_or(0.0, |stars| stars.weight),
        asking: entry.asking.as_ref().map(|asking| weights.asking(asking.factors)),
    }
}

/// The weights, and what they must match.
struct Weights<'a, 'b> {
    reader: &'a mut Reader<'b>,
    vocabularies: &'a [Vocabulary],
    /// The number of items.
    count: usize,
}

impl Weights<'_, '_> {
    fn choice(&mut self, entry: &ChoiceEntry) -> Choice {
        let (count, width) = (self.count, entry.width);
        let by_level = [LEVELS, width];
        if count.saturating_mul(width).saturating_mul(entry.steps) > MAX_WORK {
            let found = format!("{} steps with {count} items of width {width}", entry.steps);
            self.fail("choice.rates", found, "fewer multiplications".into());
        }
        Choice {
            vectors: self.table("choice.vectors", count, width),
            bias: self.numbers("choice.bias", &[count]),
            gates: self.numbers("choice.gates", &by_level),
            answer: self.numbers("choice.answer", &by_level),
            count: self.table("choice.count", entry.counts, width),
            user_fields: self.user_fields("choice", entry.user_fields, width),
            start: self.numbers("choice.start", &[width]),
            start_mean: self.numbers("choice.start_mean", &[width]),
            rates: self.numbers("choice.rates", &[entry.steps, width]),
            weights: entry.weights,
            kappa: entry.kappa,
            neighbours: self.neighbours("choice", entry.neighbour_weight != 0.0),
            neighbour_weight: entry.neighbour_weight,
        }
    }

    fn stars(&mut self, entry: &StarsEntry, readout: Option<Readout>) -> Stars {
        let (count, size) = (self.count, entry.factors + 1);
        let stars = Stars {
            mean: entry.mean,
            noise: entry.noise,
            bias: self.numbers("stars.bias", &[count]),
            vectors: self.table("stars.vectors", count, entry.factors),
            variance: self.numbers("stars.variance", &[count]),
            audience: self.numbers("stars.audience", &[count]),
            context: self.table("stars.context", count, size),
            context_shrinkage: entry.context_shrinkage,
            precision: self.numbers("stars.precision", &[size, size]),
            user_fields: self.user_fields("stars", entry.user_fields, size),
            neighbours: self.neighbours("stars", entry.neighbour_weight != 0.0),
            neighbour_weight: entry.neighbour_weight,
            readout,
        };
        if let Some(&number) = stars.variance.iter().find(|&&number| number < 0.0) {
            self.reader.out_of_range("stars.variance", number, 0.0);
        }
        if !is_positive_definite(size, &stars.precision) {
            self.fail("stars.precision", "another matrix".into(), "a symmetric positive definite one".into());
        }
        stars
    }

    fn asking(&mut self, factors: usize) -> Asking {
        let items = self.reader.list("asking.items", &["U16", "U32"]);
        self.reader.check_rows("asking.items", &items, self.count);
        if let Some(pair) = items.windows(2).find(|pair| pair[0] >= pair[1]) {
            self.fail("asking.items", format!("{} before {}", pair[0], pair[1]), "ascending numbers".into());
        }
        let asking = Asking {
            known: self.incidence("asking.known", items.len(), factors),
            liked: self.incidence("asking.liked", items.len(), factors),
            liked_strength: self.numbers("asking.liked_strength", &[factors]),
            items,
        };
        if let Some(&number) = asking.liked_strength.iter().find(|&&number| number < 0.0) {
            self.reader.out_of_range("asking.liked_strength", number, 0.0);
        }
        asking
    }

    fn incidence(&mut self, name: &str, rows: usize, factors: usize) -> Incidence {
        let share_name = format!("{name}.share");
        let share = self.numbers(&share_name, &[rows]);
        if let Some(&number) = share.iter().find(|number| !(0.0..=1.0).contains(*number)) {
            self.fail(&share_name, Decimal::from(number).to_string(), "shares from 0 to 1".into());
        }
        Incidence { share, vectors: self.table(&format!("{name}.vectors"), rows, factors) }
    }

    /// Read the tables of the user fields of a half, if it has any.
    fn user_fields(&mut self, half: &str, present: bool, width: usize) -> Vec<Table> {
        let mut tables = Vec::new();
        for vocabulary in self.vocabularies.iter().filter(|_| present) {
            tables.push(self.table(&user_table(half, vocabulary), vocabulary.table_rows(), width));
        }
        tables
    }

    /// Read the neighbours of a half, if it has any.
    fn neighbours(&mut self, half: &str, present: bool) -> Neighbours {
        if !present {
            return Neighbours::default();
        }
        let [counts_name, items_name, strengths_name] = neighbour_names(half);
        let counts = self.reader.list(&counts_name, &["U8"]);
        let items = self.reader.list(&items_name, &["U16", "U32"]);
        let (lists, total) = (counts.len(), counts.iter().map(|&n| n as usize).sum::<usize>());
        if (lists, total) != (self.count, items.len()) {
            let expected = format!("{} counts with the sum {}", self.count, items.len());
            self.fail(&counts_name, format!("{lists} with the sum {total}"), expected);
        }
        self.reader.check_rows(&items_name, &items, self.count);
        let strengths = self.reader.lists(&strengths_name, &counts);
        Neighbours::from_parts(&counts, items, strengths)
    }

    fn table(&mut self, name: &str, rows: usize, width: usize) -> Table {
        Table::stored(width, self.reader.stored(name, &[rows, width]))
    }

    fn numbers(&mut self, name: &str, shape: &[usize]) -> Vec<f32> {
        self.reader.numbers(name, shape)
    }

    /// Record that a tensor is outside its range.
    fn fail(&mut self, name: &str, found: String, expected: String) {
        self.reader.fail(name, BundleErrorKind::Range { found, expected });
    }
}

/// Return whether a matrix of this size, row-major, is symmetric and positive definite.
fn is_positive_definite(size: usize, matrix: &[f32]) -> bool {
    matrix.len() == size * size
        && (0..size * size).all(|i| matrix[i] == matrix[i % size * size + i / size])
        && Cholesky::new(owned(size, size, matrix.to_vec())).is_positive_definite()
}
