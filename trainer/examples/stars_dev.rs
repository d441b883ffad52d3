use fewclicks_model::{Loss, halves::Stars};
use rayon::prelude::*;
use std::path::Path;
use trainer::data::{self, Split};
use trainer::encode::{Encoded, Population};
use trainer::stars::*;
fn ndcg(gain: &[f32], score: &[f32], k: usize) -> f64 {
    let mut o: Vec<usize> = (0..gain.len()).collect();
    o.sort_by(|&a, &b| score[b].total_cmp(&score[a]));
    let mut ideal = gain.to_vec();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let d = |i: usize| 1.0 / ((i + 2) as f64).log2();
    let k = k.min(gain.len());
    (0..k).map(|i| f64::from(gain[o[i]]) * d(i)).sum::<f64>() / (0..k).map(|i| f64::from(ideal[i]) * d(i)).sum::<f64>()
}
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (folder, split, tasks) = (&args[0], &args[1], &args[2]);
    let ks: Vec<usize> = args[3].split(',').map(|k| k.parse().unwrap()).collect();
    let factors: usize = args.get(4).map_or(16, |k| k.parse().unwrap());
    let seed: u64 = args.get(5).map_or(1, |k| k.parse().unwrap());
    let fields_on = args.get(6).map_or(false, |k| k == "fields");
    let data = trainer::load::load_dataset(folder).unwrap();
    let population = Population::from_split(
        &data,
        &Split::read(Path::new(split), &data).unwrap(),
        std::env::var("EXISTING").is_err(),
    );
    let mut preset = trainer::preset::Preset::load("ratings").unwrap();
    preset.model.min_count = 5;
    preset.model.graph = 0;
    let encoded = Encoded::new(&data, &population, &preset).unwrap();
    let id = encoded.id_field.unwrap();
    let scale = encoded.scale;
    let users: Vec<Vec<(u32, f32)>> = encoded
        .ratings
        .iter()
        .map(|r| r.iter().map(|&(i, y)| (i, scale.label(y, Loss::SquaredError))).collect())
        .collect();
    let stars_data = StarsData {
        users: &users,
        items: encoded.popularity.len(),
        item_fields: &encoded.items.fields[..id],
        user_fields: &encoded.users,
    };
    let mut big: Vec<usize> = (0..users.len()).filter(|&u| users[u].len() >= 5).collect();
    let n = (big.len() / 10).min(500);
    {
        use rand::SeedableRng;
        use rand::seq::SliceRandom;
        big.shuffle(&mut rand_chacha::ChaCha8Rng::seed_from_u64(seed));
    }
    big.truncate(n);
    big.sort();
    let t = std::time::Instant::now();
    let config = StarsConfig { factors, rounds: 20, neighbours: 20 };
    let (stars, _first, tuning) =
        learn(stars_data, &config, &Holdout { users: big }, seed, &mut |r, e| eprintln!("round {r} {:.4}", e.sqrt()));
    eprintln!("{tuning:?} {:.1} s", t.elapsed().as_secs_f32());
    let lines = trainer::data::tasks_file::read(Path::new(tasks)).unwrap();
    let tasks = trainer::measure::evaluate::look_up(&lines, &data, &encoded).unwrap();
    let lab =
        |l: &[(u32, f32)]| l.iter().map(|&(i, y)| (i as usize, scale.label(y, Loss::SquaredError))).collect::<Vec<_>>();
    for k in ks {
        let rows: Vec<(f64, f64, f64, f64, f64)> = tasks
            .par_iter()
            .map(|task| {
                let user = if fields_on { task.user.clone() } else { vec![] };
                let a = stars.adapt(&user, &lab(task.given(k)));
                let q = lab(&task.query);
                let p: Vec<f32> = q.iter().map(|&(i, _)| stars.expect(&a, i)).collect();
                let y: Vec<f32> = q.iter().map(|&(_, y)| y).collect();
                let e: Vec<f64> = p.iter().zip(&y).map(|(p, y)| f64::from(p.clamp(1.0, 5.0) - y)).collect();
                let n = e.len() as f64;
                (
                    e.iter().map(|e| e.abs()).sum::<f64>() / n,
                    e.iter().map(|e| e * e).sum(),
                    n,
                    ndcg(&y, &p, 10),
                    ndcg(&y, &p, 1),
                )
            })
            .collect();
        let m = |f: &dyn Fn(&(f64, f64, f64, f64, f64)) -> f64| rows.iter().map(f).sum::<f64>() / rows.len() as f64;
        println!(
            "K={k} rmse {:.4} mae {:.4} ndcg10 {:.4} ndcg1 {:.4}",
            (m(&|r| r.1) / m(&|r| r.2)).sqrt(),
            m(&|r| r.0),
            m(&|r| r.3),
            m(&|r| r.4)
        );
    }
    let _: Option<Stars> = None;
}
