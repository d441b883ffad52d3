//! Reads `movies.dat` and MeLU's `movies_extrainfos.dat`.

use super::lines::{dat, fields};
use super::title;
use crate::data::dataset::{Column, ColumnKind, Table};
use crate::data::error::DataError;
use crate::data::error::quoted;
use crate::data::ids::Ids;
use crate::data::source::Encoding;
use std::path::Path;

const EXTRAS: &str = "movies_extrainfos.dat";

/// A movie, as far as it is known.
#[derive(Debug, Default)]
struct Movie {
    title: String,
    year: Option<u16>,
    rated: Vec<String>,
    genres: Vec<String>,
    directors: Vec<String>,
    actors: Vec<String>,
}

/// Read the items; their ids are returned apart from the table.
pub fn read(folder: &Path) -> Result<(Ids, Table), DataError> {
    let (ids, mut movies) = read_movies(folder)?;
    let extras = folder.join(EXTRAS).exists();
    if extras {
        add_extras(folder, &ids, &mut movies)?;
    }
    Ok((ids, table(movies, extras)))
}

fn read_movies(folder: &Path) -> Result<(Ids, Vec<Movie>), DataError> {
    let text = dat(folder, "movies.dat", Encoding::Utf8OrLatin1)?;
    let mut ids = Ids::default();
    let mut movies = Vec::new();
    for (line, row) in text.lines() {
        let [id, filed, genres] = fields(&text, line, row)?;
        ids.add(&text, line, "movie", id)?;
        let (title, year) = title::parse(filed);
        if title.is_empty() {
            let error = text.error(line, quoted(filed), "a title and its year");
            return Err(error.in_column("title"));
        }
        movies.push(Movie { title, year, genres: list(genres, "|"), ..Movie::default() });
    }
    Ok((ids, movies))
}

fn add_extras(folder: &Path, ids: &Ids, movies: &mut [Movie]) -> Result<(), DataError> {
    let text = dat(folder, EXTRAS, Encoding::Utf8)?;
    let mut described = Ids::default();
    for movie in &mut *movies {
        movie.genres.clear();
    }
    for (line, row) in text.lines() {
        let [id, _, year, rated, _, genres, directors, _, actors, _, _] = fields(&text, line, row)?;
        described.add(&text, line, "id", id)?;
        let row = ids.row(id).ok_or_else(|| {
            text.error(line, quoted(id), "an id of movies.dat")
                .in_column("id")
                .advise("add it to movies.dat or remove this line")
        })?;
        let movie = &mut movies[row as usize];
        if let Some(year) = known(year) {
            let year = title::year(year)
                .ok_or_else(|| text.error(line, quoted(year), "a year of four digits or N/A").in_column("year"))?;
            movie.year.get_or_insert(year);
        }
        movie.rated = known(rated).map(str::to_owned).into_iter().collect();
        movie.genres = list(genres, ", ");
        movie.directors = list(directors, ", ");
        movie.actors = list(actors, ", ");
    }
    Ok(())
}

fn table(movies: Vec<Movie>, extras: bool) -> Table {
    use ColumnKind::{Categorical, Display, MultiValued};
    let mut rated = Column::new("rated", Categorical);
    let mut genre = Column::new("genre", MultiValued);
    let mut director = Column::new("director", MultiValued);
    let mut actors = Column::new("actors", MultiValued);
    let mut period = Column::new("period", Categorical);
    let mut year = Column::new("year", Display);
    let mut titles = Vec::with_capacity(movies.len());
    for movie in movies {
        titles.push(movie.title);
        rated.values.push(movie.rated);
        genre.values.push(movie.genres);
        director.values.push(movie.directors);
        actors.values.push(movie.actors);
        let years = movie.year.into_iter();
        period.values.push(years.clone().map(title::period).collect());
        year.values.push(years.map(|year| year.to_string()).collect());
    }
    let columns = if extras { vec![rated, genre, director, actors, period, year] } else { vec![genre, period, year] };
    Table { titles, columns, ..Table::default() }
}

/// Return the distinct known values of a list, without remarks such as `(co-director)`.
fn list(values: &str, separator: &str) -> Vec<String> {
    let mut distinct = Vec::new();
    for value in values.split(separator) {
        let name = value.split('(').next().and_then(known);
        if let Some(name) = name.map(str::to_owned)
            && !distinct.contains(&name)
        {
            distinct.push(name);
        }
    }
    distinct
}

fn known(value: &str) -> Option<&str> {
    let value = value.trim();
    (!value.is_empty() && value != "N/A").then_some(value)
}
