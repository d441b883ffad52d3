//! The list of films is well-formed, and the clusters follow people who are in it.

use crate::simulate::films::cluster::CLUSTERS;
use crate::simulate::films::list::{Film, List};
use std::collections::HashSet;

/// Return all mistakes of a film.
fn mistakes(film: &Film) -> Vec<&'static str> {
    let repeated = |names: &[String]| names.iter().collect::<HashSet<_>>().len() < names.len();
    let untidy = |text: &String| text.is_empty() || text.trim() != text;
    let id_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let mut texts = film.directors.iter().chain(&film.leads);
    let checks = [
        (!film.id.bytes().all(id_letter), "id is not lower-case-with-dashes"),
        (untidy(&film.id) || untidy(&film.title), "id or title is empty or has blanks around it"),
        (!(1920..=2025).contains(&film.year), "year is not 1920 to 2025"),
        (!(1..=4).contains(&film.genres.len()), "not one to four genres"),
        (!(2..=3).contains(&film.leads.len()), "not two or three leads"),
        (!(1..=5).contains(&film.fame), "fame is not 1 to 5"),
        (!(1..=5).contains(&film.acclaim), "acclaim is not 1 to 5"),
        (texts.any(untidy), "a name is empty or has blanks around it"),
        (repeated(&film.directors) || repeated(&film.leads), "a name is repeated"),
        ((1..film.genres.len()).any(|at| film.genres[..at].contains(&film.genres[at])), "a genre is repeated"),
    ];
    let wrong = checks.into_iter().filter(|(wrong, _)| *wrong);
    wrong.map(|(_, what)| what).collect()
}

#[test]
fn every_film_is_well_formed() {
    let films = List::read().unwrap().films;
    assert!(films.len() >= 400, "only {} films", films.len());
    for film in &films {
        assert_eq!(mistakes(film), [""; 0], "film {:?}", film.id);
    }
}

#[test]
fn no_film_is_listed_twice() {
    let films = List::read().unwrap().films;
    let mut ids = HashSet::new();
    let mut known = HashSet::new();
    for film in &films {
        assert!(ids.insert(&film.id), "id {:?} is there twice", film.id);
        let key = (film.title.to_lowercase(), film.year);
        assert!(known.insert(key), "film {:?} is there twice", film.title);
    }
}

/// Names are matched as written: a misspelt one would match no person.
#[test]
fn clusters_follow_people_of_the_list() {
    let list = List::read().unwrap();
    let followed = CLUSTERS.iter().flat_map(|cluster| cluster.people);
    let unknown: Vec<_> = followed.filter(|name| !list.people.contains_key(**name)).collect();
    assert_eq!(unknown, [&""; 0], "directors or leads of no film");
}
