//! Film titles: from MovieLens' order of words to the usual one.

/// Split `Matrix, The (1999)` into `The Matrix` and 1999.
pub fn parse(filed: &str) -> (String, Option<u16>) {
    let filed = filed.trim();
    let (title, year) = match cut_year(filed) {
        Some((title, year)) => (title, Some(year)),
        None => (filed, None),
    };
    (spoken(title), year)
}

/// Parse a year of four digits.
pub fn year(digits: &str) -> Option<u16> {
    let four = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    four.then(|| digits.parse().ok())?
}

/// Return the five years that contain `year`, such as `1995–1999`.
pub fn period(year: u16) -> String {
    let first = year - year % 5;
    format!("{first}–{}", first + 4)
}

fn cut_year(filed: &str) -> Option<(&str, u16)> {
    let (title, year) = filed.strip_suffix(')')?.rsplit_once('(')?;
    Some((title.trim_end(), self::year(year)?))
}

/// Move trailing articles to the front, also in a second title in brackets.
fn spoken(title: &str) -> String {
    match title.split_once(" (") {
        Some((head, rest)) => match rest.strip_suffix(')') {
            Some(other) => format!("{} ({})", article_first(head), article_first(other)),
            None => format!("{} ({rest}", article_first(head)),
        },
        None => article_first(title),
    }
}

fn article_first(title: &str) -> String {
    const ARTICLES: [&str; 19] = [
        "The", "A", "An", "La", "Le", "Les", "L'", "El", "Los", "Las", "Il", "Lo", "I", "O", "Das", "Der", "Die",
        "Den", "Det",
    ];
    let title = title.trim();
    match title.rsplit_once(", ") {
        Some((rest, article)) if ARTICLES.contains(&article) => {
            let space = if article.ends_with('\'') { "" } else { " " };
            format!("{article}{space}{rest}")
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, period};

    #[test]
    fn titles_are_told_as_people_say_them() {
        for (filed, title, year) in [
            ("Matrix, The (1999)", "The Matrix", Some(1999)),
            ("Postino, Il (The Postman) (1994)", "Il Postino (The Postman)", Some(1994)),
            ("Hate (Haine, La) (1995)", "Hate (La Haine)", Some(1995)),
            ("Eau, L' (2001)", "L'Eau", Some(2001)),
            ("Paris, Texas (1984)", "Paris, Texas", Some(1984)),
            ("Associate, The (L'Associe)(1982)", "The Associate (L'Associe)", Some(1982)),
            ("2001 (a draft)", "2001 (a draft)", None),
        ] {
            assert_eq!(parse(filed), (title.to_owned(), year), "{filed}");
        }
        assert_eq!(period(1999), "1995–1999");
        assert_eq!(period(2000), "2000–2004");
    }
}
