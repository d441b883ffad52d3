//! What a meta-gradient consists of.

/// The derivative of one task's query loss.
#[derive(Clone, Debug)]
pub struct MetaGradient<T> {
    /// The query loss after the local update.
    pub query_loss: T,
    /// By the initial parameters, as long as the layout.
    pub parameters: Vec<T>,
    /// By the local rates, as long as the moved suffix.
    pub rates: Vec<T>,
}
