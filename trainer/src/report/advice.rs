//! What to do next, by rules.

use super::measurement::{FEW_ANSWERS, Measurement, main_metric};
use super::quality::Quality;
use crate::data::{ColumnKind, Feedback};
use crate::measure::contender::Role;
use crate::measure::estimate::Verdict;
use crate::measure::evaluate::MODEL;
use crate::measure::metric::Metric;
use crate::train::Loaded;

/// Users below which more should be collected before the model is trusted.
const FEW_USERS: usize = 200;

/// People measured on below which figures are too uncertain to compare.
const FEW_TASKS: usize = 100;

/// Share of items without ratings, or of users with one rating, that is worth a sentence.
const MANY: f64 = 0.3;

/// Share of recommendations from the most popular tenth that is worth a sentence.
const POPULAR: f64 = 0.9;

/// Largest difference of expected and actual mean ratings, as a share of the scale, that is well calibrated.
const CALIBRATED: f64 = 0.1;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Facts {
    pub feedback: Feedback,
    /// Users learned from.
    pub users: usize,
    /// People measured on.
    pub tasks: usize,
    /// Share of the catalogue without a rating in training.
    pub unrated_items: f64,
    pub has_item_fields: bool,
    /// Share of the users with ratings who have one.
    pub single_rating: f64,
    /// What the difference to the best simple method is worth after [`FEW_ANSWERS`] answers, and the method.
    pub lead: Option<(Verdict, String)>,
    /// The same of the list, for ratings.
    pub list_lead: Option<(Verdict, String)>,
    /// Whether the main metric is better after [`FEW_ANSWERS`] answers than before any.
    pub adapts: Option<bool>,
    /// Share of the recommendations that is from the most popular tenth.
    pub popular: Option<f64>,
    /// Largest difference of expected and actual mean rating, as a share of the scale.
    pub miscalibrated: Option<f64>,
}

impl Facts {
    /// Collect the facts; `users` is the number of users learned from.
    pub fn of(loaded: &Loaded, users: usize, feedback: Feedback, measurement: &Measurement) -> Self {
        let data = &loaded.data;
        let mut per_user = vec![0u32; data.users.ids.len()];
        data.ratings.iter().for_each(|rating| per_user[rating.user as usize] += 1);
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        let popularity = &loaded.encoded.popularity;
        let few = |fields: bool| {
            let is = move |answers: Option<usize>| answers == Some(FEW_ANSWERS);
            measurement
                .measured
                .iter()
                .find(move |row| row.contender == MODEL && row.fields == fields && is(row.answers))
        };
        let against = |metric: Metric| {
            let against = few(false)?.against.get(metric.name())?;
            Some((against.verdict, against.contender.clone()))
        };
        let curve = measurement.curves.iter().find(|curve| curve.role == Role::Model && !curve.unadapted);
        let at = |answers: usize| curve?.points.iter().find(|(n, _)| *n == answers).map(|(_, value)| *value);
        let metric = main_metric(feedback);
        let recommended = measurement.recommended.iter().find(|recommended| recommended.contender == MODEL);
        let span = f64::from(data.scale.max - data.scale.min);
        let miscalibrated = match &measurement.quality {
            Quality::Calibration(bins) => {
                bins.iter().map(|bin| (bin.expected - bin.actual).abs() / span).max_by(f64::total_cmp)
            }
            Quality::HitsByPlace(_) => None,
        };
        Self {
            feedback,
            users,
            tasks: measurement.tasks,
            unrated_items: share(popularity.iter().filter(|&&count| count == 0).count(), popularity.len()),
            has_item_fields: data.items.columns.iter().any(|column| column.kind != ColumnKind::Display),
            single_rating: share(
                per_user.iter().filter(|&&count| count == 1).count(),
                per_user.iter().filter(|&&count| count > 0).count(),
            ),
            lead: against(metric),
            list_lead: if feedback == Feedback::Ratings { against(Metric::ListNdcg10) } else { None },
            adapts: at(0).zip(at(FEW_ANSWERS)).map(|(before, after)| metric.gain(before, after) > 0.0),
            popular: recommended.map(|recommended| recommended.popular.most_popular_10_percent),
            miscalibrated,
        }
    }
}

/// Return what to do next, the most important first.
pub fn advice(facts: &Facts) -> Vec<String> {
    let mut next = Vec::new();
    let noun = if facts.feedback == Feedback::Picks { "picks" } else { "ratings" };
    if facts.users < FEW_USERS {
        next.push(format!(
            "Collect more before trusting it: it learned from {} people. Below {FEW_USERS} people a model learns little \
             that an average does not know, and the figures here move by chance.",
            facts.users
        ));
    }
    if facts.tasks < FEW_TASKS {
        next.push(format!(
            "Do not compare figures too closely: they were measured on {} people. See how wide the intervals are.",
            facts.tasks
        ));
    }
    match &facts.lead {
        Some((Verdict::Worse, name)) => next.push(format!(
            "Do not use it as it is: the simple method “{name}” is better after {FEW_ANSWERS} answers. Use another preset, \
             or show everybody the same list, until it is not."
        )),
        Some((Verdict::NoDifferent, name)) => next.push(format!(
            "It is no different from the simple method “{name}” after {FEW_ANSWERS} answers. Either there is too little \
             data to tell, or people differ here by how much they like things in general more than by what they like. \
             Expect recommendations that are personal in little but that."
        )),
        Some((Verdict::Better, _)) | None => {}
    }
    if let Some((Verdict::Worse, name)) = &facts.list_lead {
        next.push(format!(
            "Do not sort a visitor’s list by it: what “{name}” recommends is liked more often. Items with high expected \
             ratings are often such as few people choose."
        ));
    }
    if facts.adapts == Some(false) {
        next.push(format!(
            "Answers do not help it: it is no better after {FEW_ANSWERS} answers than before any. Ask fewer questions, or \
             look at what is asked."
        ));
    }
    if !facts.has_item_fields {
        next.push(
            "Give items fields, such as a category, an author or a maker: without any, nothing is known of items with few \
             ratings or none, and a new one cannot be placed."
                .into(),
        );
    } else if facts.unrated_items > MANY {
        next.push(format!(
            "{:.0} % of the items have no {noun} in training: only their fields tell what they are. Check that the fields \
             say what people choose by.",
            100.0 * facts.unrated_items
        ));
    }
    if facts.single_rating > MANY {
        next.push(format!(
            "{:.0} % of the users gave a single one of the {noun}: nothing can be learned of how their tastes go together. \
             Ask for one or two more.",
            100.0 * facts.single_rating
        ));
    }
    if facts.popular.is_some_and(|share| share > POPULAR) {
        next.push(
            "Nine of ten recommendations are from the most popular tenth of the catalogue. If visitors should discover \
             more, leave out what they have surely seen."
                .into(),
        );
    }
    if facts.miscalibrated.is_some_and(|difference| difference > CALIBRATED) {
        next.push(
            "Do not show its ratings as they are: for some of them the mean rating that people gave is off by more than a \
             tenth of the scale. The order may be right all the same."
                .into(),
        );
    }
    if next.is_empty() {
        next.push("Nothing stands out. Export it, and compare what visitors do with what is measured here.".into());
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_speaks_when_it_should_and_else_nothing_does() {
        let fine = Facts {
            feedback: Feedback::Ratings,
            users: 5000,
            tasks: 500,
            unrated_items: 0.0,
            has_item_fields: true,
            single_rating: 0.1,
            lead: Some((Verdict::Better, "item bias".into())),
            list_lead: Some((Verdict::Better, "popularity".into())),
            adapts: Some(true),
            popular: Some(0.5),
            miscalibrated: Some(0.01),
        };
        assert!(advice(&fine)[0].starts_with("Nothing stands out") && advice(&fine).len() == 1);
        let only = |facts: Facts, start: &str| {
            let next = advice(&facts);
            assert!(next.len() == 1 && next[0].starts_with(start), "{start}: {next:?}");
        };
        let of = |verdict| Some((verdict, "item bias".to_owned()));
        only(Facts { users: 60, ..fine.clone() }, "Collect more");
        only(Facts { tasks: 20, ..fine.clone() }, "Do not compare");
        only(Facts { lead: of(Verdict::Worse), ..fine.clone() }, "Do not use it");
        only(
            Facts { lead: of(Verdict::NoDifferent), ..fine.clone() },
            "It is no different from the simple method “item bias”",
        );
        only(Facts { list_lead: of(Verdict::Worse), ..fine.clone() }, "Do not sort");
        only(Facts { adapts: Some(false), ..fine.clone() }, "Answers do not help");
        only(Facts { has_item_fields: false, unrated_items: 0.5, ..fine.clone() }, "Give items fields");
        only(Facts { unrated_items: 0.5, ..fine.clone() }, "50 % of the items");
        only(Facts { single_rating: 0.76, ..fine.clone() }, "76 % of the users");
        only(Facts { popular: Some(0.95), ..fine.clone() }, "Nine of ten");
        only(Facts { miscalibrated: Some(0.2), ..fine }, "Do not show its ratings");
    }
}
