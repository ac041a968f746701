//! What a command prints: what a real device printed, as it is with these faults.

use crate::fault::Fault;
use std::collections::BTreeSet;

macro_rules! transcript {
    ($name:literal) => {
        include_str!(concat!("../../console/luna-7.2/", $name, ".txt"))
    };
}

/// What is printed after the echo, with the line ends of a terminal.
pub(crate) fn of(line: &str, faults: &BTreeSet<Fault>) -> String {
    let has = |fault| faults.contains(&fault);
    let text = match line {
        "status sensors" => sensors(faults),
        "hsm show" if has(Fault::Zeroized) => transcript!("hsm_show.2.hsm-is-in-a-zeroized-state").to_owned(),
        "hsm show" if has(Fault::Tamper) => transcript!("hsm_show.3.hsm-is-in-a-tamper-state").to_owned(),
        "hsm show" if has(Fault::Battery) => {
            transcript!("hsm_show.5.hsm-is-experiencing-a-temperature-or-battery-voltage-excursion").to_owned()
        }
        "hsm show" => transcript!("hsm_show.4.hsm-is-not-in-a-tamper-state").to_owned(),
        "hsm tamper show" if has(Fault::Tamper) => transcript!("hsm_tamper_show.1.hsm-is-in-a-tamper-state").to_owned(),
        "hsm tamper show" => transcript!("hsm_tamper_show.2.hsm-is-not-in-a-tamper-state").to_owned(),
        "hsm stm show" => transcript!("hsm_stm_show.1").to_owned(),
        "hsm information show" => transcript!("hsm_information_show.1").to_owned(),
        "status sysstat show" => transcript!("status_sysstat_show.1").to_owned(),
        "status date" => transcript!("status_date.1").to_owned(),
        "status time" => transcript!("status_time.1").to_owned(),
        "status cpu" => transcript!("status_cpu.1").to_owned(),
        "status disk" => transcript!("status_disk.1").to_owned(),
        "network show" => transcript!("network_show.1.terse-non-verbose-mode").to_owned(),
        "partition list" => transcript!("partition_list.1").to_owned(),
        "user list" => transcript!("user_list.1").to_owned(),
        tail if tail.starts_with("syslog tail") => transcript!("syslog_tail.1").to_owned(),
        _ => "\nCommand not found.\n\nCommand Result : 0 (Success)".to_owned(),
    };
    let after_the_echo =
        if text.starts_with("lunash:>") { text.lines().skip(1).collect::<Vec<_>>() } else { text.lines().collect() };
    after_the_echo.iter().map(|line| format!("{line}\r\n")).collect()
}

/// The device that was recorded had no second power supply and so a fan fault. This one has all of its parts but what is
/// out.
fn sensors(faults: &BTreeSet<Fault>) -> String {
    let recorded = transcript!("status_sensors.1");
    let mut lines: Vec<String> = recorded.lines().map(str::to_owned).collect();
    let whole = !faults.contains(&Fault::PowerSupply);
    let fans = !faults.contains(&Fault::Fan);
    for line in &mut lines {
        if whole && line.starts_with("PSU2_+12V") {
            *line = "PSU2_+12V_value. | 12.300     | Volts      | ok    | na        | 10.800    | 13.200    | na".to_owned();
        } else if whole && line.starts_with("PSU2 Temp") {
            *line = "PSU2 Temp_value. | 32.000     | degrees C  | ok    | na        | na        | 50.000    | na".to_owned();
        } else if whole && line.starts_with("PSU2 FAN") && line.contains("RPM        |") {
            *line = "PSU2 FAN_value . | 4600.000   | RPM        | ok    | 1000.000  | 1300.000  | na        | na".to_owned();
        } else if whole && line.starts_with("PSU2_Status") && line.contains("0x0080") {
            *line = line.replace("0x0080", "0x0180");
        } else if whole && fans && line.starts_with("Cooling/Fan Fault") {
            *line = line.replace("true", "false");
        } else if !fans && line.starts_with("Fan1A") && line.contains("3700.000") {
            *line = "Fan1A          . | 0.000      | RPM        | NR *  | 1000.000  | 2000.000  | na        | na".to_owned();
        } else if !fans && line.starts_with("Fan1A") {
            *line = "Fan1A          . | Failed  | 0 RPM".to_owned();
        }
    }
    lines.join("\n")
}
