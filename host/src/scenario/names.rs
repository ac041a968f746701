//! Short names for people and organisations.

use super::error::{Error, unknown};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use strongroom_core::{Id, Organisation, Party, Principal, Role};

/// The people and organisations of a header.
#[derive(Debug, Default)]
pub(crate) struct Names {
    organisations: BTreeMap<String, Organisation>,
    people: BTreeMap<String, Principal>,
}

const PARTIES: [(&str, Party); 4] =
    [("customer", Party::Customer), ("provider", Party::Provider), ("vendor", Party::Vendor), ("device", Party::Device)];

impl Names {
    pub(super) fn read(line: usize, organisations: &Value, people: &Value) -> Result<Self, Error> {
        let mut names = Self::default();
        for (name, id) in object(line, "organisations", organisations)? {
            names.organisations.insert(name.clone(), parse(line, &format!("organisation {name:?}"), id)?);
        }
        for (name, person) in object(line, "people", people)? {
            let principal = names.principal(line, person)?;
            names.people.insert(name.clone(), principal);
        }
        Ok(names)
    }

    /// The short name of a principal, or else its role.
    pub(crate) fn name_of(&self, principal: &Principal) -> String {
        let known = self.people.iter().find(|(_, known)| *known == principal);
        known.map_or_else(|| principal.role.name().to_owned(), |(name, _)| name.clone())
    }

    /// A principal, by its short name or written out.
    pub(super) fn principal(&self, line: usize, value: &Value) -> Result<Principal, Error> {
        if let Value::String(name) = value {
            if let Some(principal) = self.people.get(name) {
                return Ok(*principal);
            }
            // The device's own parts need no name.
            if let Some(role) = role(name).filter(|role| role.party() == Party::Device) {
                return Ok(Principal::device(role));
            }
            return Err(Error::new(line, unknown("person", name, self.people.keys())));
        }
        let fields = object(line, "a principal", value)?;
        for key in fields.keys() {
            if !["party", "role", "organisation", "id"].contains(&key.as_str()) {
                return Err(Error::new(line, unknown("part of a principal", key, ["party", "role", "organisation", "id"])));
            }
        }
        let name = text(line, fields, "role")?;
        let role = role(name).ok_or_else(|| Error::new(line, unknown("role", name, Role::ALL.iter().map(|role| role.name()))))?;
        let name = text(line, fields, "party")?;
        let party = PARTIES.iter().find(|(known, _)| *known == name).map(|(_, party)| *party);
        let party = party.ok_or_else(|| Error::new(line, unknown("party", name, PARTIES.map(|(name, _)| name))))?;
        if role.party() != party {
            let theirs = PARTIES.iter().find(|(_, party)| *party == role.party()).map_or("", |(name, _)| name);
            return Err(Error::new(line, format!("role {:?} is the {theirs}'s, not the {name}'s", role.name())));
        }
        if party == Party::Device {
            return Ok(Principal::device(role));
        }
        let organisation = text(line, fields, "organisation")?;
        let organisation = match self.organisations.get(organisation) {
            Some(known) => *known,
            None => parse(line, "organisation", &Value::from(organisation))
                .map_err(|_| Error::new(line, unknown("organisation", organisation, self.organisations.keys())))?,
        };
        let id: Id = parse(line, "id", fields.get("id").unwrap_or(&Value::Null))?;
        Ok(Principal { role, organisation, id })
    }

    /// What `@name` stands for.
    pub(super) fn id_of(&self, line: usize, name: &str) -> Result<String, Error> {
        let person = self.people.get(name).map(|person| person.id.to_string());
        let organisation = || self.organisations.get(name).map(Organisation::to_string);
        person
            .or_else(organisation)
            .ok_or_else(|| Error::new(line, unknown("name", name, self.people.keys().chain(self.organisations.keys()))))
    }
}

fn role(name: &str) -> Option<Role> {
    Role::ALL.iter().copied().find(|role| role.name() == name)
}

pub(super) fn object<'a>(line: usize, what: &str, value: &'a Value) -> Result<&'a Map<String, Value>, Error> {
    value.as_object().ok_or_else(|| Error::new(line, format!("{what} must be an object, found {value}")))
}

pub(super) fn text<'a>(line: usize, fields: &'a Map<String, Value>, key: &str) -> Result<&'a str, Error> {
    match fields.get(key) {
        Some(Value::String(text)) => Ok(text),
        Some(other) => Err(Error::new(line, format!("{key:?} must be a text, found {other}"))),
        None => Err(Error::new(line, format!("{key:?} is missing"))),
    }
}

pub(super) fn parse<T: for<'de> serde::Deserialize<'de>>(line: usize, what: &str, value: &Value) -> Result<T, Error> {
    serde_json::from_value(value.clone()).map_err(|error| Error::new(line, format!("{what}: {error}")))
}
