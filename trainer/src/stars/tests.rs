//! The stars half on ratings that were drawn from the model itself.

use super::{Holdout, StarsConfig, StarsData, learn};
use crate::ranks::Shard;
use crate::rng::{Purpose, stream};
use fewclicks_model::halves::Stars;
use rand::RngExt;

const USERS: usize = 600;
const ITEMS: usize = 60;

/// The part of a rating that is drawn anew: uniform, with variance 1/3.
const NOISE: f32 = 1.0;

/// Draw ratings y = 3 + bᵢ + θ·qᵢ + ε of two factors. Every user rates 20 items, but for the last item, which one user rates
/// with 5 stars.
fn ratings() -> Vec<Vec<(u32, f32)>> {
    let mut rng = stream(1, Purpose::Factors, 99, 0);
    let mut number = |size: f32| rng.random_range(-size..size);
    let items: Vec<[f32; 3]> = (0..ITEMS).map(|_| [number(0.6), number(1.0), number(1.0)]).collect();
    let mut users = Vec::new();
    for user in 0..USERS {
        let theta = [number(0.9), number(0.9)];
        let rate = |k: usize| {
            let item = (user * 7 + k * 13) % (ITEMS - 1);
            let [bias, first, second] = items[item];
            (item, 3.0 + bias + theta[0] * first + theta[1] * second)
        };
        let mut ratings: Vec<(u32, f32)> =
            (0..20).map(rate).map(|(item, stars)| (item as u32, (stars + number(NOISE)).clamp(1.0, 5.0))).collect();
        if user == 3 {
            ratings.push((ITEMS as u32 - 1, 5.0));
        }
        users.push(ratings);
    }
    users
}

fn lens(users: &[Vec<(u32, f32)>]) -> Vec<u32> {
    users.iter().map(|ratings| ratings.len() as u32).collect()
}

/// Return the root of the mean squared error of each user's last five ratings after `answers` of the others.
fn error(stars: &Stars, users: &[Vec<(u32, f32)>], answers: usize) -> f32 {
    let mut squares = Vec::new();
    for ratings in users {
        let (support, query) = ratings.split_at(15);
        let given: Vec<(usize, f32)> = support[..answers].iter().map(|&(item, y)| (item as usize, y)).collect();
        let adapted = stars.adapt(&Vec::new(), &given);
        squares.extend(query.iter().map(|&(item, y)| (stars.expect(&adapted, item as usize) - y).powi(2)));
    }
    (squares.iter().sum::<f32>() / squares.len() as f32).sqrt()
}

#[test]
fn posteriors_of_new_users_come_near_the_noise_and_single_ratings_are_shrunk() {
    let users = ratings();
    let (known, new) = users.split_at(USERS - 100);
    let fields = vec![Vec::new(); known.len()];
    let (lens, shard) = (lens(known), Shard::whole(known.len()));
    let data =
        StarsData { users: known, lens: &lens, shard: &shard, items: ITEMS, item_fields: &[], user_fields: &fields };
    let config = StarsConfig { factors: 4, rounds: 30, neighbours: 0 };
    let holdout = Holdout { users: (0..known.len()).step_by(10).collect() };
    let stars = learn(data, &[], &config, &holdout, 1, &mut |_, _| {}).last.stars;
    let errors = [0, 3, 15].map(|answers| error(&stars, new, answers));
    let floor = NOISE / 3f32.sqrt();
    assert!(errors[0] > errors[1] && errors[1] > errors[2], "{errors:?}");
    assert!(errors[2] < 1.35 * floor, "{errors:?}, noise {floor}");
    // Five stars of one user are not what others are expected to give.
    let nobody = stars.adapt(&Vec::new(), &[]);
    let wonder = stars.expect(&nobody, ITEMS - 1);
    assert!(wonder < 4.2, "{wonder}, {errors:?}");
}

#[test]
fn the_same_seed_gives_the_same_half() {
    let users = ratings();
    let fields = vec![Vec::new(); USERS];
    let (lens, shard) = (lens(&users), Shard::whole(USERS));
    let data =
        StarsData { users: &users, lens: &lens, shard: &shard, items: ITEMS, item_fields: &[], user_fields: &fields };
    let config = StarsConfig { factors: 2, rounds: 4, neighbours: 5 };
    let holdout = Holdout { users: (0..USERS).step_by(10).collect() };
    let learn_with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| learn(data, &[], &config, &holdout, 7, &mut |_, _| {}).last.stars)
    };
    assert_eq!(learn_with(1), learn_with(3));
}

/// Proves that users who all agree, so that nothing is left to adapt to, have a prior that a bundle can hold.
#[test]
fn users_who_agree_have_a_prior_of_bounded_precision() {
    let users: Vec<Vec<(u32, f32)>> = (0..120)
        .map(|user| (0..20).map(|k| ((user + 3 * k) % 60, 1.0 + ((user + 3 * k) % 5) as f32)).collect())
        .collect();
    let fields = vec![Vec::new(); users.len()];
    let (lens, shard) = (lens(&users), Shard::whole(users.len()));
    let data =
        StarsData { users: &users, lens: &lens, shard: &shard, items: 60, item_fields: &[], user_fields: &fields };
    let config = StarsConfig { factors: 4, rounds: 20, neighbours: 0 };
    let holdout = Holdout { users: (0..users.len()).step_by(10).collect() };
    let stars = learn(data, &[], &config, &holdout, 1, &mut |_, _| {}).last.stars;
    let largest = stars.precision.iter().fold(0.0f32, |largest, p| largest.max(p.abs()));
    assert!((1000.0..=65_504.0).contains(&largest), "{largest}");
    let expected = stars.expect(&stars.adapt(&Vec::new(), &[(0, 1.0)]), 4);
    assert!((expected - 5.0).abs() < 0.05, "everybody gives 5 stars to item 4: {expected}");
}
