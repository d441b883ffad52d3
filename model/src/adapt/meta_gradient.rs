//! The result of differentiating a query loss.

/// The derivative of one task's query loss.
#[derive(Clone, Debug)]
pub struct MetaGradient<T> {
    /// The query loss after the local update.
    pub query_loss: T,
    /// Its derivative by the initial parameters, as long as the layout.
    pub parameters: Vec<T>,
    /// Its derivative by the local rates, one per moved parameter.
    pub rates: Vec<T>,
}
