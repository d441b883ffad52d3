use super::config::ChoiceConfig;
use super::data::{Answered, ChoiceData};
use super::forward::Forward;
use super::held_out::is_usable;
use super::items::ItemRows;
use super::layout::Layout;
use super::learner::ChoiceLearner;
use super::net::Net;
use super::reverse::loss_gradient;
use super::tasks::{Task, TaskSource};
use super::teacher::Teacher;
use crate::ranks::Shard;
use fewclicks_model::network::task::{Rows, User};

const ITEMS: usize = 300;

fn config() -> ChoiceConfig {
    ChoiceConfig {
        width: 5,
        epochs: 2,
        batch: 4,
        learning_rate: 0.01,
        decay: 0.1,
        teacher: 0.5,
        unknown: 0.5,
        anonymous: 0.5,
        hide: 1.0,
        neighbours: 4,
    }
}

/// A site of ten users with two user fields' worth of rows, and items in more than one block, the last of them new.
struct Site {
    answers: Vec<Vec<Answered>>,
    lens: Vec<u32>,
    usable: Vec<bool>,
    shard: Shard,
    users: Vec<User>,
    fields: [Rows; 1],
}

impl Site {
    fn new() -> Self {
        let answer = |user: u32, k: u32| ((user * 37 + k * k * 13) % (ITEMS as u32 - 1), (1 + (user + k) % 5) as u8);
        let answers = (0..10).map(|user| {
            let mut list: Vec<Answered> = (0..9).map(|k| answer(user, k)).collect();
            list.sort_unstable();
            list.dedup_by_key(|answer| answer.0);
            list
        });
        let answers: Vec<Vec<Answered>> = answers.collect();
        let rows = (0..ITEMS as u32).map(|item| vec![1 + item % 3, item % 2]).collect::<Vec<_>>();
        Self {
            lens: answers.iter().map(|answers| answers.len() as u32).collect(),
            usable: answers.iter().map(|answers| is_usable(answers)).collect(),
            shard: Shard::whole(answers.len()),
            answers,
            users: (0..10).map(|user| vec![vec![user % 3], vec![1]]).collect(),
            fields: [rows.iter().map(Vec::as_slice).collect()],
        }
    }

    fn with<T>(&self, call: impl FnOnce(ChoiceData) -> T) -> T {
        call(ChoiceData {
            confidence: &[],
            answers: &self.answers.iter().map(Vec::as_slice).collect::<Vec<_>>(),
            lens: &self.lens,
            usable: &self.usable,
            shard: &self.shard,
            users: &self.users.iter().collect::<Vec<_>>(),
            user_tables: &[3, 2],
            item_fields: &self.fields.iter().collect::<Vec<_>>(),
            item_tables: &[4],
            items: ITEMS,
        })
    }
}

/// Parameters of some size everywhere, so that no derivative is 0 by chance.
fn theta(layout: &Layout) -> Vec<f64> {
    let mut theta: Vec<f64> = (0..layout.len).map(|i| (i as f64 * 12.9898).sin() * 0.3).collect();
    theta[layout.kappa] = 1.5;
    theta
}

fn tasks() -> Vec<Task> {
    let task = |support: &[(u32, u8)], target: &[(u32, f32)], weight: f32, user: User| Task {
        user,
        support: support.to_vec(),
        target: target.to_vec(),
        weight,
    };
    vec![
        task(&[], &[(4, 0.5), (280, 0.5)], 0.25, vec![vec![0], vec![1]]),
        task(&[(3, 5), (270, 1), (9, 0)], &[(0, 0.25), (299, 0.75)], 0.5, vec![vec![2], vec![0]]),
        task(&[(17, 4), (4, 3), (256, 2)], &[(8, 1.0)], 0.25, vec![vec![1, 2], vec![1]]),
    ]
}

/// The likes of a query set share the target as their confidence says; without any they share it alike.
#[test]
fn targets_follow_confidence() {
    Site::new().with(|data| {
        let confidence: Vec<Vec<f32>> =
            data.answers.iter().map(|answers| (0..answers.len()).map(|k| 1.0 + k as f32).collect()).collect();
        let config = config();
        let teacher = Teacher::default();
        let shares = |data| {
            let source = TaskSource { data, config: &config, teacher: &teacher, seed: 1 };
            let users = source.users(0);
            let tasks = source.batch(&users, 0);
            users.into_iter().zip(tasks).map(|(user, task)| (user, task.target)).collect::<Vec<_>>()
        };
        let alike = shares(data);
        let weighted = shares(ChoiceData { confidence: &confidence, ..data });
        let mut several = 0;
        for ((user, alike), (_, weighted)) in alike.iter().zip(&weighted) {
            let of =
                |item| data.answers[*user as usize].iter().position(|&(answered, _)| answered == item).unwrap() as f32;
            let total: f32 = alike.iter().map(|&(item, share)| share * (1.0 + of(item))).sum();
            for (&(item, share), &(_, found)) in alike.iter().zip(weighted) {
                assert!((found - share * (1.0 + of(item)) / total).abs() < 1e-6);
            }
            several += usize::from(alike.len() > 1);
        }
        assert!(several > 0, "no task has several likes to tell apart");
    });
}

/// Every kind of parameter, in `f64`.
#[test]
fn derivatives_are_central_differences() {
    Site::new().with(|data| {
        let layout = Layout::new(config().width, data.items, data.item_tables, data.user_tables);
        let own: Vec<u32> = (0..ITEMS as u32).map(|item| if item % 7 == 3 { 0 } else { item + 1 }).collect();
        let items = ItemRows { own: &own, fields: data.item_fields };
        let theta = theta(&layout);
        let tasks = tasks();
        let loss = |theta: &[f64]| Forward::new(&Net::new(&layout, theta, &items), &tasks).loss;
        let (value, gradient) = loss_gradient(&Net::new(&layout, &theta, &items), &items, &tasks);
        assert_eq!(value, loss(&theta));
        let touched = [0, 1, 4, 10, 18, 271, 281, 300].map(|row| row * layout.width);
        let vectors = touched.map(|i| layout.vectors.own.start + i).into_iter();
        let biases = [0, 1, 5, 257].map(|row| layout.bias.own.start + row);
        let fields = layout.vectors.fields.iter().cloned().flatten();
        let rest = layout.users[0].start..layout.decaying;
        let small = layout.gates.start..layout.len;
        for i in vectors.chain(biases).chain(fields).chain(rest).chain(small) {
            let moved = |by: f64| {
                let mut theta = theta.clone();
                theta[i] += by;
                loss(&theta)
            };
            let expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            let off = (gradient[i] - expected).abs() / (1e-4 + expected.abs());
            assert!(off < 1e-5, "parameter {i}: {} where differences give {expected}", gradient[i]);
        }
    });
}

/// What is trained is what visitors get: scores in training are those of the finished model.
#[test]
fn scores_are_those_of_the_model() {
    Site::new().with(|data| {
        let config = config();
        let mut learner = ChoiceLearner::new(data, &config, 1);
        learner.state.theta = theta(learner.layout()).iter().map(|&x| x as f32).collect();
        let choice = learner.choice();
        let own = learner.own_rows();
        let items = ItemRows { own: &own, fields: data.item_fields };
        let net = Net::new(learner.layout(), &learner.state.theta, &items);
        for mut task in tasks() {
            task.weight = 1.0;
            let support: Vec<_> = task.support.iter().map(|&(item, level)| (item as usize, level.into())).collect();
            let scores = choice.scores(&choice.adapt(&task.user, &support));
            let open = |item: usize| support.iter().all(|&(given, _)| given != item);
            let sum: f32 = (0..ITEMS).filter(|&item| open(item)).map(|item| scores[item].exp()).sum();
            let target: f32 = task.target.iter().map(|&(item, share)| share * scores[item as usize]).sum();
            let (expected, found) = (sum.ln() - target, Forward::new(&net, &[task]).loss);
            assert!((found - expected).abs() < 1e-4, "{found}, expected {expected}");
        }
    });
}

/// Neither the number of threads nor an interruption changes a bit.
#[test]
fn training_is_a_function_of_data_and_seed() {
    let site = Site::new();
    let state = |threads: usize, resumed: bool| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            site.with(|data| {
                let config = config();
                let mut learner = ChoiceLearner::new(data, &config, 7);
                while learner.state.epoch < learner.epochs() {
                    learner.epoch(|_, _| ());
                    if resumed {
                        learner = ChoiceLearner::new(data, &config, 7).resume(learner.state);
                    }
                }
                (learner.choice(), learner.state)
            })
        })
    };
    let expected = state(1, false);
    assert_eq!(state(3, false), expected);
    assert_eq!(state(2, true), expected);
}
