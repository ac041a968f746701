//! Several trees of one device beside one another.

use crate::make::{Scratch, TENANT, drained, key, note_of, record};
use std::ops::ControlFlow;
use std::path::Path;
use strongroom_core::{LogName, Record};
use strongroom_host::log::verify::What;
use strongroom_host::log::{Directory, Error, Report, folder};

fn tenant(path: &Path, origin: &str) {
    let records: Vec<Record> = (0..3).map(|sequence| record(LogName::Tenant, sequence)).collect();
    let mut directory = Directory::create(path).unwrap();
    directory.append(&records).unwrap();
    directory.publish(&note_of(origin, &records)).unwrap();
}

fn verified(path: &Path) -> Vec<(String, Report)> {
    let key = key(1).verifying_key().into();
    let all = folder::verify(path, Some(&key), None, &mut |_, _, _| ControlFlow::Continue(())).unwrap().unwrap();
    all.into_iter().map(|(tree, report)| (tree.name, report)).collect()
}

#[test]
fn the_lifecycle_log_comes_first_and_leases_in_their_order() {
    let scratch = Scratch::new();
    for name in ["tenant-10", "tenant-9", "tenant-0", "lifecycle", "tenant-", "tenant-03", "other", "tenant-4294967296"] {
        std::fs::create_dir(scratch.join(name)).unwrap();
    }
    std::fs::write(scratch.join("tenant-7"), "no folder").unwrap();
    let names: Vec<String> = folder::trees(&scratch.0).unwrap().into_iter().map(|tree| tree.name).collect();
    assert_eq!(names, ["lifecycle", "tenant-0", "tenant-9", "tenant-10"]);
    let Err(Error::Refused(why)) = folder::tree(&scratch.0) else { panic!() };
    assert!(why.ends_with("holds several logs; name one of lifecycle, tenant-0, tenant-9, tenant-10"), "{why}");
}

#[test]
fn all_trees_are_verified_and_progress_says_which() {
    let scratch = Scratch::new();
    drained(&scratch.join("lifecycle"), &[3, 300]);
    tenant(&scratch.join("tenant-3"), TENANT);
    let all = verified(&scratch.0);
    assert_eq!(all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["lifecycle", "tenant-3"]);
    assert!(all.iter().all(|(_, report)| report.findings.is_empty()));
    let mut told = Vec::new();
    folder::verify(&scratch.0, None, None, &mut |name, done, total| {
        told.push((name.to_owned(), done, total));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(told, [("lifecycle".into(), 256, 300), ("lifecycle".into(), 300, 300), ("tenant-3".into(), 3, 3)]);
    let ended = folder::verify(&scratch.0, None, None, &mut |name, _, _| {
        if name == "lifecycle" { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert!(ended.unwrap().is_none());
}

#[test]
fn a_directory_is_a_folder_of_one() {
    let scratch = Scratch::new();
    drained(&scratch.join("any name"), &[3]);
    let all = verified(&scratch.join("any name"));
    assert_eq!((all[0].0.as_str(), all[0].1.findings.as_slice()), ("any name", &[][..]));
    assert_eq!(folder::tree(&scratch.join("any name")).unwrap().path, scratch.join("any name"));
}

#[test]
fn a_tree_of_another_lease_or_device_is_told_apart() {
    let scratch = Scratch::new();
    drained(&scratch.join("lifecycle"), &[3]);
    tenant(&scratch.join("tenant-4"), TENANT);
    tenant(&scratch.join("tenant-5"), "strongroom/800000/tenant/3");
    let all = verified(&scratch.0);
    let said = |place: usize| -> Vec<(What, &str)> {
        all[place].1.findings.iter().map(|finding| (finding.what, finding.message.as_str())).collect()
    };
    assert_eq!(said(0), []);
    let (wrong, belongs) = (What::Foreign, "is of the log strongroom/700022/tenant/3, which belongs in a folder tenant-3");
    assert_eq!(said(1), [(wrong, belongs)]);
    assert_eq!(
        said(2)[0].1,
        "is of the log strongroom/800000/tenant/3, and beside it is strongroom/700022/tenant/3, of another device"
    );
    assert!(!all[2].1.is_sound());
    assert_eq!(verified(&scratch.join("tenant-4"))[0].1.findings[0].message, belongs);
}

#[test]
fn a_folder_without_a_log_is_none() {
    let scratch = Scratch::new();
    assert!(matches!(folder::trees(&scratch.0), Err(Error::Refused(why)) if why.contains("holds no log")));
    assert!(matches!(folder::trees(&scratch.join("none")), Err(Error::Unusable { .. })));
    std::fs::create_dir(scratch.join("lifecycle")).unwrap();
    let emptied = folder::verify(&scratch.0, None, None, &mut |_, _, _| ControlFlow::Continue(()));
    assert!(matches!(emptied, Err(Error::Refused(why)) if why.contains("lifecycle holds no log")));
}
