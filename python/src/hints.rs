//! Arguments and answers of types that pyo3 cannot name by itself: `make python-stubs` writes what stands here into the stub.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyList;
#[cfg(feature = "stubs")]
use pyo3::{inspect::PyStaticExpr, type_hint_identifier as name, type_hint_subscript as of};
use std::convert::Infallible;

/// A list: unlike any sequence, no text is one by mistake.
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<'py, T: for<'a> FromPyObject<'a, 'py>> FromPyObject<'_, 'py> for List<T> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = of!(name!("builtins", "list"), T::INPUT_TYPE);

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let list = value.cast::<PyList>()?;
        list.iter().map(|item| item.extract().map_err(Into::into)).collect::<PyResult<_>>().map(Self)
    }
}

/// A member of the package's `Outcome`, which is defined in Python.
#[derive(Debug)]
pub(crate) struct Outcome(Py<PyAny>);

impl Outcome {
    pub(crate) fn again(&self, py: Python<'_>) -> Self {
        Self(self.0.clone_ref(py))
    }
}

impl FromPyObject<'_, '_> for Outcome {
    type Error = Infallible;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = name!("strongroom.words", "Outcome");

    fn extract(value: Borrowed<'_, '_, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(value.to_owned().unbind()))
    }
}

impl<'py> IntoPyObject<'py> for Outcome {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = name!("strongroom.words", "Outcome");

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0.into_bound(py))
    }
}

/// A function that is told a log's name, records done, and all.
pub(crate) struct Progress(Py<PyAny>);

impl Progress {
    pub(crate) fn tell(&self, py: Python<'_>, log: &str, done: u32, total: u32) -> PyResult<()> {
        self.0.call1(py, (log, done, total)).map(drop)
    }
}

impl FromPyObject<'_, '_> for Progress {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = of!(
        name!("collections.abc", "Callable"),
        PyStaticExpr::List { elts: &[name!("builtins", "str"), name!("builtins", "int"), name!("builtins", "int")] },
        name!("builtins", "object")
    );

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if !value.is_callable() {
            return Err(PyTypeError::new_err("progress is no function"));
        }
        Ok(Self(value.to_owned().unbind()))
    }
}
