//! The rows of the requirements: which rule enforces each, or where a reader meets it.
//!
//! A row is either enforced by rules, which name it ([`Rule::rows`]), or it is information: it speaks of other
//! people's portals, documents or advice, and stands where somebody would look for it. Never both.

mod table;

pub use table::ROWS;

use std::fmt::Write;
use strongroom_core::rule::Kind;
use strongroom_core::support::ROUTES;
use strongroom_core::{Party, Rule};

/// Rows that no rule enforces, and where each is to be found: a file, then the part of it.
pub const INFORMATION: &[(&str, &str)] = &[
    ("H-00", "docs/BACKGROUND.md: Scope"),
    ("H-03", "docs/BACKGROUND.md: Scope"),
    ("H-11", "docs/BACKGROUND.md: Before you provision; the answer `RouteHighAvailability`"),
    ("H-28", "docs/BACKGROUND.md: Portals"),
    ("H-31", "docs/BACKGROUND.md: The vendor's software"),
    ("H-39", "docs/BACKGROUND.md: Portals"),
    ("H-58", "docs/BACKGROUND.md: Portals"),
    ("H-59", "docs/BACKGROUND.md: Portals"),
    ("H-62", "docs/BACKGROUND.md: The vendor's software"),
    ("H-79", "docs/BACKGROUND.md: Service levels"),
    ("H-80", "docs/BACKGROUND.md: Service levels"),
    ("H-81", "docs/BACKGROUND.md: Before you provision"),
    ("H-82", "docs/BACKGROUND.md: Before you provision"),
    ("L-00", "docs/BACKGROUND.md: Scope"),
    ("L-06", "docs/BACKGROUND.md: Scope"),
    ("L-30", "docs/BACKGROUND.md: What an approver sees"),
    ("L-31", "docs/BACKGROUND.md: What an approver sees"),
    ("L-35", "docs/BACKGROUND.md: What an approver sees"),
    ("L-36", "docs/BACKGROUND.md: What an approver sees"),
    ("L-37", "docs/BACKGROUND.md: What an approver sees"),
    ("L-45", "docs/BACKGROUND.md: After an access"),
    ("L-46", "docs/BACKGROUND.md: After an access"),
    ("L-60", "docs/BACKGROUND.md: After an access"),
    ("L-61", "docs/BACKGROUND.md: After an access"),
    ("L-71", "docs/BACKGROUND.md: After an access"),
    ("D-10", "core/src/engine/commit/log.rs: every step, whatever its rule"),
];

/// The id of every row of both sources and of every decision, in their order.
pub fn all_rows() -> impl Iterator<Item = String> {
    let rows = |letter: char, numbers: std::ops::RangeInclusive<u8>| numbers.map(move |number| format!("{letter}-{number:02}"));
    rows('H', 0..=82).chain(rows('L', 0..=74)).chain(rows('D', 1..=28))
}

/// The rules that enforce the row of that id, in the order of their numbers.
pub fn rules_of(id: &str) -> impl Iterator<Item = Rule> {
    Rule::ALL.iter().copied().filter(move |rule| rule.rows().contains(&id))
}

/// Where the row of that id is to be found, where it is information.
#[must_use]
pub fn information(id: &str) -> Option<&'static str> {
    INFORMATION.iter().find(|(row, _)| *row == id).map(|(_, place)| *place)
}

/// The page `docs/RULES.md`.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "<!-- Written by `make docs`; do not edit. -->\n\n# Rules\n\n\
         Every verdict names the rule that decided. *Grants* allows a step, *refuses* refuses it where what the rule says does\n\
         not hold, *logic* refuses what only a caller's own mistake can bring about. Numbers are only ever added.\n\n\
         | Number | Name | Kind | What it says | Rows |\n|---|---|---|---|---|\n",
    );
    for rule in Rule::ALL {
        let kind = match rule.kind() {
            Kind::Grants => "grants",
            Kind::Refuses => "refuses",
            Kind::Logic => "logic",
        };
        line(&mut page, &[&rule.code().to_string(), rule.name(), kind, rule.text(), &rule.rows().join(" ")]);
    }
    page.push_str(
        "\n## Support routes\n\n\
         Which way an issue goes. The provider stays engaged in all of them (H-24).\n\n\
         | Issue | Who answers | Whom to call | Who else has a part in it | On the device it | What must hold before |\n\
         |---|---|---|---|---|---|\n",
    );
    for route in ROUTES {
        let needs = names(route.needs().iter().copied());
        let cells = [
            route.issue.name(),
            party(route.party),
            route.contact.name(),
            route.supports.map_or("–", party),
            route.reach().name(),
            if needs.is_empty() { "–" } else { &needs },
        ];
        line(&mut page, &cells);
    }
    page.push_str(
        "\n## Rows of the requirements\n\n\
         `H` is the source on dedicated modules, `L` the one on the lockbox, `D` what was decided where they leave a question\n\
         open. A row is enforced by rules, or it is information and stands where the last column says.\n\n\
         | Row | Kind | Subject | Rules, or where it stands |\n|---|---|---|---|\n",
    );
    for (id, kind, subject) in ROWS {
        let rules = names(rules_of(id));
        let place = if rules.is_empty() { information(id).unwrap_or("**nowhere**").to_owned() } else { rules };
        line(&mut page, &[id, kind, subject, &place]);
    }
    page
}

fn line(page: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    writeln!(page, "| {} |", cells.join(" | ")).expect("a string takes everything");
}

fn names(rules: impl Iterator<Item = Rule>) -> String {
    rules.map(Rule::name).collect::<Vec<_>>().join(", ")
}

const fn party(party: Party) -> &'static str {
    match party {
        Party::Customer => "customer",
        Party::Provider => "provider",
        Party::Vendor => "vendor",
        Party::Device => "device",
    }
}
