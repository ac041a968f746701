//! Log folders: the trees of one device beside one another.

use super::disk::{self, steps};
use super::verify::{self, Finding, Report, What};
use super::{Error, Origin, PublicKey, directory};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// One tree of a log folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// `lifecycle` or `tenant-<epoch>`; of a folder that is itself a tree, its own name.
    pub name: String,
    /// Its directory.
    pub path: PathBuf,
}

/// The trees in `folder`, the lifecycle log first and the leases in their order; or the one that it is itself.
///
/// # Errors
///
/// The folder cannot be read, or holds no log.
pub fn trees(folder: &Path) -> Result<Vec<Tree>, Error> {
    let on = disk::Folder::new(folder);
    std::fs::read_dir(folder).map_err(|error| Error::Unusable { file: folder.display().to_string(), error })?;
    if directory::holds_a_log(&on)? {
        let name = folder.file_name().map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned());
        return Ok(vec![Tree { name, path: folder.to_owned() }]);
    }
    let names = steps::list(&on, "")?;
    let mut found: Vec<(Origin, Tree)> = names
        .into_iter()
        .filter(|(_, is_folder)| *is_folder)
        .filter_map(|(name, _)| Some((Origin::of_folder(&name)?, Tree { path: folder.join(&name), name })))
        .collect();
    if found.is_empty() {
        let folder = folder.display();
        return Err(Error::Refused(format!("{folder} holds no log: neither a checkpoint, nor lifecycle, nor tenant-EPOCH")));
    }
    found.sort_by_key(|(origin, _)| (origin.generation, origin.epoch));
    Ok(found.into_iter().map(|(_, tree)| tree).collect())
}

/// The one tree that is meant by `folder`.
///
/// # Errors
///
/// As [`trees`], or there are several.
pub fn tree(folder: &Path) -> Result<Tree, Error> {
    let mut trees = trees(folder)?;
    match trees.pop() {
        Some(only) if trees.is_empty() => Ok(only),
        last => {
            let names: Vec<String> = trees.into_iter().chain(last).map(|tree| tree.name).collect();
            Err(Error::Refused(format!("{} holds several logs; name one of {}", folder.display(), names.join(", "))))
        }
    }
}

/// What is told of progress: the tree's name, records that are done, and all records.
pub type Progress<'a> = &'a mut dyn FnMut(&str, u32, u32) -> ControlFlow<()>;

/// Verifies every tree in `folder`, and that each is the one that its name says and all are of one device; on so many threads,
/// on all cores where no number is given.
///
/// `None` is the answer where `progress` ended it.
///
/// # Errors
///
/// As [`trees`] and [`verify`](verify::verify).
pub fn verify(
    folder: &Path,
    key: Option<&PublicKey>,
    threads: Option<NonZeroUsize>,
    progress: Progress<'_>,
) -> Result<Option<Vec<(Tree, Report)>>, Error> {
    let mut verified: Vec<(Tree, Report)> = Vec::new();
    let mut device: Option<Origin> = None;
    for tree in trees(folder)? {
        let disk = disk::Folder::new(&tree.path);
        let report = verify::verify_on(&disk, key, threads, &mut |done, total| progress(&tree.name, done, total))?;
        let Some(mut report) = report else { return Ok(None) };
        let origin: Option<Origin> = report.origin.as_ref().and_then(|origin| origin.parse().ok());
        if let Some(origin) = origin {
            // A directory that stands alone may have any name, but not another tree's.
            if Origin::of_folder(&tree.name).is_some() && tree.name != origin.folder() {
                foreign(&mut report, format!("is of the log {origin}, which belongs in a folder {}", origin.folder()));
            }
            match &device {
                Some(device) if device.serial != origin.serial => {
                    foreign(&mut report, format!("is of the log {origin}, and beside it is {device}, of another device"));
                }
                _ => device = Some(origin),
            }
        }
        verified.push((tree, report));
    }
    Ok(Some(verified))
}

fn foreign(report: &mut Report, message: String) {
    let finding = Finding { what: What::Foreign, file: directory::CHECKPOINT.to_owned(), record: None, message };
    report.findings.insert(0, finding);
}
