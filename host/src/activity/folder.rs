//! The logs of a log folder.

use crate::log::{Directory, Error};
use std::path::Path;

/// Opens every tree in `folder`: those that it holds, `lifecycle` and `tenant-<epoch>`, or the one that it is itself.
pub(super) fn logs(folder: &Path) -> Result<Vec<Directory>, Error> {
    let unusable = |error| Error::Unusable { file: folder.display().to_string(), error };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unusable)? {
        let entry = entry.map_err(unusable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "lifecycle" || name.strip_prefix("tenant-").is_some_and(|epoch| epoch.parse::<u32>().is_ok()) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Directory::open(folder).map(|log| vec![log]).map_err(|error| match error {
            Error::Refused(_) => {
                Error::Refused(format!("{} holds no log: neither lifecycle nor tenant-<epoch>, and no tiles", folder.display()))
            }
            other => other,
        });
    }
    names.sort_unstable();
    names.iter().map(|name| Directory::open(&folder.join(name))).collect()
}
