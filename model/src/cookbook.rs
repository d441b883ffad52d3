//! Short examples of single tasks.
//!
//! They use the dishes of the [crate's example](crate#example): two soups, ramen and pho, and two sweets, tiramisu and
//! brownie, with a model that adapts in closed form. The model and the features of the dishes are called `model` and
//! `features`.
//!
//! # Rank a catalogue
//!
//! [`Model::predict`](crate::Model::predict) and [`top_k`](crate::model::rank::top_k) need no bundle.
//!
//! ```
//! # let (_, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
//! use fewclicks_model::model::rank::{TieBreak, top_k};
//!
//! let user = Vec::new();
//! let support = model.support(&features, &[(2, 5.0)]);
//! let scores = model.predict(&user, support, features.clone());
//! let unrated = |item| item != 2;
//! assert_eq!(top_k(&scores, &unrated, 1, TieBreak { seed: 1 }), [3]);
//! ```
//!
//! # Ask questions
//!
//! [`Questions`](crate::Questions) iterates over candidates, the most informative first. Pairs have a position and the
//! share of people who know the item.
//!
//! ```
//! # let (_, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
//! use fewclicks_model::Questions;
//!
//! let candidates = [(0, 0.9), (1, 0.9), (2, 0.8), (3, 0.3)];
//! let first = Questions::new(&model, &features, &Vec::new(), &candidates, &[]).next();
//! assert_eq!(first, Some(0));
//! // The visitor does not know ramen, so the other soup is less likely to be known, and a sweet is asked next.
//! let next = Questions::new(&model, &features, &Vec::new(), &candidates, &[(0, None)]).next();
//! assert_eq!(next, Some(2));
//! ```
//!
//! # Write a bundle, and read it from bytes
//!
//! [`Bundle::read`](crate::Bundle::read) takes whole files; [`BundleReader`](crate::BundleReader) takes pieces as they
//! arrive.
//!
//! ```
//! # let (dishes, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
//! use fewclicks_model::{About, Bundle, Catalogue, Precision};
//!
//! let model = model.fold(&features)?.into();
//! let catalogue = Catalogue::new(&dishes, vec![])?;
//! let bundle = Bundle { about: About::default(), model, user_vocabularies: vec![], catalogue };
//! let [weights, catalogue, manifest] = bundle.write(&dishes, Precision::Int8).map(|(_, content)| content);
//! assert_eq!(Bundle::read(&manifest, &weights, &catalogue)?.catalogue, bundle.catalogue);
//!
//! let error = Bundle::read(&manifest, &weights[1..], &catalogue).unwrap_err();
//! assert!(error.to_string().starts_with("weights-"), "{error}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Evaluate a local update
//!
//! Compare the mean absolute error on a user's other ratings before and after the local update.
//!
//! ```
//! # let (_, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
//! let user = Vec::new();
//! let query = [(1, 4.5), (3, 2.5)];
//! let error_after = |support: &[(usize, f32)]| {
//!     let items = features.select(query.iter().map(|&(item, _)| item));
//!     let predicted = model.predict(&user, model.support(&features, support), items);
//!     predicted.iter().zip(query).map(|(y, (_, rating))| (y - rating).abs()).sum::<f32>() / 2.0
//! };
//! let (before, after) = (error_after(&[]), error_after(&[(0, 5.0), (2, 2.0)]));
//! assert!(before == 1.0 && after < 0.3, "{before} before, {after} after");
//! ```
//!
//! # Compute a meta-gradient
//!
//! [`meta_gradient`](crate::adapt::meta::meta_gradient) differentiates the query loss of a task, after the local update on
//! its support set, by the initial parameters and the local rates. Training descends along its mean over tasks.
//!
//! ```
//! # let (_, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
//! use fewclicks_model::Task;
//! use fewclicks_model::adapt::meta::{TaskUpdate, meta_gradient};
//!
//! let support = model.support(&features, &[(0, 5.0)]);
//! let query = model.support(&features, &[(1, 4.5)]);
//! let task = Task { user: Vec::new(), support, query };
//! let meta = meta_gradient(&model.layout, &model.theta, &model.rates, &task, TaskUpdate::Ridge);
//! assert!((meta.query_loss - 0.25).abs() < 1e-6);
//! // A lower precision of soups, the first rate, would let the prediction move further up.
//! assert!(meta.rates[0] > 0.0 && meta.rates[1] == 0.0);
//!
//! let theta: Vec<f32> = model.theta.iter().zip(&meta.parameters).map(|(x, slope)| x - 0.1 * slope).collect();
//! let after = meta_gradient(&model.layout, &theta, &model.rates, &task, TaskUpdate::Ridge);
//! assert!(after.query_loss < meta.query_loss);
//! ```
