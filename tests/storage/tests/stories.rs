//! Every scenario, kept by a journal: after each step the medium says what the engine says.

use strongroom_core::journal::Mounted;
use strongroom_storage::flash::Flash;
use strongroom_storage::story;
use strongroom_storage::trial::{Medium, assert_clean, mount};

#[test]
fn every_scenario_is_read_back_after_every_step() {
    let (mut steps, mut most) = (0, 0);
    for story in story::all() {
        let (mut durable, mounted) = mount(&story, <Flash as Medium>::blank());
        assert_eq!(mounted, Ok(Mounted::Fresh));
        for moment in &story.moments {
            durable.medium_mut().power_on();
            let reply = durable.apply(moment.now, &moment.command).expect("stored");
            most = most.max(durable.medium_mut().used());
            assert_eq!(durable.engine(), &moment.after, "{}: {:?}", story.name, moment.command);
            assert_eq!(reply.verdict == strongroom_core::Verdict::Accepted, moment.accepted);
            // What must go is gone before the step is answered, and not only once it is read back.
            let told = || format!("{}: {:?}", story.name, moment.command);
            assert_clean(&story, moment, durable.medium_mut().bytes(), &told);
            let (mut read, mounted) = mount(&story, durable.medium_mut().clone());
            let fresh = moment.after.state().base.steps == 0;
            assert!(matches!(mounted, Ok(Mounted::Restored { .. })) || fresh, "{}: {mounted:?}", story.name);
            assert_eq!(read.engine(), &moment.after, "{}: {:?}", story.name, moment.command);
            assert_clean(&story, moment, read.medium_mut().bytes(), &told);
            steps += 1;
        }
    }
    println!("{steps} steps of every scenario were stored and read back; at most {most} words and pages for one");
}
