//! What is stated and not proved.

use crate::bench::{assert_rejected, checked_in, rejected, value};
use serde_json::json;
use strongroom_host::evidence::{Stated, export};

#[test]
fn what_is_the_logs_to_say_is_not_stated() {
    let mut certificate = value("witnessed");
    certificate["stated"]["sanitization"]["method_type"] = json!("Purge");
    assert_rejected(&certificate, "statements: sanitization.method_type is for the log to say here: leave it out");
    let mut certificate = value("verified");
    certificate["stated"]["sanitization"]["method_type"] = json!("Purge");
    assert_eq!(rejected(&certificate), None);
    let stated = Stated::read(r#"{"sanitization": {"method_used": "degausser"}}"#).expect("details");
    let error = export(&checked_in("witnessed"), None, stated).expect_err("refused");
    assert!(error.to_string().contains("sanitization.method_used is for the log to say here"), "{error}");
}

#[test]
fn details_that_have_no_place_are_told_with_the_nearest() {
    for (details, expected) in [
        ("[]", "an object with an object of texts for each section is needed"),
        ("{", "not JSON"),
        (r#"{"persn": {}}"#, "unknown section \"persn\"; did you mean \"person\"?"),
        (r#"{"person": {"nmae": "x"}}"#, "unknown field of \"person\" \"nmae\"; did you mean \"name\"?"),
        (r#"{"person": {"name": 7}}"#, "an object with an object of texts"),
        (r#"{"person": {"name": " "}}"#, "person.name says nothing; leave it out"),
        (r#"{"person": {"name": "a\nb"}}"#, "person.name must be one line of at most 400 characters"),
        (r#"{"media": {"backed_up": "yess"}}"#, "unknown value of media.backed_up \"yess\"; did you mean \"yes\"?"),
    ] {
        let error = Stated::read(details).expect_err(details);
        assert!(error.contains(expected), "{details}: {error}");
    }
    assert!(Stated::read(&format!(r#"{{"person": {{"name": "{}"}}}}"#, "é".repeat(400))).is_ok());
    assert!(Stated::read(&format!(r#"{{"person": {{"name": "{}"}}}}"#, "é".repeat(401))).is_err());
}
