// Dev harness: cargo run --release --example choice -- DATA SPLIT TASKS [key=value ...]
use fewclicks_model::halves::{Choice, level};
use fewclicks_model::network::task::User;
use rayon::prelude::*;
use std::collections::HashSet;
use std::time::Instant;
use trainer::choice::*;
use trainer::data::{Feedback, Split, tasks_file};
use trainer::encode::{Encoded, Population};
use trainer::load::load_dataset;
use trainer::preset::Preset;

type EvalTask = (User, Vec<(usize, usize)>, Vec<(u32, u8)>);

fn ndcg(choice: &Choice, task: &EvalTask, k: usize, user: bool, known: &[bool]) -> (f64, f64) {
    let (fields, support, query) = task;
    let anonymous: User = fields.iter().map(|_| vec![0]).collect();
    let given = &support[..k.min(support.len())];
    let adapted = choice.adapt(if user { fields } else { &anonymous }, given);
    let mut scores = choice.scores(&adapted);
    for (s, &k) in scores.iter_mut().zip(known) { if !k { *s = f32::MIN } }
    support.iter().for_each(|&(i, _)| scores[i] = f32::MIN);
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.select_nth_unstable_by(10, |&a, &b| scores[b].total_cmp(&scores[a]));
    order.truncate(10);
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let likes: HashSet<usize> = query.iter().filter(|q| q.1 >= 4).map(|q| q.0 as usize).collect();
    let bad: HashSet<usize> = query.iter().filter(|q| q.1 <= 2).map(|q| q.0 as usize).collect();
    let disc = |r: usize| 1.0 / ((r + 2) as f64).log2();
    let dcg: f64 = order.iter().enumerate().filter(|(_, i)| likes.contains(i)).map(|(r, _)| disc(r)).sum();
    let ideal: f64 = (0..10.min(likes.len())).map(disc).sum();
    (dcg / ideal, order.iter().filter(|i| bad.contains(i)).count() as f64 / 10.0)
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let data = load_dataset(&args[1]).unwrap();
    let split = Split::read(args[2].as_ref(), &data).unwrap();
    let population = Population::from_split(&data, &split, true);
    let picks = data.feedback() == Feedback::Picks;
    let mut preset = Preset::load(if picks { "picks" } else { "ratings" }).unwrap();
    let mut config = ChoiceConfig {
        width: 96, encoders: 0, own: true, epochs: 40, batch: 128, learning_rate: 0.002, decay: 2.0, teacher: 0.5,
        unknown: 0.25, anonymous: 0.5, hide: 2.0, neighbours: 50, stars: 0.3,
    };
    let (mut seed, mut every, mut fields, mut valid, mut mincount) = (1, 0, true, false, 5);
    let mut folds = 10; let mut post = false;
    for arg in &args[4..] {
        let (key, value) = arg.split_once('=').unwrap();
        let x: f64 = value.parse().unwrap();
        match key {
            "width" => config.width = x as usize,
            "encoders" => config.encoders = x as usize,
            "own" => config.own = x > 0.0,
            "epochs" => config.epochs = x as usize,
            "batch" => config.batch = x as usize,
            "rate" => config.learning_rate = x as f32,
            "decay" => config.decay = x as f32,
            "teacher" => config.teacher = x as f32,
            "unknown" => config.unknown = x,
            "anonymous" => config.anonymous = x,
            "hide" => config.hide = x as f32,
            "neighbours" => config.neighbours = x as usize,
            "stars" => config.stars = x as f32,
            "post" => post = x > 0.0,
            "seed" => seed = x as u64,
            "every" => every = x as usize,
            "fields" => fields = x > 0.0,
            "valid" => valid = x > 0.0,
            "mincount" => mincount = x as usize,
            "folds" => folds = x as u32,
            _ => panic!("{key}"),
        }
    }
    if picks { config.stars = 0.0; }
    preset.model.min_count = mincount;
    let encoded = Encoded::new(&data, &population, &preset).unwrap();
    let lvl = |v: f32| if picks { 5 } else { level(&encoded.scale, Some(v)) as u8 };
    let all: Vec<Vec<Answered>> =
        encoded.ratings.iter().map(|l| l.iter().map(|&(i, v)| (i, lvl(v))).collect()).collect();
    let warm: Vec<u32> = (0..all.len() as u32).filter(|&u| !all[u as usize].is_empty()).collect();
    // development users: one in `folds` of the warm ones, or the validation tasks
    let held: Vec<u32> = if valid { vec![] } else { warm.iter().copied().filter(|&u| (u.wrapping_mul(2654435761) >> 16) % folds == 0).collect() };
    let heldset: HashSet<u32> = held.iter().copied().collect();
    let train: Vec<u32> = warm.iter().copied().filter(|u| !heldset.contains(u)).collect();
    let answers: Vec<&[Answered]> = train.iter().map(|&u| &all[u as usize][..]).collect();
    let users: Vec<&User> = train.iter().map(|&u| &encoded.users[u as usize]).collect();
    let user_tables: Vec<usize> = encoded.layout.architecture.user_fields.iter().map(|f| f.rows).collect();
    let keep: Vec<usize> = (0..encoded.items.fields.len())
        .filter(|&k| fields && !encoded.layout.architecture.item_fields[k].name.starts_with('(')).collect();
    let item_fields: Vec<_> = keep.iter().map(|&k| &encoded.items.fields[k]).collect();
    let item_tables: Vec<usize> = keep.iter().map(|&k| encoded.layout.architecture.item_fields[k].rows).collect();
    let cd = ChoiceData { answers: &answers, users: &users, user_tables: &user_tables, item_fields: &item_fields, item_tables: &item_tables, items: encoded.popularity.len() };
    let known: Vec<bool> = cd.counts().iter().map(|&c| c > 0).collect();
    let max_support = if picks { 10 } else { 20 };
    let tasks: Vec<EvalTask> = if valid {
        let lines = tasks_file::read(args[3].as_ref()).unwrap();
        let rows = trainer::measure::evaluate::look_up(&lines, &data, &encoded).unwrap();
        rows.into_iter().map(|t| (t.user,
            t.support.iter().map(|&(i, v)| (i as usize, lvl(v) as usize)).collect(),
            t.query.iter().map(|&(i, v)| (i, lvl(v))).collect())).collect()
    } else {
        held.iter().flat_map(|&u| (0..3u64).map(move |rep| (u, rep))).filter_map(|(u, rep)| {
            let mut list = all[u as usize].clone();
            if list.len() < 15 { return None; }
            // deterministic shuffle
            let key = |i: u32| (u64::from(i) + 1).wrapping_mul(0x9E3779B97F4A7C15 ^ (rep + 1).wrapping_mul(0xD1B54A32D192ED03) ^ u64::from(u) << 20).rotate_left(31).wrapping_mul(0xBF58476D1CE4E5B9);
            list.sort_by_key(|&(i, _)| key(i));
            let n = max_support.min(list.len() / 2);
            let query = list.split_off(n);
            if !query.iter().any(|q| q.1 >= 4) { return None; }
            Some((encoded.users[u as usize].clone(), list.iter().map(|&(i, l)| (i as usize, l as usize)).collect(), query))
        }).collect()
    };
    eprintln!("{} train, {} items, {} tasks, {:?}", train.len(), cd.items, tasks.len(), config);
    let ks: Vec<usize> = if picks { vec![0, 1, 3, 5, 10] } else { vec![0, 5, 10, 20] };
    let show = |choice: &Choice, label: &str| {
        for user in [false, true] {
            if user && user_tables.is_empty() { continue; }
            let mut line = format!("{label} {}", if user { "fields" } else { "anon  " });
            let mut mean = 0.0;
            for &k in &ks {
                let r: Vec<(f64, f64)> = tasks.par_iter().map(|t| ndcg(choice, t, k, user, &known)).collect();
                let m = |f: &dyn Fn(&(f64, f64)) -> f64| r.iter().map(f).sum::<f64>() / r.len() as f64;
                line += &format!("  {k}: {:.4}/{:.4}", m(&|x| x.0), m(&|x| x.1));
                if k > 0 { mean += m(&|x| x.0) / (ks.len() - 1) as f64; }
            }
            println!("{line}  mean {mean:.4}");
        }
    };
    let start = Instant::now();
    let mut learner = ChoiceLearner::new(cd, &config, seed);
    eprintln!("set up {:.1?}", start.elapsed());
    for epoch in 1..=learner.epochs() {
        let loss = learner.epoch();
        if every > 0 && epoch % every == 0 && epoch < learner.epochs() {
            eprintln!("epoch {epoch} loss {loss:.4} {:.1?}", start.elapsed());
            show(&learner.choice(), &format!("{epoch}"));
        }
    }
    println!("trained {:.1?}", start.elapsed());
    let choice = learner.choice();
    show(&choice, "end");
    println!("end w_n {:?} {}", learner.state.neighbours, learner.epochs());
    if post {
        for (shrinkage, power, ws) in [(5.0, 0.7, [2.0, 4.0]), (20.0, 0.9, [6.0, 10.0])] {
            let neighbours = Cooccurrence::new(cd, Strength { shrinkage, power }, 50).neighbours();
            for w in ws {
                let c = Choice { neighbours: neighbours.clone(), neighbour_weights: vec![w], ..choice.clone() };
                show(&c, &format!("end post s {shrinkage} b {power} w {w}"));
            }
        }
    }
    println!("w {:?} kappa {} rates {:?}", choice.weights, choice.kappa, choice.rates.iter().step_by(config.width / 2).collect::<Vec<_>>());
}
