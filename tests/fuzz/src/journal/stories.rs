//! Journals to begin with: scenarios, stopped here and there.

use std::rc::Rc;
use strongroom_core::journal::{Durable, Eeprom};
use strongroom_core::{Id, Status, Subject, Time};
use strongroom_storage::eeprom::Part;
use strongroom_storage::flash::Flash;
use strongroom_storage::story::{self, Story};
use strongroom_storage::trial::{Medium, mount};

/// The scenarios, and every how many steps each is stopped.
const SCENARIOS: [(&str, usize); 4] =
    [("lease.jsonl", 6), ("board.jsonl", 7), ("decisions/d-17-a-full-log.jsonl", 9), ("lockbox/overlapping-grants.jsonl", 5)];

/// A journal, and where its story stands.
#[derive(Debug)]
pub(super) struct Place<F> {
    pub(super) story: Rc<Story>,
    pub(super) steps: usize,
    pub(super) durable: Durable<F>,
    /// Whoever has access anywhere in the story: to what, and when.
    pub(super) grants: Rc<[(Id, Subject, Time)]>,
}

/// The same places on both media.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) flash: Vec<Place<Flash>>,
    pub(super) eeprom: Vec<Place<Eeprom<Part>>>,
}

/// All of them.
pub(super) fn places() -> &'static Places {
    thread_local! {
        static PLACES: &'static Places = Box::leak(Box::new(Places { flash: told(), eeprom: told() }));
    }
    PLACES.with(|places| *places)
}

fn told<F: Medium>() -> Vec<Place<F>> {
    let stories = SCENARIOS
        .iter()
        .flat_map(|(file, every)| story::stories(&story::folder().join(file)).into_iter().map(|story| (Rc::new(story), *every)));
    stories.flat_map(|(story, every)| stopped(&story, every)).collect()
}

fn stopped<F: Medium>(story: &Rc<Story>, every: usize) -> Vec<Place<F>> {
    let (mut durable, mounted) = mount(story, F::blank());
    mounted.expect("a blank medium works");
    let (grants, mut places) = (grants(story), Vec::new());
    for (steps, moment) in story.moments.iter().enumerate() {
        if steps.is_multiple_of(every) {
            places.push(Place { story: Rc::clone(story), steps, durable: durable.clone(), grants: Rc::clone(&grants) });
        }
        let stored = durable.apply(moment.now, &moment.command);
        assert!(stored.is_ok(), "{}: the medium works", story.name);
    }
    places.push(Place { story: Rc::clone(story), steps: story.moments.len(), durable, grants });
    places
}

fn grants(story: &Story) -> Rc<[(Id, Subject, Time)]> {
    let requests = story.moments.iter().flat_map(|moment| {
        let requests = moment.after.state().requests.iter().filter(|request| request.status == Status::Approved);
        requests.filter_map(|request| Some((request.requester?.id, request.terms?.subject, request.since)))
    });
    let mut grants: Vec<_> = requests.collect();
    grants.dedup();
    grants.into()
}
