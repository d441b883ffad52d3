//! Read the weights of the default model, which are untrusted.

use super::{ChoiceEntry, HalvesEntry, MAX_NUMBER, StarsEntry, user_table};
use crate::bundle::error::{BundleError, BundleErrorKind};
use crate::bundle::read_tensors::Reader;
use crate::compact::decimal::Decimal;
use crate::halves::{Choice, Encoder, Halves, LEVELS, Neighbours, Stars, Table};
use crate::math::cholesky::Cholesky;
use crate::math::matrix::owned;
use crate::model::scale::Scale;
use crate::model::vocabulary::Vocabulary;
use crate::network::folded::BLOCK;

/// The maximum number of multiplications of a pass over V times the number of steps, a few seconds.
const MAX_WORK: usize = 1 << 32;

/// Read the model that `entry` describes for a catalogue of `count` items.
pub(in crate::bundle) fn read(
    entry: &HalvesEntry,
    scale: Scale,
    vocabularies: &[Vocabulary],
    reader: &mut Reader<'_>,
    count: usize,
) -> Result<Halves, BundleError> {
    let mut weights = Weights { reader, vocabularies, count };
    Ok(Halves {
        scale,
        choice: weights.choice(&entry.choice)?,
        stars: entry.stars.as_ref().map(|stars| weights.stars(stars)).transpose()?,
        stars_weight: entry.stars.as_ref().map_or(0.0, |stars| stars.weight),
    })
}

/// The weights, and what they must match.
struct Weights<'a, 'b> {
    reader: &'a mut Reader<'b>,
    vocabularies: &'a [Vocabulary],
    /// The number of items.
    count: usize,
}

impl Weights<'_, '_> {
    fn choice(&mut self, entry: &ChoiceEntry) -> Result<Choice, BundleError> {
        let (count, width) = (self.count, entry.width);
        let by_level = [LEVELS, width];
        let work = count.checked_mul(width).and_then(|work| work.checked_mul(entry.steps));
        if work.is_none_or(|work| work > MAX_WORK) {
            let found = format!("{} steps with {count} items of width {width}", entry.steps);
            return Err(self.range("choice.rates", found, "fewer multiplications".into()));
        }
        let vectors = self.table("choice.vectors", count, width)?;
        let bias = self.numbers("choice.bias", &[count])?;
        let mut encoders = Vec::new();
        for k in 0..entry.encoders {
            let table = self.table(&format!("choice.encoders.{k}"), count, width)?;
            encoders.push(Encoder { table, gates: self.numbers(&format!("choice.gates.{k}"), &by_level)? });
        }
        let own_gates = if entry.own_gates { self.numbers("choice.own_gates", &by_level)? } else { Vec::new() };
        Ok(Choice {
            vectors,
            bias,
            encoders,
            own_gates,
            answer: self.numbers("choice.answer", &by_level)?,
            count: self.table("choice.count", entry.counts, width)?,
            user_fields: self.user_fields("choice", entry.user_fields, width)?,
            start: self.numbers("choice.start", &[width])?,
            rates: self.numbers("choice.rates", &[entry.steps, width])?,
            weights: entry.weights,
            kappa: entry.kappa,
            neighbours: self.neighbours("choice", !entry.neighbour_weights.is_empty())?,
            neighbour_weights: entry.neighbour_weights.clone(),
        })
    }

    fn stars(&mut self, entry: &StarsEntry) -> Result<Stars, BundleError> {
        let (count, size) = (self.count, entry.factors + 1);
        let name = "stars.variance";
        let variance = self.numbers(name, &[count])?;
        self.check(name, &variance, 0.0, MAX_NUMBER)?;
        let name = "stars.precision";
        let precision = self.numbers(name, &[size, size])?;
        let symmetric = (0..size * size).all(|i| precision[i] == precision[i % size * size + i / size]);
        if !symmetric || !Cholesky::new(owned(size, size, precision.clone())).is_positive_definite() {
            return Err(self.range(name, "another matrix".into(), "a symmetric positive definite one".into()));
        }
        Ok(Stars {
            mean: entry.mean,
            noise: entry.noise,
            bias: self.numbers("stars.bias", &[count])?,
            vectors: self.table("stars.vectors", count, entry.factors)?,
            variance,
            audience: self.numbers("stars.audience", &[count])?,
            context: self.table("stars.context", count, size)?,
            context_shrinkage: entry.context_shrinkage,
            precision,
            user_fields: self.user_fields("stars", entry.user_fields, size)?,
            neighbours: self.neighbours("stars", entry.neighbour_weight != 0.0)?,
            neighbour_weight: entry.neighbour_weight,
            readout: entry.readout.clone(),
        })
    }

    /// Read the tables of the user fields of a half, if it has any.
    fn user_fields(&mut self, half: &str, present: bool, width: usize) -> Result<Vec<Table>, BundleError> {
        let mut tables = Vec::new();
        for vocabulary in self.vocabularies.iter().filter(|_| present) {
            tables.push(self.table(&user_table(half, vocabulary), vocabulary.table_rows(), width)?);
        }
        Ok(tables)
    }

    /// Read the neighbours of a half, if it has any.
    fn neighbours(&mut self, half: &str, present: bool) -> Result<Neighbours, BundleError> {
        if !present {
            return Ok(Neighbours::default());
        }
        let name = |part: &str| format!("{half}.neighbours.{part}");
        let (counts_name, items_name, strengths_name) = (name("counts"), name("items"), name("strengths"));
        let counts = self.reader.list(&counts_name, &["U8"])?;
        let items = self.reader.list(&items_name, &["U16", "U32"])?;
        let (lists, total) = (counts.len(), counts.iter().map(|&n| n as usize).sum::<usize>());
        if (lists, total) != (self.count, items.len()) {
            let expected = format!("{} counts with the sum {}", self.count, items.len());
            return Err(self.range(&counts_name, format!("{lists} with the sum {total}"), expected));
        }
        self.reader.check_rows(&items_name, &items, self.count)?;
        let strengths = self.reader.lists(&strengths_name, &counts)?;
        self.check(&strengths_name, &strengths, -MAX_NUMBER, MAX_NUMBER)?;
        Ok(Neighbours::from_parts(&counts, items, strengths))
    }

    /// Read a table of numbers within the limits.
    fn table(&mut self, name: &str, rows: usize, width: usize) -> Result<Table, BundleError> {
        let table = Table::stored(rows, width, self.reader.stored(name, &[rows, width])?);
        for start in (0..rows).step_by(BLOCK) {
            self.check(name, table.rows(start..rows.min(start + BLOCK), &mut Vec::new()), -MAX_NUMBER, MAX_NUMBER)?;
        }
        Ok(table)
    }

    /// Read numbers within the limits.
    fn numbers(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, BundleError> {
        let numbers = self.reader.numbers(name, shape)?;
        self.check(name, &numbers, -MAX_NUMBER, MAX_NUMBER)?;
        Ok(numbers)
    }

    /// Check that all numbers of a tensor are from `min` to `max`.
    fn check(&self, name: &str, numbers: &[f32], min: f32, max: f32) -> Result<(), BundleError> {
        match numbers.iter().find(|number| !(min..=max).contains(*number)) {
            None => Ok(()),
            Some(&number) => {
                let [found, min, max] = [number, min, max].map(Decimal::from);
                Err(self.range(name, found.to_string(), format!("numbers from {min} to {max}")))
            }
        }
    }

    fn range(&self, name: &str, found: String, expected: String) -> BundleError {
        self.reader.error(name, BundleErrorKind::Range { found, expected })
    }
}
