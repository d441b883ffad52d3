//! What is measured: data sets with their splits, and the task files of each.

use crate::data::Feedback;
use crate::measure::metric::Metric;
use crate::measure::outcome::ALL;
use crate::train::ItemChoice;
use anyhow::ensure;
use std::path::{Path, PathBuf};

/// A data set with its split, on which a model is trained.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name, also that of the runs' folders.
    pub name: String,
    /// Folder of the data.
    pub data: PathBuf,
    /// Split of its users and items.
    pub split: PathBuf,
    /// Which items are trained on.
    pub items: ItemChoice,
    /// What the model is measured by.
    pub protocols: Vec<Protocol>,
}

/// Tasks, and how they are judged.
#[derive(Clone, Debug)]
pub struct Protocol {
    /// Name.
    pub name: String,
    /// Task file.
    pub tasks: PathBuf,
    /// Numbers of answers that are given.
    pub answers: Vec<usize>,
    /// Whether tasks are ratings or picks; `None` as the data.
    pub feedback: Option<Feedback>,
    /// Metrics to print, as far as they are defined; all are in the JSON.
    pub metrics: Vec<Metric>,
}

impl Case {
    /// Return the case of a folder with data, `split.json` and `tasks.jsonl`, tasks with ten answers.
    ///
    /// # Errors
    /// Return an error if a file is missing.
    pub fn domain(folder: &Path) -> anyhow::Result<Self> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let protocol = Protocol {
            name: name.clone(),
            tasks: expect(folder, "tasks.jsonl")?,
            answers: vec![0, 1, 3, 5, 10],
            feedback: None,
            metrics: vec![
                Metric::Rmse,
                Metric::Ndcg10,
                Metric::Mae,
                Metric::ListNdcg10,
                Metric::PickNdcg10,
                Metric::Recall20,
            ],
        };
        let split = expect(folder, "split.json")?;
        Ok(Self { name, data: folder.into(), split, items: ItemChoice::Existing, protocols: vec![protocol] })
    }

    /// Return the cases of a MovieLens folder with `split.json` and a folder of task files: all items trained on for lists
    /// and picks, existing ones for ratings. Task files that are missing are left out.
    ///
    /// # Errors
    /// Return an error if the split or all task files are missing.
    pub fn movielens(folder: &Path, protocols: &Path) -> anyhow::Result<Vec<Self>> {
        let split = expect(folder, "split.json")?;
        let protocol = |name: &str, answers: &[usize], feedback, metrics: &[Metric]| Protocol {
            name: name.into(),
            tasks: protocols.join(format!("{name}.jsonl")),
            answers: answers.to_vec(),
            feedback: Some(feedback),
            metrics: metrics.to_vec(),
        };
        let rated = [Metric::Mae, Metric::MaeAtMean, Metric::Rmse, Metric::Ndcg1];
        let ratings = |name, answers: &[usize]| protocol(name, answers, Feedback::Ratings, &rated);
        let listed = [Metric::ListNdcg10, Metric::Disliked10];
        let picked = [Metric::PickNdcg10, Metric::Recall20];
        let case = |items, name: &str, protocols: Vec<Protocol>| Self {
            name: name.into(),
            data: folder.into(),
            split: split.clone(),
            items,
            protocols: protocols.into_iter().filter(|protocol| protocol.tasks.is_file()).collect(),
        };
        let mut cases = vec![
            case(
                ItemChoice::All,
                "movielens-all-items",
                vec![
                    protocol("lists-user-cold", &[0, 5, 10, 20], Feedback::Ratings, &listed),
                    protocol("picks-user-cold", &[1, 3, 5, 10], Feedback::Picks, &picked),
                ],
            ),
            case(
                ItemChoice::Existing,
                "movielens",
                vec![
                    ratings("ratings-user-cold", &[0, 5, 10, ALL]),
                    ratings("ratings-item-cold", &[5, 10, ALL]),
                    ratings("ratings-both-cold", &[5, 10, ALL]),
                ],
            ),
        ];
        cases.retain(|case| !case.protocols.is_empty());
        ensure!(!cases.is_empty(), "--protocols {}: no task file such as lists-user-cold.jsonl", protocols.display());
        Ok(cases)
    }
}

fn expect(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let path = folder.join(name);
    ensure!(path.is_file(), "{}: found no {name}, expected one beside the data", folder.display());
    Ok(path)
}
