//! The fewclicks model: a recommender that adapts to a new user by a few answers. It is MeLU (Lee et al., KDD 2019,
//! *Meta-Learned User Preference Estimator for Cold-Start Recommendation*) in pure Rust, used by the trainer and, as
//! WebAssembly, in the browser.
//!
//! A [`Model`] is trained so that a *local update* on the answers of one user, the support set, makes it predict that
//! user's other ratings well. A [`Bundle`] is a model with its catalogue, ready to ship. A [`Visitor`] is the session of
//! one user with a bundle.
//!
//! # Example
//!
//! Models are usually trained; this one is written by hand. Its items are two soups and two sweets.
//!
//! ```
//! use fewclicks_model::{
//!     About, Answer, Architecture, Bundle, Candidate, Catalogue, Field, Item, Items, Layout, ListOptions, LocalUpdate, Model, Rows,
//!     Scale, Visitor, Vocabulary,
//! };
//! use std::sync::Arc;
//!
//! // One feature, the course. Its embedding is the whole item vector, and the linear path is all that predicts.
//! let courses = Vocabulary::new("course", vec!["soup".into(), "sweet".into()]);
//! let layout = Layout::new(Architecture {
//!     item_fields: vec![Field::new("course", courses.table_rows(), 2)],
//!     user_fields: vec![],
//!     hidden: vec![],
//!     linear: true,
//!     item_bias: None,
//!     implicit: None,
//! })?;
//! let model = Model {
//!     layout,
//!     theta: vec![
//!         0.0, 0.0, // the embeddings of an unknown course,
//!         1.0, 0.0, // of a soup,
//!         0.0, 1.0, // and of a sweet
//!         3.0, 3.0, // the linear path: without answers, every rating is expected to be 3
//!     ],
//!     rates: vec![0.0, 0.0], // ρ: both prior precisions are e⁰ = 1
//!     update: LocalUpdate::Ridge,
//!     scale: Scale { min: 1.0, max: 5.0, like: 5.0, dislike: 1.0 },
//!     readout: None,
//! };
//!
//! // The catalogue, and the embedding rows of its items.
//! let dishes = [("ramen", "soup"), ("pho", "soup"), ("tiramisu", "sweet"), ("brownie", "sweet")];
//! let items = dishes.map(|(id, _)| Item { id: id.into(), title: id.to_uppercase(), ..Item::default() });
//! let candidates = vec![
//!     Candidate { item: 0, score: 2.0, known: 0.9 },
//!     Candidate { item: 2, score: 1.0, known: 0.8 },
//! ];
//! let catalogue = Catalogue::new(&items, candidates)?;
//! let mut rows = Rows::default();
//! for (_, course) in dishes {
//!     rows.push(&courses.encode([course]));
//! }
//! let features = Items { fields: vec![rows], bias: vec![0, 1, 2, 3] };
//!
//! // Fold the features into one vector per item, and make a bundle.
//! let model = model.fold(&features)?.into();
//! let about = About { name: "Dishes".into(), ..About::default() };
//! let bundle = Bundle { about, model, user_vocabularies: vec![], catalogue };
//!
//! // A visitor answers the first question, and gets a recommendation with its reason.
//! let mut visitor = Visitor::new(Arc::new(bundle), 1);
//! assert_eq!(visitor.next_question(), Some(0));
//! visitor.answer("ramen", Answer::Like)?;
//! let best = &visitor.recommend(1, &ListOptions::default())[0];
//! assert_eq!(visitor.bundle().catalogue.id(best.item), "pho");
//! assert!((best.score - 4.0).abs() < 1e-6);
//! assert_eq!(best.because.unwrap().item, 0);
//!
//! // The influence of each answer on a prediction: sweets are not affected by an answer about a soup.
//! assert_eq!(visitor.explain("brownie")?[0].influence, 0.0);
//!
//! // The state to save is small JSON; another session continues from it.
//! let state = visitor.save();
//! assert_eq!(serde_json::to_string(&state)?, r#"{"version":1,"answers":[{"id":"ramen","value":"like"}],"user":{}}"#);
//! let mut later = visitor.new_session(2);
//! later.restore(&state)?;
//! assert_eq!(later.rank(1, &ListOptions::default()), [1]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The [`cookbook`] has short examples of single tasks.
//!
//! # Modules
//!
//! | Module | Content |
//! |---|---|
//! | [`visitor`] | the session of one visitor: answers, questions, recommendations, reasons, saved state |
//! | [`bundle`] | reading and writing of bundles, and the catalogue |
//! | [`recommender`] | either kind of model over a catalogue, as a session uses it |
//! | [`ask`] | the items to ask about: evidence candidates and adaptive questions |
//! | [`model`] | a trained model: adapt, predict, fold, score a catalogue; scales, read-outs, vocabularies |
//! | [`halves`] | the default model: what a visitor would choose, and how much they would like it |
//! | [`adapt`] | the local updates and their meta-gradients |
//! | [`network`] | the architecture, the layout of its parameters, its forward and reverse pass |
//! | [`math`] | scalars, dual numbers, the Cholesky factorisation |
//! | [`compact`] | small replacements of parts of the standard library and of other crates |
//!
//! # Conventions
//!
//! A shape is written (rows × columns); matrices are row-major. The *position* of an item is its index in the catalogue,
//! from 0. A *row* is an index into an embedding table, where row 0 is for unknown values. Ratings are on the [`Scale`] of
//! the bundle. Parameters are `f32`; training computes with the same code on `f32`, derivatives are tested on `f64`.
//!
//! Functions panic where an argument of the caller breaks a documented rule. Everything that comes from outside, bundles,
//! saved states and the answers of visitors, is checked, and is an error that says what was found and what was expected.
#![deny(missing_docs, unreachable_pub)]

pub mod adapt;
pub mod ask;
pub mod bundle;
pub mod compact;
pub mod cookbook;
pub mod halves;
pub mod math;
pub mod model;
pub mod network;
pub mod recommender;
pub mod visitor;

pub use adapt::{Feedback, Gradient, LocalUpdate, Rates, Softmax};
pub use ask::Candidate;
pub use ask::question::Questions;
pub use bundle::{
    About, Bundle, BundleError, BundleErrorKind, BundleFile, BundleReader, Catalogue, Item, Manifest, Precision,
};
pub use model::readout::Readout;
pub use model::scale::Scale;
pub use model::vocabulary::Vocabulary;
pub use model::{Adapted, Model};
pub use network::architecture::{Architecture, Field, Scope};
pub use network::layout::{Layout, LayoutError};
pub use network::loss::Loss;
pub use network::task::{Examples, Items, Rows, Task, User};
pub use recommender::{Adaptation, Network, Recommender};
pub use visitor::{Answer, ListOptions, Reason, Recommendation, SavedState, Visitor, VisitorError};
