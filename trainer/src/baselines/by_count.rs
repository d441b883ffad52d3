//! A method for picks whose settings depend on the number of picks.

use super::baseline::PickBaseline;

/// Fits of one method with different settings, each from a number of picks on.
pub struct ByCount {
    name: &'static str,
    fits: Vec<Box<dyn PickBaseline>>,
    /// Number of picks and index of the fit, ascending; the first counts for fewer picks too.
    from: Vec<(usize, usize)>,
}

impl ByCount {
    /// Fit the method with each of `settings` (numbers of picks, ascending, and settings; not empty) once.
    pub fn fit<S: Copy + PartialEq>(
        name: &'static str,
        settings: &[(usize, S)],
        fit: impl Fn(S) -> Box<dyn PickBaseline>,
    ) -> Self {
        let mut distinct: Vec<S> = Vec::new();
        let mut from = Vec::new();
        for &(count, settings) in settings {
            let index = distinct.iter().position(|known| *known == settings).unwrap_or_else(|| {
                distinct.push(settings);
                distinct.len() - 1
            });
            from.push((count, index));
        }
        Self { name, fits: distinct.into_iter().map(fit).collect(), from }
    }
}

impl PickBaseline for ByCount {
    fn name(&self) -> &'static str {
        self.name
    }

    fn scores(&self, support: &[u32]) -> Vec<f32> {
        let fit = self.from.iter().rfind(|(count, _)| *count <= support.len()).unwrap_or(&self.from[0]);
        self.fits[fit.1].scores(support)
    }
}
