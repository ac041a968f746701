//! Against implementations that are not ours: Cloudflare's `tlog_tiles` and `signed_note`, which static-ct logs run.

use crate::make::{LIFECYCLE, Scratch, drained, files, key, note, records};
use base64ct::{Base64, Encoding};
use signed_note::{Note as TheirNote, StandardSigner, StandardVerifier, VerifierList};
use std::path::{Path, PathBuf};
use strongroom_host::log::tile::{Kind, Tile};
use strongroom_host::log::{Directory, Note, Proved, PublicKey, check, proof};
use tlog_tiles::{Checkpoint, Error, Hash, Tile as TheirTile, TileHashReader, TileReader};

/// Our path for their coordinates: theirs has the height of tiles in it, which the specification fixes at 8.
fn ours(tile: &TheirTile) -> String {
    let kind = if tile.is_data() { Kind::Entries } else { Kind::Hashes(tile.level()) };
    Tile { kind, index: u32::try_from(tile.level_index()).unwrap(), width: tile.width() }.to_string()
}

fn theirs(tile: &TheirTile) -> String {
    tile.path().replacen("tile/8/", "tile/", 1).replacen("/data/", "/entries/", 1)
}

/// Our directory, as their reader asks for it.
struct Served(PathBuf);

impl TileReader for Served {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[TheirTile]) -> Result<Vec<Vec<u8>>, Error> {
        tiles.iter().map(|tile| std::fs::read(self.0.join(theirs(tile))).map_err(|_| Error::InvalidTile)).collect()
    }

    fn save_tiles(&self, _: &[TheirTile], _: &[Vec<u8>]) {}
}

fn head(path: &Path) -> Checkpoint {
    let text = std::fs::read(path.join("checkpoint")).unwrap();
    Checkpoint::from_bytes(TheirNote::from_bytes(&text).unwrap().text()).unwrap()
}

fn verifiers() -> VerifierList {
    let vkey = PublicKey::from(key(1).verifying_key()).named(LIFECYCLE);
    VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())])
}

#[test]
fn our_paths_are_theirs() {
    for level in 0..3 {
        for index in [0, 1, 255, 999, 1000, 1001, 4095, 999_999, 1_234_067] {
            for width in [1, 2, 255, 256] {
                for is_data in [false, level == 0] {
                    let tile = TheirTile::new(8, level, index, width, is_data);
                    assert_eq!(ours(&tile), theirs(&tile));
                }
            }
        }
    }
}

#[test]
fn our_files_are_the_tiles_that_they_would_publish() {
    let scratch = Scratch::new();
    for size in [1, 255, 256, 257, 513, 1000] {
        let path = scratch.join(&size.to_string());
        drained(&path, &[size]);
        let mut expected: Vec<String> = TheirTile::new_tiles(8, 0, size.into()).iter().map(theirs).collect();
        expected.sort();
        let here: Vec<String> =
            files(&path).into_iter().filter(|file| file.starts_with("tile/") && !file.contains("entries")).collect();
        assert_eq!(here, expected);
    }
}

#[test]
fn their_reader_finds_our_root_in_our_tiles_and_our_records_under_our_leaves() {
    let scratch = Scratch::new();
    for size in [1_u32, 2, 255, 256, 257, 512, 513, 700] {
        let path = scratch.join(&size.to_string());
        drained(&path, &[size]);
        let head = head(&path);
        let served = Served(path.clone());
        let reader = TileHashReader::new(size.into(), *head.hash(), &served);
        assert_eq!(tlog_tiles::tree_hash(size.into(), &reader).unwrap(), *head.hash());
        for (index, record) in (0..).zip(records(0, size)) {
            let stored = tlog_tiles::HashReader::read_hashes(&reader, &[tlog_tiles::stored_hash_index(0, index)]).unwrap();
            assert_eq!(stored[0], tlog_tiles::record_hash(&record.to_bytes()));
        }
    }
}

/// The hashes in a proof of ours.
fn hashes(text: &str) -> Vec<Hash> {
    let head = text.split_once("\n\n").unwrap().0;
    let lines = head.lines().skip(1).filter(|line| !line.starts_with("extra ") && !line.starts_with("index "));
    lines.map(|line| Hash::parse_hash(line).unwrap()).collect()
}

fn lines(hashes: &[Hash]) -> String {
    hashes.iter().map(|hash| Base64::encode_string(&hash.0) + "\n").collect()
}

#[test]
fn inclusion_proofs_verify_both_ways() {
    let scratch = Scratch::new();
    let public = PublicKey::from(key(1).verifying_key());
    for size in [1_u32, 2, 3, 7, 255, 256, 257, 513] {
        let path = scratch.join(&size.to_string());
        let directory = drained(&path, &[size]);
        let (head, served) = (head(&path), Served(path));
        let reader = TileHashReader::new(size.into(), *head.hash(), &served);
        let all = (0..size).filter(|index| size < 20 || index % 17 == 0 || index % 256 > 253 || index + 3 > size);
        for index in all {
            let record = records(index, index + 1)[0].to_bytes();
            let leaf = tlog_tiles::record_hash(&record);
            let own = proof::inclusion(&directory, index).unwrap();
            tlog_tiles::check_record(&hashes(&own), size.into(), *head.hash(), index.into(), leaf).unwrap();
            let their = tlog_tiles::prove_record(size.into(), index.into(), &reader).unwrap();
            let extra = Base64::encode_string(&record);
            let text = format!("c2sp.org/tlog-proof@v1\nextra {extra}\nindex {index}\n{}\n{}", lines(&their), note(size));
            assert_eq!(text, own);
            assert!(check(&text, &public).is_ok());
        }
    }
}

#[test]
fn consistency_proofs_verify_both_ways() {
    let scratch = Scratch::new();
    let public = PublicKey::from(key(1).verifying_key());
    let sizes = [1, 2, 3, 4, 6, 7, 8, 100, 255, 256, 257, 300, 511, 512, 513, 700];
    let path = scratch.join("a");
    let directory = drained(&path, &sizes);
    let served = Served(path.clone());
    let root = |size: u32| *Checkpoint::from_bytes(TheirNote::from_bytes(note(size).as_bytes()).unwrap().text()).unwrap().hash();
    for new in sizes {
        for old in sizes.into_iter().filter(|old| *old <= new) {
            let own = proof::consistency(&directory, old, new).unwrap();
            tlog_tiles::check_tree(&hashes(&own), new.into(), root(new), old.into(), root(old)).unwrap();
            // Their reader wants the tiles of the size that it reads; those of the newest one stand for all.
            let reader = TileHashReader::new(700, root(700), &served);
            let their = tlog_tiles::prove_tree(new.into(), old.into(), &reader).unwrap();
            let text = format!("strongroom-consistency-proof@v1\n{}\n{}\n{}", lines(&their), note(old), note(new));
            assert_eq!(text, own);
            assert!(matches!(check(&text, &public), Ok(Proved::Consistency { old: o, new: n, .. }) if (o, n) == (old, new)));
        }
    }
}

#[test]
fn their_verifier_accepts_our_notes_and_ours_theirs() {
    let scratch = Scratch::new();
    let path = scratch.join("a");
    drained(&path, &[5]);
    let text = std::fs::read(path.join("checkpoint")).unwrap();
    let (verified, others) = TheirNote::from_bytes(&text).unwrap().verify(&verifiers()).unwrap();
    assert_eq!((verified.len(), others.len()), (1, 0));
    assert_eq!((head(&path).origin(), head(&path).size()), (LIFECYCLE, 5));

    let seed = Base64::encode_string(&[&[1_u8][..], &key(7).to_bytes()].concat());
    let vkey = PublicKey::from(key(7).verifying_key()).named(LIFECYCLE);
    let id = vkey.split('+').nth(1).unwrap();
    let signer = StandardSigner::new(&format!("PRIVATE+KEY+{LIFECYCLE}+{id}+{seed}")).unwrap();
    let body = note(5).split_once("\n\n").map(|(body, _)| format!("{body}\n")).unwrap();
    let mut their = TheirNote::new(body.as_bytes(), &[]).unwrap();
    their.add_sigs(&[&signer]).unwrap();
    let text = String::from_utf8(their.to_bytes()).unwrap();
    let read = Note::read(&text).unwrap();
    assert_eq!(PublicKey::read(&vkey).unwrap().check(&read), Ok(()));
    assert_eq!(PublicKey::from(key(7).verifying_key()).check(&read), Ok(()));
    assert!(PublicKey::from(key(1).verifying_key()).check(&read).is_err());
}

/// The sizes around two full levels, once.
#[test]
fn their_reader_reads_trees_of_three_levels() {
    let scratch = Scratch::new();
    let path = scratch.join("a");
    let sizes = [65_535, 65_536, 65_537];
    let directory = drained(&path, &sizes);
    let root = head(&path);
    let served = Served(path);
    let reader = TileHashReader::new(65_537, *root.hash(), &served);
    assert_eq!(tlog_tiles::tree_hash(65_537, &reader).unwrap(), *root.hash());
    for index in [0, 255, 256, 40_000, 65_535, 65_536] {
        let leaf = tlog_tiles::record_hash(&records(index, index + 1)[0].to_bytes());
        let own = hashes(&proof::inclusion(&directory, index).unwrap());
        tlog_tiles::check_record(&own, 65_537, *root.hash(), index.into(), leaf).unwrap();
        assert_eq!(tlog_tiles::prove_record(65_537, index.into(), &reader).unwrap(), own);
    }
    for (old, new) in [(65_535, 65_536), (65_535, 65_537), (65_536, 65_537)] {
        assert!(check(&proof::consistency(&directory, old, new).unwrap(), &key(1).verifying_key().into()).is_ok());
    }
    drop(directory);
    Directory::open(&served.0).unwrap().append(&records(65_537, 65_540)).unwrap();
}
