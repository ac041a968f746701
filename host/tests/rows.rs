//! Every row of the requirements is enforced by a rule, or stands where a reader finds it.

use std::collections::BTreeSet;
use std::path::Path;
use strongroom_core::Rule;
use strongroom_host::rows::{INFORMATION, ROWS, all_rows, information, page, rules_of};

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_table_has_every_row_and_every_decision_once() {
    let rows: Vec<String> = all_rows().collect();
    assert_eq!(rows.len(), 158 + 28);
    assert_eq!(ROWS.iter().map(|(id, ..)| (*id).to_owned()).collect::<Vec<_>>(), rows);
    for (id, _, subject) in ROWS {
        assert!((1..=12).contains(&subject.split_whitespace().count()), "{id}: {subject}");
    }
}

#[test]
fn every_row_is_enforced_or_information_and_never_both() {
    let uncovered: Vec<String> = all_rows().filter(|id| rules_of(id).next().is_none() && information(id).is_none()).collect();
    let both: Vec<String> = all_rows().filter(|id| rules_of(id).next().is_some() && information(id).is_some()).collect();
    assert!(both.is_empty(), "enforced and information too: {both:?}");
    assert!(uncovered.is_empty(), "neither enforced nor information: {uncovered:?}");
}

#[test]
fn rules_name_rows_that_exist_each_once() {
    let rows: BTreeSet<String> = all_rows().collect();
    for rule in Rule::ALL {
        let named: BTreeSet<&str> = rule.rows().iter().copied().collect();
        assert_eq!(named.len(), rule.rows().len(), "{} names a row twice", rule.name());
        for row in named {
            assert!(rows.contains(row), "{} names {row}, which is no row", rule.name());
        }
    }
}

#[test]
fn information_stands_where_it_is_said_to_stand() {
    let rows: BTreeSet<String> = all_rows().collect();
    assert_eq!(INFORMATION.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), INFORMATION.len());
    for (id, place) in INFORMATION {
        assert!(rows.contains(*id), "{id} is no row");
        let (path, part) = place.split(';').next().and_then(|first| first.split_once(": ")).expect("a file and its part");
        let text = file(path);
        let found = if path.ends_with(".md") {
            let heading = format!("\n## {part}\n");
            let (_, after) = text.split_once(&heading).unwrap_or_else(|| panic!("{path} has no section {part:?}"));
            after.split("\n## ").next().expect("a part").contains(id)
        } else {
            text.contains(id)
        };
        assert!(found, "{id} does not stand in {place}");
    }
}

#[test]
fn the_checked_in_page_is_what_comes_out() {
    assert!(file("docs/RULES.md") == page(), "docs/RULES.md differs; run: make docs");
}
