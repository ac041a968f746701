//! casbin.

use super::{Decider, NO_ANSWER, REQUESTS, number_of, terms};
use crate::measure::Outcome;
use casbin::{CoreApi, DefaultModel, Enforcer, MgmtApi};

/// Words are ready before: it wants them as strings.
pub(super) fn asked() -> Outcome<impl Decider> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let enforcer = runtime.block_on(async {
        let model = DefaultModel::from_str(include_str!("../../policies/casbin.conf")).await?;
        let mut enforcer = Enforcer::new(model, casbin::MemoryAdapter::default()).await?;
        for row in include_str!("../../policies/casbin.csv").lines() {
            let cells = row.split(", ").skip(1).map(String::from).collect();
            enforcer.add_policy(cells).await?;
        }
        casbin::Result::Ok(enforcer)
    })?;
    let word = |set: bool| if set { "yes" } else { "no" };
    let requests: Vec<_> = (0..REQUESTS)
        .map(terms)
        .map(|terms| (word(terms.isolated_identity), word(terms.multi_factor), terms.scope.name(), terms.permission.name()))
        .collect();
    Ok(move |request: usize| match enforcer.enforce_ex(requests[request]) {
        Ok((_, rows)) => rows.first().and_then(|row| row.last()).map_or(NO_ANSWER, |name| number_of(name)),
        Err(_) => NO_ANSWER,
    })
}
