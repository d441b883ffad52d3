//! The films of `films.csv`: facts, and estimates of fame and acclaim.

use super::genre::Genre;
use std::collections::HashMap;

const CSV: &str = include_str!("films.csv");

/// A line of the file; lists are separated by `|`.
#[derive(serde::Deserialize)]
struct Line {
    id: String,
    title: String,
    year: u16,
    genres: String,
    director: String,
    leads: String,
    fame: u8,
    acclaim: u8,
}

/// A film.
pub struct Film {
    pub id: String,
    pub title: String,
    pub year: u16,
    pub genres: Vec<Genre>,
    pub directors: Vec<String>,
    pub leads: Vec<String>,
    /// Directors and leads, as numbers of [`List::people`].
    pub people: Vec<usize>,
    /// How many people have seen it: 1 (few) to 5 (nearly all).
    pub fame: u8,
    /// How good it is held to be: 1 to 5.
    pub acclaim: u8,
}

/// All films, in the order of the file, and all their people.
pub struct List {
    pub films: Vec<Film>,
    /// Number of each director and lead.
    pub people: HashMap<String, usize>,
}

impl List {
    /// Read the embedded list.
    ///
    /// # Errors
    /// Return an error that names the first line that is not a film; a test excludes it.
    pub fn read() -> Result<Self, String> {
        let mut list = Self { films: Vec::new(), people: HashMap::new() };
        let mut reader = csv::Reader::from_reader(CSV.as_bytes());
        for line in reader.deserialize() {
            let line: Line = line.map_err(|error| format!("films.csv: {error}"))?;
            list.add(line)?;
        }
        Ok(list)
    }

    fn add(&mut self, line: Line) -> Result<(), String> {
        let genres = line.genres.split('|').map(|name| {
            Genre::named(name).ok_or_else(|| {
                let id = &line.id;
                format!("films.csv: film {id:?}, column \"genres\": found {name:?}, expected a genre of genre.rs")
            })
        });
        let genres = genres.collect::<Result<_, _>>()?;
        let (directors, leads) = (names(&line.director), names(&line.leads));
        let people = directors.iter().chain(&leads);
        let mut people: Vec<usize> = people.map(|name| self.person(name)).collect();
        // A person who directs and plays counts once.
        people.sort_unstable();
        people.dedup();
        self.films.push(Film {
            id: line.id,
            title: line.title,
            year: line.year,
            genres,
            directors,
            leads,
            people,
            fame: line.fame,
            acclaim: line.acclaim,
        });
        Ok(())
    }

    fn person(&mut self, name: &str) -> usize {
        let next = self.people.len();
        *self.people.entry(name.to_owned()).or_insert(next)
    }
}

fn names(list: &str) -> Vec<String> {
    list.split('|').map(str::to_owned).collect()
}
