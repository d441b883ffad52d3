//! Metrics and predictions depend on the ratings alone: not on the range of their scale, nor on which command reads the
//! tasks.

use clap::ValueEnum;
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item};
use fewclicks_model::model::Model;
use fewclicks_model::recommender::Recommender;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use trainer::bundle::{Prediction, Wanted, predict};
use trainer::data::tasks_file::{self, TaskLine};
use trainer::data::{Column, ColumnKind, Dataset, Feedback, Rating, Scale, Table};
use trainer::encode::Encoded;
use trainer::encode::Population;
use trainer::evidence::{Strategy, rank};
use trainer::measure::evaluate::{MODEL, compare, measure};
use trainer::measure::onboarding::{SHOWN, replay};
use trainer::measure::rows::Row;
use trainer::measure::tasks::{held_out_tasks, look_up};
use trainer::predict::{predict_task, predictor};
use trainer::preset::NetworkPreset;
use trainer::train::learner::Learner;
use trainer::train::state::State;
use trainer::train::{Loaded, Trained, readout};

const USERS: u32 = 60;
const ITEMS: u32 = 30;
const SEED: u64 = 1;

#[test]
fn predictions_follow_the_scale() {
    let stars = Small::on(dataset(1.0, 5.0));
    for (min, max) in [(0.0, 1.0), (-1.0, 1.0), (0.0, 100.0), (0.0, 1e6)] {
        let other = Small::on(dataset(min, max));
        for (a, b) in stars.predictions().into_iter().zip(other.predictions()) {
            let stretched = place(a, min, max);
            assert!((b - stretched).abs() <= 1e-3 * (max - min), "{min} to {max}: {b}, expected {stretched}");
        }
        for (a, b) in stars.maes().into_iter().zip(other.maes()) {
            let (a, b) = (a / 4.0, b / f64::from(max - min));
            assert!((a - b).abs() <= 1e-3, "{min} to {max}: MAE {b} of the span, expected {a}");
        }
    }
}

#[test]
fn evaluate_and_predict_read_tasks_alike() {
    let trained = Small::on(dataset(1.0, 5.0));
    let bundle = trained.bundle();
    let lines = read(concat!(
        r#"{"user":"u3","support":[["i0",5],["i7",1]],"query":[["i1",4],["i2",2]]}"#,
        "\n\n",
        r#"{"user":"new","support":[],"query":[["i3",3]],"user_fields":{"age":"a1"}}"#,
        "\n",
        r#"{"user":"new","support":[["i4",2]],"query":[],"user_fields":{"age":"never heard of","zip":"9"}}"#,
    ));
    let unused = tasks_file::unused_fields(&lines, &trained.loaded.encoded.user_vocabularies);
    assert_eq!(unused.into_iter().collect::<Vec<_>>(), ["zip"]);
    let rows = look_up(&lines, &trained.loaded.data, &trained.loaded.encoded).unwrap();
    assert_eq!(rows[0].support, [(0, 5.0), (7, 1.0)]);
    assert_eq!(rows[0].user, trained.loaded.encoded.users[3], "without user_fields, those of the data");
    assert_ne!(rows[1].user, rows[2].user);
    let by_bundle = predict(&bundle, &lines, usize::MAX, Wanted::Shown, 0.0, Some(&trained.loaded.data)).unwrap();
    for (task, by_bundle) in rows.iter().zip(&by_bundle) {
        let Prediction::Ratings(by_bundle) = by_bundle else { panic!("a bundle of ratings predicts ratings") };
        let by_run = predict_task(&trained.unfolded(), task, &task.support);
        assert_eq!(by_run.len(), by_bundle.len());
        assert!(by_run.iter().zip(by_bundle).all(|(a, b)| (a - b).abs() < 1e-4), "{by_run:?} and {by_bundle:?}");
    }

    let good = r#"{"user":"u1","support":[["i0",5]],"query":[["i1",4]]}"#;
    for (bad, message) in [
        (
            r#"{"user":"u1","support":[["i0",9]],"query":[]}"#,
            r#":3: found item "i0" rated 9 in support, expected a number from 1 to 5"#,
        ),
        (
            r#"{"user":"u1","support":[],"query":[["i0",99]]}"#,
            r#":3: found item "i0" rated 99 in query, expected a number from 1 to 5"#,
        ),
        (
            r#"{"user":"u1","support":[["x",5]],"query":[]}"#,
            r#":3: found unknown item "x" in support, expected ids of the catalogue; use tasks that belong to the data"#,
        ),
        (
            r#"{"user":"u1","support":[["i0",5],["i1",4],["i0",3]],"query":[]}"#,
            r#":3: found item "i0" twice in support, expected one rating per item; keep the later one"#,
        ),
    ] {
        refused_by_both(&trained, &bundle, &read(&format!("{good}\n\n{bad}\n")), message);
    }
    let nothing = read(r#"{"user":"u1","support":[["i0",5]],"query":[]}"#);
    let message = ": found an empty \"query\" in every task, expected at least one item to predict, with its rating";
    refused_by_both(&trained, &bundle, &nothing, message);
}

#[test]
fn every_strategy_asks_each_item_once_and_a_signup_replays_what_a_visitor_can_answer() {
    let Small { loaded, model } = Small::on(dataset(1.0, 5.0));
    let model = Trained::Network(model);
    let rated = loaded.encoded.popularity.iter().filter(|&&count| count > 0).count();
    for &strategy in Strategy::value_variants() {
        let ranked = rank(strategy, &model, &loaded.encoded, SEED).unwrap();
        let items: HashSet<usize> = ranked.iter().map(|candidate| candidate.item).collect();
        assert_eq!((ranked.len(), items.len()), (ITEMS as usize, ITEMS as usize), "{}", strategy.name());
        assert!(ranked[..rated].iter().all(|candidate| candidate.popularity > 0.0), "{}", strategy.name());
    }
    let tasks = held_out_tasks(&loaded, Feedback::Ratings, SEED);
    let measured = measure(predictor(&model, &loaded.encoded).unwrap(), &loaded.encoded, &tasks).unwrap();
    let known = |answers| measured.iter().find(|row| row.fields && row.answers == answers).unwrap();
    let mae = |answers| known(answers).values["mae"];
    let support = tasks.iter().map(|task| task.support.len()).sum::<usize>() as f64 / tasks.len() as f64;
    for rows in replay(&model, &loaded.encoded, &tasks, Strategy::value_variants(), SEED).unwrap().chunks(SHOWN.len()) {
        let name = &rows[0].strategy;
        assert!((rows[0].mae.unwrap() - mae(Some(0))).abs() < 1e-9, "{name}: nothing shown is nothing answered");
        assert!(rows.is_sorted_by(|a, b| a.shown < b.shown && a.answered <= b.answered), "{name}");
        // All thirty items are shown, so everything is answered.
        assert!((rows[4].answered - support).abs() < 1e-9, "{name}: {} of {support}", rows[4].answered);
        assert!((rows[4].mae.unwrap() - mae(None)).abs() < 1e-3, "{name}");
    }
}

fn refused_by_both(trained: &Small, bundle: &Bundle, lines: &[TaskLine], message: &str) {
    let file = lines[0].file.display().to_string();
    let by_run = look_up(lines, &trained.loaded.data, &trained.loaded.encoded).unwrap_err();
    let by_bundle = predict(bundle, lines, 0, Wanted::Shown, 0.0, Some(&trained.loaded.data)).unwrap_err();
    assert_eq!(by_run.to_string().strip_prefix(&file), Some(message), "{by_run}");
    assert_eq!(by_bundle, by_run);
}

#[test]
fn columns_called_as_the_trainers_own_fields_do_no_harm() {
    let mut data = dataset(1.0, 5.0);
    for name in ["id", "constant"] {
        data.items.columns.push(Column { name: name.into(), ..data.items.columns[0].clone() });
    }
    let mut preset = preset();
    (preset.model.id, preset.model.constant) = (true, true);
    let encoded = Encoded::new(&data, &Population::held_out(&data, SEED), &preset.model, Feedback::Ratings).unwrap();
    let state = State::new(&encoded, &preset, SEED);
    let tensor = |name: &str| encoded.layout.tensors.iter().find(|tensor| tensor.name == name).unwrap();
    assert_eq!(state.theta[tensor("embedding.item.(constant)").range()], [1.0]);
    assert_eq!(tensor("embedding.item.(id)").shape[0], ITEMS as usize + 1);
    assert_eq!(tensor("embedding.item.id").shape[0], 4, "the data's own: three values and the unknown one");
}

/// Return the default preset with the smallest sizes.
fn preset() -> NetworkPreset {
    let mut preset = NetworkPreset::load("ratings").unwrap();
    (preset.model.width, preset.model.min_count) = (4, 1);
    (preset.train.epochs, preset.train.batch) = (4, 8);
    preset
}

/// Map a rating from 1 to 5 to another scale.
fn place(stars: f32, min: f32, max: f32) -> f32 {
    min + (max - min) * (stars - 1.0) / 4.0
}

/// Return users of three ages who like items of their own genre, with the ratings 1 to 5 mapped to `min..=max`.
fn dataset(min: f32, max: f32) -> Dataset {
    let column = |name: &str, rows: u32, value: fn(u32) -> String| Column {
        values: (0..rows).map(|row| vec![value(row)]).collect(),
        ..Column::new(name, ColumnKind::Categorical)
    };
    let rating = |user: u32, item: u32| {
        let stars = if user % 3 == item % 3 { 4 + (user + item) % 2 } else { 1 + (user * 7 + item * 5) % 4 };
        Rating { user, item, value: place(stars as f32, min, max) }
    };
    let pairs = (0..USERS).flat_map(|user| (0..ITEMS).map(move |item| (user, item)));
    Dataset {
        name: "small".into(),
        notice: String::new(),
        scale: Scale { min, max },
        items: Table {
            ids: (0..ITEMS).map(|item| format!("i{item}")).collect(),
            titles: (0..ITEMS).map(|item| format!("Item {item}")).collect(),
            columns: vec![column("genre", ITEMS, |item| format!("g{}", item % 3))],
        },
        users: Table {
            ids: (0..USERS).map(|user| format!("u{user}")).collect(),
            titles: Vec::new(),
            columns: vec![
                column("age", USERS, |user| format!("a{}", user % 3)),
                column("zip", USERS, |user| user.to_string()),
            ],
        },
        ratings: pairs.filter(|(user, item)| (user + 2 * item) % 5 != 0).map(|(u, i)| rating(u, i)).collect(),
        times: Vec::new(),
        counts: Vec::new(),
        changes: Vec::new(),
    }
}

struct Small {
    loaded: Loaded,
    model: Model,
}

impl Small {
    fn on(data: Dataset) -> Self {
        let preset = preset();
        let population = Population::held_out(&data, SEED);
        let encoded = Encoded::new(&data, &population, &preset.model, Feedback::Ratings).unwrap();
        let state = State::new(&encoded, &preset, SEED);
        let mut learner = Learner { encoded: &encoded, preset: &preset, seed: SEED, state };
        for _ in 0..preset.train.epochs {
            learner.epoch(|_, _| {});
        }
        let mean = learner.model(preset.local.update);
        let model = Model { readout: readout::fit(&mean, &encoded, SEED).unwrap(), ..mean };
        Self { loaded: Loaded { data, population, encoded, feedback: Feedback::Ratings }, model }
    }

    fn predictions(&self) -> Vec<f32> {
        let tasks = held_out_tasks(&self.loaded, Feedback::Ratings, SEED);
        let unfolded = self.unfolded();
        tasks.iter().flat_map(|task| predict_task(&unfolded, task, &task.support)).collect()
    }

    fn maes(&self) -> Vec<f64> {
        let tasks = held_out_tasks(&self.loaded, Feedback::Ratings, SEED);
        let rows = compare(
            predictor(&Trained::Network(self.model.clone()), &self.loaded.encoded).unwrap(),
            &self.loaded,
            &tasks,
            SEED,
        )
        .unwrap();
        // Of baselines the expected ratings: medians of so few ratings change with the rounding of the scale.
        let metric = |row: &Row| if row.contender == MODEL { "mae" } else { "mae at the mean" };
        rows.iter().filter_map(|row| row.values.get(metric(row)).copied()).collect()
    }

    fn unfolded(&self) -> Recommender {
        Recommender::from((self.model.clone(), self.loaded.encoded.items.clone()))
    }

    fn bundle(&self) -> Bundle {
        let Table { ids, titles, .. } = &self.loaded.data.items;
        let named = ids.iter().cloned().zip(titles.iter().cloned());
        let catalogue: Vec<Item> = named.map(|(id, title)| Item { id, title, fields: Default::default() }).collect();
        Bundle {
            about: About::default(),
            model: self.model.fold(&self.loaded.encoded.items).unwrap().into(),
            user_vocabularies: self.loaded.encoded.user_vocabularies.clone(),
            catalogue: Catalogue::new(&catalogue, Vec::new()).unwrap(),
        }
    }
}

fn read(lines: &str) -> Vec<TaskLine> {
    let folder = tempfile::tempdir().unwrap();
    let path: &Path = &folder.path().join("tasks.jsonl");
    fs::write(path, lines).unwrap();
    tasks_file::read(path).unwrap()
}
