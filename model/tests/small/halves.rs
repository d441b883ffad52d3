//! The default model of the six dishes. The first of two dimensions is for soups, the second for sweets; a third factor of
//! the stars half is for mood.

use super::{items, with_model};
use fewclicks_model::bundle::Bundle;
use fewclicks_model::halves::{Asking, Choice, Halves, Incidence, LEVELS, Neighbours, Stars, Table};
use fewclicks_model::model::readout::Readout;
use fewclicks_model::model::scale::Scale;

/// Return a bundle of the default model with both halves.
#[allow(dead_code, reason = "not every test needs the default model")]
pub fn halves() -> Bundle {
    with_model(model(Some(stars())).into(), &items())
}

/// Return a bundle of the default model with the choice half alone.
#[allow(dead_code, reason = "not every test needs the default model")]
pub fn halves_of_picks() -> Bundle {
    with_model(model(None).into(), &items())
}

fn model(stars: Option<Stars>) -> Halves {
    Halves {
        scale: Scale { min: 1.0, max: 5.0, like: 4.5, dislike: 1.5 },
        choice: choice(),
        stars_weight: if stars.is_some() { 0.5 } else { 0.0 },
        asking: stars.is_some().then(asking),
        stars,
    }
}

/// Half of all people know each candidate; who knows one is likelier to know others. Who likes one of a course likes the other.
fn asking() -> Asking {
    let table = |numbers: [f32; 8]| Table::new(2, numbers.to_vec());
    Asking {
        items: vec![0, 2, 3, 4],
        known: Incidence {
            share: vec![0.5; 4],
            vectors: table([0.0625, 0.0, 0.03125, 0.0, 0.0625, 0.03125, 0.0625, 0.0]),
        },
        liked: Incidence {
            share: vec![0.25, 0.25, 0.25, 0.25],
            vectors: table([0.25, 0.0, 0.125, 0.0, 0.0, 0.25, 0.0, 0.125]),
        },
        liked_strength: vec![0.25, 0.125],
    }
}

/// Return two numbers for each dish: soups and sweets.
fn courses() -> Table {
    Table::new(2, vec![1.0, 0.0, 1.0, 0.0, 0.75, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.5])
}

/// Ramen and pho, and tiramisu and brownie are neighbours.
fn neighbours(strength: f32) -> Neighbours {
    let mut neighbours = Neighbours::default();
    for list in [&[(1, strength)][..], &[(0, strength)], &[], &[(4, strength), (5, -0.25)], &[(3, strength)], &[]] {
        neighbours.push(list);
    }
    neighbours
}

fn choice() -> Choice {
    // Nothing is learned from what is not known; the more stars, the more.
    let by_level = |first: f32| (0..LEVELS).flat_map(|level| [first * level as f32 / 8.0; 2]).collect::<Vec<f32>>();
    Choice {
        vectors: courses(),
        bias: vec![0.5, 0.5, 0.0, 1.75, 0.25, 0.0],
        gates: by_level(1.25),
        answer: (0..2 * LEVELS).map(|i| i as f32 / 64.0).collect(),
        count: Table::new(2, vec![0.0, 0.0, 0.125, 0.0, 0.25, -0.125]),
        user_fields: vec![Table::new(2, vec![0.0, 0.0, 0.5, 0.0, 0.0, 0.5])],
        start: vec![0.125, 0.25],
        // Vᵀp at the start, rounded to 16-bit floats.
        start_mean: vec![1245.0 / 4096.0, 1311.0 / 2048.0],
        rates: vec![1.0, 0.75, 0.5, 0.25],
        weights: [-0.25, 0.25, 0.25, 0.5, 1.0, 1.25],
        kappa: 1.5,
        neighbours: neighbours(0.5),
        neighbour_weight: 0.25,
    }
}

fn stars() -> Stars {
    let vectors: Vec<f32> = courses().rows(0..6, &mut Vec::new()).to_vec();
    let mood = [0.25, 0.25, -0.25, 0.5, 0.0, -0.5];
    let vectors = vectors.chunks(2).zip(mood).flat_map(|(course, mood)| [course[0], course[1], mood]);
    Stars {
        mean: 3.5,
        noise: 0.75,
        bias: vec![0.25, 0.25, 0.0, -0.5, 0.125, 0.0],
        vectors: Table::new(3, vectors.collect()),
        variance: vec![0.0625, 0.0625, 0.125, 0.25, 0.5, 1.0],
        audience: vec![0.125, 0.125, 0.0, -0.125, 0.25, 0.0],
        context: Table::new(4, (0..24).map(|i| (i % 5) as f32 / 16.0 - 0.125).collect()),
        context_shrinkage: 10.0,
        precision: vec![4.0, 0.5, 0.5, 0.0, 0.5, 2.0, -0.25, 0.0, 0.5, -0.25, 2.0, 0.125, 0.0, 0.0, 0.125, 8.0],
        user_fields: vec![Table::new(4, (0..12).map(|i| if i < 4 { 0.0 } else { (i % 3) as f32 / 8.0 }).collect())],
        neighbours: neighbours(0.75),
        neighbour_weight: 0.5,
        readout: Some(Readout { knots: vec![[1.0, 1.5], [3.5, 4.0], [5.0, 4.75]] }),
    }
}
