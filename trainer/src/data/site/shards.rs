//! Reads the files of ratings or picks on several ranks: each reads some of them, and keeps what it has read.
//!
//! Users are numbered as one process numbers them, which reads one file after another, so that the data set is the same whatever
//! the number of ranks. Each user must be in one file, so that a rank sees all ratings of its users.

use crate::data::error::{DataError, quoted};
use crate::data::findings::Findings;
use crate::data::ids::Ids;
use crate::data::ratings::RatingsBuilder;
use crate::data::table::{Places, TableFile};
use crate::ranks;
use std::collections::HashMap;

/// Read `files` with `read_files`, a share of them on each rank, into `ratings` and `users`, who are those of all ranks. Return the
/// places of the rows of all ranks.
///
/// # Errors
/// Return the error of `read_files` of this rank, or an error if the ranks see different files or a user is in two files.
pub fn read(
    files: Vec<TableFile>,
    ratings: &mut RatingsBuilder,
    users: &mut Ids,
    findings: &mut Findings,
    read_files: impl FnOnce(Vec<TableFile>, &mut RatingsBuilder, &mut Ids, &mut Findings) -> Result<Places, DataError>,
) -> Result<Places, DataError> {
    let known = users.len();
    let (files, own) = share(files)?;
    let places = match own.is_empty() {
        true => None,
        false => Some(read_files(own, ratings, users, findings)?),
    };
    let locations = ranks::gather(vec![places.map_or_else(Default::default, |places| places.locations())]);
    let new_users = ranks::gather(vec![users.split_off(known)]);
    let mut row_of = |id: &String| users.row_or_add(id);
    let rows: Vec<Vec<u32>> = new_users.iter().map(|ids| ids.iter().map(&mut row_of).collect()).collect();
    let row = |row: u32| row.checked_sub(known as u32).map_or(row, |new| rows[ranks::rank()][new as usize]);
    ratings.renumber(row, locations[..ranks::rank()].iter().map(|&(_, last)| last).sum());
    let places = Places::of_ranks(files, locations);
    let mut file_of = HashMap::new();
    for (user, file) in ranks::gather(ratings.files_of_users(&places)) {
        let first = *file_of.entry(user).or_insert(file);
        if first != file {
            let [first, second] = [first, file].map(|file| places.path_of(file));
            let found = format!("user {}, who is in {} too", quoted(users.id(user)), first.display());
            let error = DataError::new(second, found, "each user in one file, where several ranks read");
            return Err(error.advise("split the files by user, or launch one rank"));
        }
    }
    Ok(places)
}

/// Add up what all ranks have changed.
pub fn join_changes(own: &Findings, findings: &mut Findings) {
    for (what, count) in ranks::gather(own.changes().into_iter().map(|change| (change.what, change.count)).collect()) {
        findings.change(&what, count);
    }
}

/// Return the `files` that are not empty, or all if all are, and which of them this rank reads: some in a row, of about as many bytes
/// as those of the others.
///
/// # Errors
/// Return an error if another rank sees another number of files.
fn share(files: Vec<TableFile>) -> Result<(Vec<TableFile>, Vec<TableFile>), DataError> {
    let counts = ranks::gather(vec![files.len()]);
    if let Some(rank) = counts.iter().position(|&count| count != counts[0]) {
        let found = format!("{} files on rank {rank}, and {} on the first", counts[rank], counts[0]);
        let error = DataError::new(&files[0].path, found, "the same files on all ranks");
        return Err(error.advise("share the folder, or copy all of it to each machine"));
    }
    let bytes = |file: &TableFile| std::fs::metadata(&file.path).map_or(0, |file| file.len() as usize);
    // As the first rank sees them: all must share alike.
    let bytes = ranks::gather(if ranks::is_first() { files.iter().map(bytes).collect() } else { Vec::new() });
    let are_empty = bytes.iter().all(|&bytes| bytes == 0);
    let kept = files.into_iter().zip(bytes).filter(|&(_, bytes)| are_empty || bytes > 0);
    let (files, bytes): (Vec<TableFile>, Vec<usize>) = kept.unzip();
    let own = files[ranks::share_by(files.len(), |file| 1 + bytes[file])].to_vec();
    Ok((files, own))
}
