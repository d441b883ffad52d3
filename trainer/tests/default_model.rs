//! The default model of small sites: every user counts, rare items do not lead lists, a killed run goes on, and threads change
//! nothing.

use serde_json::Value;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use trainer::measure::tasks::held_out_tasks;
use trainer::predict::{predictor, rank_task};
use trainer::train::Run;

const SCHEMA: &str = r#"
name = "site"
[ratings]
min = 1
max = 5
[items.fields]
genre = { kind = "multi-valued" }
"#;

/// A preset as the default, with few epochs.
fn small_preset() -> String {
    let preset = String::from_utf8(trainer(Path::new("."), &["train", "--print-preset"]).stdout).unwrap();
    preset.replace("epochs = 40", "epochs = 3").replace("rounds = 20", "rounds = 6").replace("width = 96", "width = 8")
}

/// Of 380 items 300 have one rating, of five stars. Lists have none of them, whatever was answered.
#[test]
fn items_with_a_single_enthusiastic_rating_are_in_no_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut items = String::from("id,title,genre\n");
    for item in 0..380 {
        writeln!(items, "{item},Item {item},g{}", item % 4).unwrap();
    }
    let mut ratings = String::from("user,item,rating\n");
    for user in 0..300 {
        for item in (0..80).filter(|item| (item * 7 + user * 3) % 5 == 0) {
            let stars = if (item + user) % 4 == 0 { 4 + (item + user) % 2 } else { 2 + (item * user) % 3 };
            writeln!(ratings, "{user},{item},{stars}").unwrap();
        }
        writeln!(ratings, "{user},{},5", 80 + user).unwrap();
    }
    write_site(path, &items, "ratings.csv", &ratings, SCHEMA);
    succeed(path, &["train", "--data", "site", "--out", "run"]);
    succeed(path, &["export", "--run", "run", "--out", "bundle"]);
    let task = |user: usize, stars: usize| {
        let support: Vec<String> =
            (0..5).map(|k| format!("[{},{}]", (user * 11 + k * 13) % 80, 1 + (stars + k) % 5)).collect();
        format!(r#"{{"user":{},"support":[{}],"query":[[0,3]]}}"#, 1000 + user, support.join(","))
    };
    let tasks: Vec<String> = (0..40).map(|user| task(user, user)).collect();
    fs::write(path.join("tasks.jsonl"), tasks.join("\n")).unwrap();
    for answers in ["0", "1", "5"] {
        let out = ["predict", "--bundle", "bundle", "--tasks", "tasks.jsonl", "--lists", "--out", "lists.jsonl"];
        succeed(path, &[&out[..], &["--support", answers]].concat());
        for line in fs::read_to_string(path.join("lists.jsonl")).unwrap().lines() {
            let list: Vec<u64> = serde_json::from_str(line).unwrap();
            let rare: Vec<&u64> = list[..10].iter().filter(|&&item| item >= 80).collect();
            assert!(rare.is_empty(), "after {answers} answers: {rare:?} have one rating each");
        }
    }
}

/// Of the ten best items after five answers few have one or two ratings: on the films and on the comics one in a thousand at most, and
/// two in a hundred on a site as skewed as a small set of film ratings, where a third of the items have so few.
#[test]
fn rarely_rated_items_have_small_shares_of_lists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("small.toml"), small_preset()).unwrap();
    succeed(path, &["generate", "--users", "305", "--items", "4860", "--ratings", "30000", "--out", "skewed"]);
    for (data, max_share) in [("films", 0.001), ("comics", 0.001), ("skewed", 0.02)] {
        succeed(path, &["train", "--data", data, "--preset", "small.toml", "--out", &format!("run-{data}")]);
        let (run, loaded, model) = Run::trained(&path.join(format!("run-{data}"))).unwrap();
        let predictor = predictor(&model, &loaded.encoded).unwrap();
        let popularity = &loaded.encoded.popularity;
        let is_rare = |item: &&u32| (1..=2).contains(&popularity[**item as usize]);
        let rare_items = (0..popularity.len() as u32).filter(|item| is_rare(&item)).count();
        assert!(rare_items >= 30, "{data}: {rare_items} items have one or two ratings, too few to prove anything");
        let (mut listed, mut rare) = (0, 0);
        for mut task in held_out_tasks(&loaded, loaded.feedback, run.config.seed) {
            task.support.truncate(5);
            let list = rank_task(predictor.as_ref(), &task, &task.support);
            listed += list[..10].len();
            rare += list[..10].iter().filter(is_rare).count();
        }
        let share = rare as f64 / listed as f64;
        assert!(share <= max_share, "{data}: {share:.4} of {listed} listed items have one or two ratings");
    }
}

/// Of a catalogue of which a tenth is new, new items have some rows of the lists, and few.
#[test]
fn new_items_have_a_small_share_of_lists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let preset = small_preset().replace("epochs = 3", "epochs = 10").replace("width = 8", "width = 16");
    fs::write(path.join("small.toml"), preset).unwrap();
    succeed(path, &["generate", "--users", "2500", "--items", "450", "--ratings", "80000", "--out", "site"]);
    let mut items = fs::read_to_string(path.join("site/items.csv")).unwrap();
    let rows: Vec<String> = items.lines().skip(1).step_by(9).map(str::to_owned).collect();
    rows.iter().for_each(|row| writeln!(items, "new{row}").unwrap());
    fs::write(path.join("site/items.csv"), items).unwrap();
    succeed(path, &["train", "--data", "site", "--preset", "small.toml", "--out", "run"]);
    let (run, loaded, model) = Run::trained(&path.join("run")).unwrap();
    let predictor = predictor(&model, &loaded.encoded).unwrap();
    let is_new = |item: &&u32| loaded.data.items.ids[**item as usize].starts_with("new");
    for (answers, shares) in [(5, 0.001..=0.06), (0, 0.0..=0.0)] {
        let (mut listed, mut new) = (0, 0);
        for mut task in held_out_tasks(&loaded, loaded.feedback, run.config.seed) {
            task.support.truncate(answers);
            let list = rank_task(predictor.as_ref(), &task, &task.support);
            listed += list[..10].len();
            new += list[..10].iter().filter(is_new).count();
        }
        let share = new as f64 / listed as f64;
        assert!(shares.contains(&share), "after {answers} answers {share:.4} of {listed} listed items are new");
    }
}

/// Users of one or two ratings are learned from: what is printed says how many, and the model is the better for them.
#[test]
fn users_with_one_rating_are_learned_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let items: String = (0..20).map(|item| format!("{item},Item {item},g{}\n", item % 2)).collect();
    let mut ratings = String::from("user,item,rating\n");
    for user in 0..400 {
        let item = user % 20;
        let stars = if item < 10 { 5 } else { 2 };
        writeln!(ratings, "{user},{item},{stars}").unwrap();
        if user % 4 == 0 {
            writeln!(ratings, "{user},{},{}", (item + 7) % 20, if (item + 7) % 20 < 10 { 4 } else { 1 }).unwrap();
        }
    }
    write_site(path, &format!("id,title,genre\n{items}"), "ratings.csv", &ratings, SCHEMA);
    let printed = succeed(path, &["train", "--data", "site", "--out", "run"]);
    let learned = printed.lines().find(|line| line.starts_with("Learns from")).expect("what is learned from");
    let users: usize = learned.split(' ').nth(2).unwrap().parse().unwrap();
    assert!((340..400).contains(&users), "{learned}");
    succeed(path, &["export", "--run", "run", "--out", "bundle"]);
    fs::write(path.join("tasks.jsonl"), r#"{"user":9999,"support":[],"query":[[3,5],[13,2]]}"#).unwrap();
    succeed(path, &["predict", "--bundle", "bundle", "--tasks", "tasks.jsonl", "--mean", "--out", "stars.jsonl"]);
    let stars: Vec<f32> = serde_json::from_str(fs::read_to_string(path.join("stars.jsonl")).unwrap().trim()).unwrap();
    assert!(stars[0] > 4.0 && stars[1] < 3.0, "{stars:?}");
}

/// A site with picks only has the choice half alone, in the same preset.
#[test]
fn a_site_with_picks_trains_the_same_preset() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let items: String = (0..30).map(|item| format!("{item},Item {item},g{}\n", item % 3)).collect();
    let mut picks = String::from("user,item\n");
    for user in 0..100 {
        for item in (0..30).filter(|item| item % 3 == user % 3 && (item * 5 + user) % 4 > 0) {
            writeln!(picks, "{user},{item}").unwrap();
        }
    }
    let schema = SCHEMA.replace("[ratings]\nmin = 1\nmax = 5\n", "[picks]\n");
    write_site(path, &format!("id,title,genre\n{items}"), "picks.csv", &picks, &schema);
    succeed(path, &["train", "--data", "site", "--out", "run"]);
    succeed(path, &["export", "--run", "run", "--out", "bundle"]);
    let manifest: Value = serde_json::from_slice(&fs::read(path.join("bundle/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["about"]["preset"], "default");
    assert!(manifest["model"].get("stars").is_none_or(Value::is_null), "picks tell no stars");
    fs::write(path.join("tasks.jsonl"), r#"{"user":9999,"support":[[0,1],[3,1],[6,1]],"query":[[9,1]]}"#).unwrap();
    succeed(path, &["predict", "--bundle", "bundle", "--tasks", "tasks.jsonl", "--out", "lists.jsonl"]);
    let list: Vec<u64> = serde_json::from_str(fs::read_to_string(path.join("lists.jsonl")).unwrap().trim()).unwrap();
    let same: HashSet<u64> = list[..5].iter().map(|item| item % 3).collect();
    assert_eq!(same, HashSet::from([0]), "{list:?}: the picks were all of one kind");
}

#[test]
fn a_killed_run_goes_on_to_the_same_model_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("small.toml"), small_preset()).unwrap();
    let train = ["train", "--data", "films", "--preset", "small.toml"];
    succeed(path, &[&train[..], &["--threads", "1", "--out", "one"]].concat());
    succeed(path, &[&train[..], &["--threads", "2", "--out", "two"]].concat());
    let model = |run: &str| {
        let folder = path.join(run).join("model");
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    };
    // The names of weights and catalogue have the hash of their contents in them.
    assert_eq!(model("one"), model("two"));

    let mut killed = command(path, &[&train[..], &["--out", "killed"]].concat()).spawn().unwrap();
    while !path.join("killed/checkpoint.safetensors").exists() {
        assert!(killed.try_wait().unwrap().is_none(), "the run ended without a checkpoint");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let unfinished = trainer(path, &["export", "--run", "killed", "--out", "bundle"]);
    let message = String::from_utf8_lossy(&unfinished.stderr).into_owned();
    assert!(!unfinished.status.success() && message.contains("--resume"), "{message}");
    succeed(path, &["train", "--resume", "--out", "killed"]);
    assert_eq!(model("killed"), model("one"));
}

fn write_site(path: &Path, items: &str, file: &str, answers: &str, schema: &str) {
    fs::create_dir(path.join("site")).unwrap();
    fs::write(path.join("site/items.csv"), items).unwrap();
    fs::write(path.join("site").join(file), answers).unwrap();
    fs::write(path.join("site/schema.toml"), schema).unwrap();
}

fn command(path: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trainer"));
    command.args(words).current_dir(path).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command
}

fn trainer(path: &Path, words: &[&str]) -> Output {
    command(path, words).output().unwrap()
}

/// Run a command that must succeed; return what it printed on stderr.
fn succeed(path: &Path, words: &[&str]) -> String {
    let output = trainer(path, words);
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {printed}");
    printed
}
