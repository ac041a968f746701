//! Lines on standard input: what is wrong with the device, and what it has seen.

use std::collections::BTreeSet;
use std::io::{BufRead, stdin};
use std::sync::{Mutex, PoisonError};
use strongroom_simulator::{Device, Fault};

/// Does what each line says, until one says `quit`; without an input, for ever.
pub(crate) fn obey(device: &Mutex<Device>) {
    let mut faults = BTreeSet::new();
    for line in stdin().lock().lines().map_while(Result::ok) {
        let mut device = device.lock().unwrap_or_else(PoisonError::into_inner);
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            ["quit"] => return,
            ["fault", name, on @ ("on" | "off")] => match Fault::ALL.into_iter().find(|fault| fault.name() == *name) {
                Some(fault) => {
                    let begins = *on == "on";
                    device.set_fault(fault, begins);
                    if begins {
                        faults.insert(fault)
                    } else {
                        faults.remove(&fault)
                    };
                    println!("{name} is {on}");
                }
                None => println!("there is no fault {name:?}; there are {}", Fault::ALL.map(Fault::name).join(", ")),
            },
            ["state"] => {
                let names: Vec<&str> = faults.iter().map(|fault| fault.name()).collect();
                let faults = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                println!("{:?}, {}, faults: {faults}", device.session(), device.user().unwrap_or("nobody"));
            }
            ["entered"] => println!("{}", device.entered().join(" | ")),
            _ => println!("{line:?} is not known; say fault NAME on|off, state, entered or quit"),
        }
    }
    loop {
        std::thread::park();
    }
}
