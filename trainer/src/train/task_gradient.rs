//! The gradient of one task, by the parameters that it uses.

use crate::ranks::Message;
use crate::train::descent::ParameterRange;

/// What a task adds to the gradient of its batch.
pub struct TaskGradient {
    /// The parameters that the task uses.
    pub ranges: Vec<ParameterRange>,
    /// The derivatives by these, one after the other.
    pub parameters: Vec<f32>,
    /// The derivatives by the local rates of those that move.
    pub rates: Vec<f32>,
    /// The query loss.
    pub query_loss: f32,
}

impl TaskGradient {
    /// Add the derivatives by the local rates to `sum`, which has those of all parameters from `start` on.
    pub fn add_rates(&self, sum: &mut [f32], start: usize) {
        let mut rates = self.rates.iter();
        for &(from, len) in self.ranges.iter().filter(|range| range.0 >= start) {
            sum[from - start..][..len].iter_mut().zip(rates.by_ref()).for_each(|(sum, &d)| *sum += d);
        }
    }
}

impl Message for TaskGradient {
    fn write(&self, bytes: &mut Vec<u8>) {
        let Self { ranges, parameters, rates, query_loss } = self;
        (ranges.write(bytes), parameters.write(bytes), rates.write(bytes), query_loss.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Self {
        Self {
            ranges: Message::read(bytes),
            parameters: Message::read(bytes),
            rates: Message::read(bytes),
            query_loss: Message::read(bytes),
        }
    }
}
