//! The chart's graph properties (domain notes a.6), each a test of the same name.

use super::*;

fn reach(start: Main, avoid: &[Main]) -> std::collections::BTreeSet<Main> {
    let mut seen = std::collections::BTreeSet::from([start]);
    let mut todo = std::vec![start];
    while let Some(state) = todo.pop() {
        for row in CHART.iter().filter(|row| row.from.contains(state)) {
            if let Some(to) = row.to
                && !avoid.contains(&to)
                && seen.insert(to)
            {
                todo.push(to);
            }
        }
    }
    seen
}

fn into(state: Main) -> std::collections::BTreeSet<Main> {
    Main::ALL.iter().copied().filter(|from| CHART.iter().any(|row| row.from.contains(*from) && row.to == Some(state))).collect()
}

#[test]
fn every_effect_is_a_bit_of_its_own() {
    let mut all = Effects::NONE;
    for (effect, name) in Effects::NAMES {
        assert!(!all.has(*effect) && effect.0.is_power_of_two(), "{name}");
        all = all.and(*effect).and(*effect);
        assert!(all.has(*effect), "{name}");
    }
    assert_eq!(all.0.count_ones() as usize, Effects::NAMES.len());
}

#[test]
fn every_state_is_reached_and_reaches_the_terminal_one() {
    let all = reach(Main::InTransit, &[]);
    for state in Main::ALL.iter().filter(|state| **state != Main::Invalid) {
        assert!(all.contains(state), "{} is not reached", state.name());
        assert!(reach(*state, &[]).contains(&Main::ChassisReturned), "{} does not end", state.name());
    }
}

#[test]
fn no_way_back_to_the_pool_avoids_verified_zeroization() {
    let tenant_states =
        [Main::TenantUnclaimed, Main::OwnedUninit, Main::Operational, Main::TamperLatched, Main::Failed, Main::Maintenance];
    for state in tenant_states {
        let seen = reach(state, &[Main::Zeroized]);
        assert!(!seen.contains(&Main::PoolFree) && !seen.contains(&Main::Allocating), "from {}", state.name());
    }
}

#[test]
fn the_pool_is_entered_only_from_preparation() {
    assert_eq!(into(Main::PoolFree), [Main::PoolConfig].into());
}

#[test]
fn quarantine_leads_only_to_destruction() {
    let end = [Main::Quarantined, Main::PartsRemoved, Main::PartsDestroyed, Main::ChassisReturned];
    assert_eq!(reach(Main::Quarantined, &[]), end.into());
}

#[test]
fn a_destruction_cannot_be_stopped() {
    for row in CHART.iter().filter(|row| row.from.contains(Main::Zeroizing)) {
        let to = row.to.unwrap_or(Main::Zeroizing);
        assert!(matches!(to, Main::Zeroizing | Main::ZeroizedUnverified | Main::Quarantined), "{}", row.rule.name());
    }
}

#[test]
fn service_is_entered_by_initialization_clearing_or_recovery_only() {
    assert_eq!(into(Main::Operational), [Main::OwnedUninit, Main::TamperLatched, Main::Failed].into());
}

#[test]
fn no_provider_row_leaves_a_tenants_state() {
    for state in [Main::TenantUnclaimed, Main::OwnedUninit, Main::Operational, Main::TamperLatched] {
        for row in CHART.iter().filter(|row| row.from.contains(state)) {
            assert!(row.by.iter().all(|role| role.party() != crate::party::Party::Provider), "{}", row.rule.name());
        }
    }
}

#[test]
fn the_chart_is_total_for_tamper_boot_fault_and_wrong_log_ins() {
    for state in Main::ALL {
        for event in [Event::TamperRecoverable, Event::TamperDestroying, Event::Boot, Event::FaultHard] {
            assert!(find(*state, event).is_some(), "{} {}", state.name(), event.name());
        }
        assert!(find(*state, Event::LoginFailed).is_some(), "{}", state.name());
        assert!(find(*state, Event::LoginFailedLast).is_some(), "{}", state.name());
    }
}

#[test]
fn tamper_boot_and_failed_erasure_are_never_refused_by_a_guard() {
    let never = [
        Event::TamperRecoverable,
        Event::TamperDestroying,
        Event::EraseFail,
        Event::EraseFailLast,
        Event::LoginFailed,
        Event::LoginFailedLast,
        Event::FaultHard,
    ];
    for row in CHART.iter().filter(|row| never.contains(&row.event) || row.event == Event::Boot) {
        assert!(row.guards.is_empty(), "{}", row.rule.name());
    }
}

#[test]
fn the_index_and_a_search_find_the_same_rows() {
    let mut found = 0;
    for state in Main::ALL {
        for event in CHART.iter().map(|row| row.event) {
            assert_eq!(search(*state, event), look_up(*state, event), "{} {event:?}", state.name());
            found += u32::from(search(*state, event).is_some());
        }
    }
    assert!(found > 100);
}

#[test]
fn one_look_says_where_the_rows_lead_and_whom() {
    let mut moved = 0;
    for state in Main::ALL {
        for event in CHART.iter().map(|row| row.event) {
            let row = CHART.iter().find(|row| row.event == event && row.from.contains(*state));
            for by in Role::ALL {
                let expected = row.filter(|row| row.by.contains(*by)).map(|row| row.to.unwrap_or(*state));
                assert_eq!(next(*state, event, *by), expected, "{} {event:?} {}", state.name(), by.name());
                moved += u32::from(expected.is_some());
            }
        }
    }
    assert!(moved > 100);
}
