//! What cbindgen sees of the union of arguments, which a macro makes: a union of whatever its members need, so that those
//! come before it. Its text is put in its place.

/// The arguments.
#[repr(C)]
pub union With {
    pub terms: Terms,
    pub reading: Reading,
    pub statement: Optional<Statement>,
    pub time: Optional<u64>,
    pub number: Optional<u32>,
    pub flag: Optional<u8>,
    pub text: Text,
}
