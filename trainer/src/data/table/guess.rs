//! Guesses why a column is not in the header, and names what to write in `schema.toml`.

use super::format::Format;
use super::rows::Wanted;

/// Separators that are tried, and what they are called.
const SEPARATORS: [(&str, &str); 7] = [
    ("\t", "tab-separated"),
    (";", "separated by semicolons"),
    (",", "separated by commas"),
    ("|", "separated by |"),
    ("::", "separated by ::"),
    (":", "separated by colons"),
    (" ", "separated by blanks"),
];

/// Return what the header `line` looks like, where it has no column `name`. `next` is the line after it.
pub fn header(line: &str, next: Option<&str>, name: &str, wanted: &[Wanted], format: &Format) -> Option<String> {
    let table = format.table;
    if format.columns.is_some() {
        return None;
    }
    if line.to_lowercase().starts_with("sep=") {
        return Some("this line is a note for spreadsheets; remove it".into());
    }
    let cells = |line: &str, separator: &str| -> Vec<String> {
        line.split(separator).map(|cell| cell.trim().trim_matches(['"', '\'']).to_owned()).collect()
    };
    let all_in = |cells: &[String]| wanted.iter().all(|column| cells.iter().any(|cell| cell == column.name));
    if let Some((separator, what)) = SEPARATORS.iter().find(|(separator, _)| all_in(&cells(line, separator))) {
        let comma = |cell: &String| cell.contains(',') && cell.replacen(',', ".", 1).parse::<f64>().is_ok();
        let decimal = next.is_some_and(|next| *separator != "," && cells(next, separator).iter().any(comma));
        let decimal = if decimal { " and decimal = \",\"" } else { "" };
        return Some(format!("this looks {what}; write separator = {separator:?}{decimal} under {table}"));
    }
    let count = |separator: &str| cells(line, separator).len();
    let own = format.separator.as_deref().unwrap_or(",");
    // Of the separators with which both lines have as many cells, the first one with most.
    let as_many = |separator: &str| next.is_none_or(|next| cells(next, separator).len() == count(separator));
    let likely = SEPARATORS.iter().filter(|(separator, _)| {
        count(separator) > 1 && as_many(separator) && !(*separator == ":" && line.contains("::"))
    });
    let likely = likely.rev().max_by_key(|(separator, _)| count(separator));
    let (separator, what) = likely.map_or((own, ""), |&(separator, what)| (separator, what));
    let found = cells(line, separator);
    let other = if separator == own { String::new() } else { format!("{what}, ") };
    let write_other = if separator == own { String::new() } else { format!("separator = {separator:?}, ") };
    if found.iter().any(|cell| cell.parse::<f64>().is_ok()) {
        let names: Vec<&str> = wanted.iter().map(|column| column.name).collect();
        let columns: Vec<String> = (0..found.len())
            .map(|index| names.get(index).map_or(format!("column{}", index + 1), |&name| name.into()))
            .collect();
        return Some(format!(
            "this looks {other}without a line of column names; write {write_other}header = false and columns = {columns:?}, in the \
             file's order, under {table}"
        ));
    }
    if separator != own && found.len() >= wanted.len() {
        return Some(format!(
            "this looks {what}; write separator = {separator:?} under {table}, and name its columns {}",
            found.join(", ")
        ));
    }
    let plain = |name: &str| name.to_lowercase().replace(['_', '-', ' ', '.'], "");
    let similar = found.iter().find(|cell| {
        let (cell, name) = (plain(cell), plain(name));
        !cell.is_empty() && (cell.contains(&name) || name.contains(&cell))
    });
    similar.map(|cell| format!("{cell:?} may be that column; if it is, name it in schema.toml"))
}
