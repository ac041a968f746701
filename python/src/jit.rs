//! The provider's just-in-time rule (L-16 to L-22), asked a great many times.
//!
//! What the rule looks at is six bits: scope, permission, isolated identity, multi-factor authentication. So a request is one
//! byte, and a rule is a table of sixty-four outcomes, made by the core's own evaluation.

use crate::errors;
use crate::hints::{List, Outcome};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use strongroom_core::lockbox::jit;
use strongroom_core::{AccessTerms, Digest, Permission, Policy, Scope, Subject};

const PERMISSION: u8 = 2;
const ISOLATED: u8 = 1 << 4;
const FACTORS: u8 = 1 << 5;
const REQUESTS: usize = 1 << 6;

/// What the rule looks at.
#[pyclass(frozen, eq, hash, module = "strongroom")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct JitRequest(u8);

#[pymethods]
impl JitRequest {
    /// A request on these terms: scope and permission by their names.
    #[new]
    #[pyo3(signature = (scope, permission, isolated_identity=false, multi_factor=false))]
    fn new(scope: &str, permission: &str, isolated_identity: bool, multi_factor: bool) -> PyResult<Self> {
        pack(scope, permission, isolated_identity, multi_factor).map(Self)
    }

    /// The byte that stands for it in a batch.
    fn __index__(&self) -> u8 {
        self.0
    }

    /// How much the permission reaches (L-17).
    #[getter]
    fn scope(&self) -> &'static str {
        terms(self.0).scope.name()
    }

    /// What it allows (L-20).
    #[getter]
    fn permission(&self) -> &'static str {
        terms(self.0).permission.name()
    }

    /// Whether the engineer's identity is isolated (L-18).
    #[getter]
    fn isolated_identity(&self) -> bool {
        self.0 & ISOLATED != 0
    }

    /// Whether the engineer used several factors (L-19).
    #[getter]
    fn multi_factor(&self) -> bool {
        self.0 & FACTORS != 0
    }

    /// What it is made of again, where it is copied or pickled.
    fn __getnewargs__(&self) -> (&'static str, &'static str, bool, bool) {
        (self.scope(), self.permission(), self.isolated_identity(), self.multi_factor())
    }

    fn __repr__(&self) -> String {
        let (scope, permission) = (self.scope(), self.permission());
        let switch = |on| if on { "True" } else { "False" };
        format!(
            "JitRequest('{scope}', '{permission}', isolated_identity={}, multi_factor={})",
            switch(self.isolated_identity()),
            switch(self.multi_factor())
        )
    }
}

/// The rule of one policy.
#[pyclass(frozen, module = "strongroom")]
#[derive(Debug)]
pub(crate) struct JitRule {
    policy: &'static Policy,
    table: [u8; REQUESTS],
    outcomes: Vec<Outcome>,
}

#[pymethods]
impl JitRule {
    /// The rule of a preset; `outcomes` are what it answers with, in the order of the core's.
    #[new]
    fn new(policy: &str, outcomes: List<Outcome>) -> PyResult<Self> {
        let List(outcomes) = outcomes;
        let policy = Policy::preset(policy).ok_or_else(|| errors::command(format!("unknown policy {policy:?}")))?;
        if outcomes.len() != jit::Outcome::ALL.len() {
            return Err(errors::command(format!("there are {} outcomes", jit::Outcome::ALL.len())));
        }
        let mut table = [0; REQUESTS];
        for (packed, place) in (0..).zip(&mut table) {
            *place = jit::evaluate(&policy.jit, &terms(packed)) as u8;
        }
        Ok(Self { policy, table, outcomes })
    }

    /// What the rule says of a request.
    fn evaluate(&self, py: Python<'_>, request: &JitRequest) -> PyResult<Outcome> {
        self.answer(py, request.0)
    }

    /// What the rule says of a request on these terms.
    #[pyo3(signature = (*, scope, permission, isolated_identity=false, multi_factor=false))]
    fn decide(
        &self,
        py: Python<'_>,
        scope: &str,
        permission: &str,
        isolated_identity: bool,
        multi_factor: bool,
    ) -> PyResult<Outcome> {
        self.answer(py, pack(scope, permission, isolated_identity, multi_factor)?)
    }

    /// What it says of many: a byte a request in, the number of its outcome out.
    fn batch<'py>(&self, py: Python<'py>, requests: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let table = &self.table;
        let (answers, wrong) = py.detach(|| {
            let any = requests.iter().fold(0, |seen, request| seen | request);
            let answers: Vec<u8> =
                requests.iter().map(|request| table.get(usize::from(request & 0x3f)).copied().unwrap_or(0)).collect();
            (answers, any & !0x3f != 0)
        });
        match wrong.then(|| requests.iter().position(|request| *request > 0x3f)).flatten() {
            Some(place) => Err(errors::command(format!("byte {place} is no request; write int(JitRequest(...))"))),
            None => Ok(PyBytes::new(py, &answers)),
        }
    }

    /// The policy's name.
    #[getter]
    fn policy(&self) -> &'static str {
        self.policy.name.as_str()
    }

    fn __repr__(&self) -> String {
        format!("JitRule('{}')", self.policy())
    }
}

impl JitRule {
    fn answer(&self, py: Python<'_>, packed: u8) -> PyResult<Outcome> {
        let number = self.table.get(usize::from(packed)).copied().unwrap_or(0);
        let outcome = self.outcomes.get(usize::from(number));
        outcome.map(|outcome| outcome.again(py)).ok_or_else(|| errors::command("there is no such outcome".into()))
    }
}

fn pack(scope: &str, permission: &str, isolated_identity: bool, multi_factor: bool) -> PyResult<u8> {
    let scope = Scope::ALL.iter().find(|known| known.name() == scope).ok_or_else(|| {
        let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.name()).collect();
        errors::command(format!("unknown scope {scope:?}; there are {}", known.join(", ")))
    })?;
    let permission = Permission::ALL.iter().find(|known| known.name() == permission).ok_or_else(|| {
        let known: Vec<&str> = Permission::ALL.iter().map(|permission| permission.name()).collect();
        errors::command(format!("unknown permission {permission:?}; there are {}", known.join(", ")))
    })?;
    let switches = if isolated_identity { ISOLATED } else { 0 } | if multi_factor { FACTORS } else { 0 };
    Ok(*scope as u8 | (*permission as u8) << PERMISSION | switches)
}

/// The terms that a byte stands for.
fn terms(packed: u8) -> AccessTerms {
    let word = |shift: u8| usize::from(packed >> shift & 3);
    AccessTerms {
        subject: Subject::Device,
        scope: Scope::ALL.get(word(0)).copied().unwrap_or(Scope::ManagementGroup),
        permission: Permission::ALL.get(word(PERMISSION)).copied().unwrap_or(Permission::KeyMaterial),
        isolated_identity: packed & ISOLATED != 0,
        multi_factor: packed & FACTORS != 0,
        standard_tools_failed: true,
        customer_data: true,
        duration: None,
        justification: Digest::NONE,
    }
}

const _: () = assert!(Scope::ALL.len() == 4 && Permission::ALL.len() == 4, "two bits each");
