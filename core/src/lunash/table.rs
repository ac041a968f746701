//! The commands themselves, in the order of their names, and how they are stored.
//!
//! The rows below are only there while the crate is built. What the image holds is [`PACKED`]: for each
//! command one byte that tells how many words it shares with the one before it, then the words it does
//! not share.
#![expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated when the crate is built")]

use super::DeviceRole::{self, Admin, Monitor, Operator};

/// Commands in the table.
pub(super) const COUNT: usize = ROWS.len();

/// The most words that a command has.
pub(super) const DEPTH: usize = 5;

pub(super) static PACKED: [u8; SIZE] = pack().0;

const SIZE: usize = pack::<0>().1;

/// The packed table, as far as there is room, and the room it needs in bytes.
const fn pack<const ROOM: usize>() -> ([u8; ROOM], usize) {
    let mut packed = [0; ROOM];
    let mut size = 0;
    let mut before: &[u8] = &[];
    let mut index = 0;
    while index < COUNT {
        let name = ROWS[index].1.as_bytes();
        let (shared, mut from) = shared_words(before, name);
        if size < ROOM {
            packed[size] = shared;
        }
        size += 1;
        while from < name.len() {
            if size < ROOM {
                packed[size] = name[from];
            }
            size += 1;
            from += 1;
        }
        before = name;
        index += 1;
    }
    (packed, size)
}

/// How many whole words both begin with, and where the next one begins in `name`.
const fn shared_words(before: &[u8], name: &[u8]) -> (u8, usize) {
    let (mut words, mut from, mut at) = (0, 0, 0);
    while at < before.len() && at < name.len() && before[at] == name[at] {
        at += 1;
        if name[at - 1] == b' ' {
            words += 1;
            from = at;
        }
    }
    (words, from)
}

/// The index of the command with exactly this name. It ends the build where there is none.
pub(super) const fn index_of(name: &str) -> usize {
    let mut index = 0;
    while index < COUNT {
        if is_equal(ROWS[index].1.as_bytes(), name.as_bytes()) {
            return index;
        }
        index += 1;
    }
    assert!(index < COUNT, "no command of the device has this name");
    index
}

const fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// One bit for each command that a role as high as this one may run.
pub(super) const fn up_to(role: DeviceRole) -> [u32; 10] {
    let mut bits = [0; 10];
    let mut index = 0;
    while index < COUNT {
        if ROWS[index].0 as u8 <= role as u8 {
            bits[index / 32] |= 1 << (index % 32);
        }
        index += 1;
    }
    bits
}

/// The lowest stock role that may run the command (release 7.2, "User Privileges").
const ROWS: [(DeviceRole, &str); 300] = [
    (Operator, "client assignpartition"),
    (Operator, "client delete"),
    (Operator, "client fingerprint"),
    (Operator, "client hostip map"),
    (Monitor, "client hostip show"),
    (Operator, "client hostip unmap"),
    (Monitor, "client list"),
    (Operator, "client register"),
    (Operator, "client revokepartition"),
    (Monitor, "client show"),
    (Operator, "hsm backup"),
    (Admin, "hsm changepolicy"),
    (Admin, "hsm changepw"),
    (Monitor, "hsm checkcertificates"),
    (Monitor, "hsm displaylicenses"),
    (Admin, "hsm factoryreset"),
    (Operator, "hsm firmware rollback"),
    (Monitor, "hsm firmware show"),
    (Operator, "hsm firmware upgrade"),
    (Monitor, "hsm information monitor"),
    (Operator, "hsm information reset"),
    (Monitor, "hsm information show"),
    (Admin, "hsm init"),
    (Operator, "hsm loadcustomercert"),
    (Operator, "hsm login"),
    (Operator, "hsm logout"),
    (Operator, "hsm ped connect"),
    (Operator, "hsm ped deselect"),
    (Operator, "hsm ped disconnect"),
    (Operator, "hsm ped select"),
    (Operator, "hsm ped server delete"),
    (Monitor, "hsm ped server list"),
    (Operator, "hsm ped server register"),
    (Admin, "hsm ped set"),
    (Monitor, "hsm ped show"),
    (Operator, "hsm ped timeout set"),
    (Monitor, "hsm ped timeout show"),
    (Admin, "hsm ped vector erase"),
    (Admin, "hsm ped vector init"),
    (Operator, "hsm restore"),
    (Monitor, "hsm selftest"),
    (Admin, "hsm setlegacydomain"),
    (Monitor, "hsm show"),
    (Monitor, "hsm showpolicies"),
    (Operator, "hsm stc activationtimeout set"),
    (Operator, "hsm stc activationtimeout show"),
    (Operator, "hsm stc cipher disable"),
    (Operator, "hsm stc cipher enable"),
    (Operator, "hsm stc cipher show"),
    (Operator, "hsm stc disable"),
    (Operator, "hsm stc enable"),
    (Operator, "hsm stc hmac disable"),
    (Operator, "hsm stc hmac enable"),
    (Operator, "hsm stc hmac show"),
    (Operator, "hsm stc identity create"),
    (Operator, "hsm stc identity delete"),
    (Operator, "hsm stc identity initialize"),
    (Operator, "hsm stc identity partition deregister"),
    (Operator, "hsm stc identity partition register"),
    (Operator, "hsm stc identity show"),
    (Operator, "hsm stc partition export"),
    (Operator, "hsm stc partition show"),
    (Operator, "hsm stc rekeythreshold set"),
    (Operator, "hsm stc rekeythreshold show"),
    (Monitor, "hsm stc status"),
    (Operator, "hsm stm recover"),
    (Monitor, "hsm stm show"),
    (Operator, "hsm stm transport"),
    (Monitor, "hsm supportinfo"),
    (Admin, "hsm tamper clear"),
    (Monitor, "hsm tamper show"),
    (Operator, "hsm update capability"),
    (Operator, "hsm update show"),
    (Admin, "hsm zeroize"),
    (Monitor, "my file clear"),
    (Monitor, "my file delete"),
    (Monitor, "my password expiry show"),
    (Monitor, "my password set"),
    (Monitor, "my public-key add"),
    (Monitor, "my public-key clear"),
    (Monitor, "my public-key delete"),
    (Monitor, "my public-key list"),
    (Operator, "network dns add nameserver"),
    (Operator, "network dns add searchdomain"),
    (Operator, "network dns delete nameserver"),
    (Operator, "network dns delete searchdomain"),
    (Operator, "network hostname"),
    (Operator, "network interface bonding config"),
    (Operator, "network interface bonding disable"),
    (Operator, "network interface bonding enable"),
    (Monitor, "network interface bonding show"),
    (Operator, "network interface delete"),
    (Operator, "network interface dhcp"),
    (Operator, "network interface slaac"),
    (Operator, "network interface static"),
    (Monitor, "network ping"),
    (Operator, "network route add"),
    (Operator, "network route clear"),
    (Operator, "network route delete"),
    (Monitor, "network route show"),
    (Monitor, "network show"),
    (Operator, "ntls bind"),
    (Operator, "ntls certificate monitor disable"),
    (Operator, "ntls certificate monitor enable"),
    (Monitor, "ntls certificate monitor show"),
    (Operator, "ntls certificate monitor trap trigger"),
    (Monitor, "ntls certificate show"),
    (Operator, "ntls information reset"),
    (Monitor, "ntls information show"),
    (Operator, "ntls ipcheck disable"),
    (Operator, "ntls ipcheck enable"),
    (Monitor, "ntls ipcheck show"),
    (Monitor, "ntls show"),
    (Operator, "ntls tcp_keepalive set"),
    (Monitor, "ntls tcp_keepalive show"),
    (Operator, "ntls threads set"),
    (Monitor, "ntls threads show"),
    (Operator, "ntls timer set"),
    (Monitor, "ntls timer show"),
    (Operator, "package deletefile"),
    (Operator, "package erase"),
    (Monitor, "package list"),
    (Monitor, "package listfile"),
    (Operator, "package update"),
    (Operator, "package verify"),
    (Operator, "partition backup"),
    (Operator, "partition create"),
    (Operator, "partition delete"),
    (Monitor, "partition list"),
    (Operator, "partition rename"),
    (Operator, "partition resize"),
    (Operator, "partition restore"),
    (Monitor, "partition show"),
    (Monitor, "service list"),
    (Operator, "service restart"),
    (Operator, "service start"),
    (Monitor, "service status"),
    (Operator, "service stop"),
    (Monitor, "status cpu"),
    (Monitor, "status date"),
    (Monitor, "status disk"),
    (Monitor, "status handles"),
    (Monitor, "status interface"),
    (Monitor, "status mac"),
    (Monitor, "status mem"),
    (Monitor, "status memmap"),
    (Monitor, "status netstat"),
    (Monitor, "status ps"),
    (Monitor, "status sensors"),
    (Monitor, "status sysstat code"),
    (Monitor, "status sysstat show"),
    (Monitor, "status time"),
    (Monitor, "status zone"),
    (Operator, "stc activationtimeout set"),
    (Monitor, "stc activationtimeout show"),
    (Operator, "stc cipher disable"),
    (Operator, "stc cipher enable"),
    (Monitor, "stc cipher show"),
    (Operator, "stc hmac disable"),
    (Operator, "stc hmac enable"),
    (Monitor, "stc hmac show"),
    (Operator, "stc partition export"),
    (Monitor, "stc partition show"),
    (Operator, "stc rekeythreshold set"),
    (Monitor, "stc rekeythreshold show"),
    (Admin, "sysconf appliance hardreboot"),
    (Operator, "sysconf appliance poweroff"),
    (Operator, "sysconf appliance reboot"),
    (Operator, "sysconf appliance rebootonpanic disable"),
    (Operator, "sysconf appliance rebootonpanic enable"),
    (Monitor, "sysconf appliance rebootonpanic show"),
    (Admin, "sysconf banner add"),
    (Admin, "sysconf banner clear"),
    (Admin, "sysconf config backup"),
    (Admin, "sysconf config clear"),
    (Admin, "sysconf config delete"),
    (Admin, "sysconf config export"),
    (Admin, "sysconf config factoryreset"),
    (Admin, "sysconf config import"),
    (Monitor, "sysconf config list"),
    (Admin, "sysconf config restore"),
    (Monitor, "sysconf config show"),
    (Operator, "sysconf drift init"),
    (Operator, "sysconf drift reset"),
    (Operator, "sysconf drift set"),
    (Operator, "sysconf drift startmeasure"),
    (Monitor, "sysconf drift status"),
    (Operator, "sysconf drift stopmeasure"),
    (Monitor, "sysconf fingerprint license"),
    (Monitor, "sysconf fingerprint ntls"),
    (Monitor, "sysconf fingerprint ssh"),
    (Admin, "sysconf forcesologin disable"),
    (Admin, "sysconf forcesologin enable"),
    (Admin, "sysconf forcesologin show"),
    (Admin, "sysconf license apply"),
    (Monitor, "sysconf license list"),
    (Admin, "sysconf license revoke"),
    (Operator, "sysconf ntp addserver"),
    (Operator, "sysconf ntp autokeyauth clear"),
    (Operator, "sysconf ntp autokeyauth generate"),
    (Operator, "sysconf ntp autokeyauth install"),
    (Operator, "sysconf ntp autokeyauth list"),
    (Operator, "sysconf ntp autokeyauth update"),
    (Operator, "sysconf ntp deleteserver"),
    (Operator, "sysconf ntp disable"),
    (Operator, "sysconf ntp enable"),
    (Monitor, "sysconf ntp listservers"),
    (Operator, "sysconf ntp log tail"),
    (Operator, "sysconf ntp ntpdate"),
    (Monitor, "sysconf ntp show"),
    (Monitor, "sysconf ntp status"),
    (Operator, "sysconf ntp symmetricauth key add"),
    (Operator, "sysconf ntp symmetricauth key clear"),
    (Operator, "sysconf ntp symmetricauth key delete"),
    (Monitor, "sysconf ntp symmetricauth key list"),
    (Operator, "sysconf ntp symmetricauth trustedkeys add"),
    (Operator, "sysconf ntp symmetricauth trustedkeys clear"),
    (Operator, "sysconf ntp symmetricauth trustedkeys delete"),
    (Monitor, "sysconf ntp symmetricauth trustedkeys list"),
    (Admin, "sysconf radius addserver"),
    (Admin, "sysconf radius deleteserver"),
    (Admin, "sysconf radius disable"),
    (Admin, "sysconf radius enable"),
    (Admin, "sysconf radius show"),
    (Admin, "sysconf regencert"),
    (Operator, "sysconf snmp disable"),
    (Operator, "sysconf snmp enable"),
    (Operator, "sysconf snmp notification add"),
    (Operator, "sysconf snmp notification clear"),
    (Operator, "sysconf snmp notification delete"),
    (Monitor, "sysconf snmp notification list"),
    (Monitor, "sysconf snmp show"),
    (Operator, "sysconf snmp trap clear"),
    (Operator, "sysconf snmp trap disable"),
    (Operator, "sysconf snmp trap enable"),
    (Operator, "sysconf snmp trap set"),
    (Monitor, "sysconf snmp trap show"),
    (Operator, "sysconf snmp trap test"),
    (Operator, "sysconf snmp user add"),
    (Operator, "sysconf snmp user clear"),
    (Operator, "sysconf snmp user delete"),
    (Monitor, "sysconf snmp user list"),
    (Operator, "sysconf ssh device"),
    (Operator, "sysconf ssh ip"),
    (Operator, "sysconf ssh password disable"),
    (Operator, "sysconf ssh password enable"),
    (Admin, "sysconf ssh port"),
    (Operator, "sysconf ssh publickey disable"),
    (Operator, "sysconf ssh publickey enable"),
    (Operator, "sysconf ssh regenkeypair"),
    (Monitor, "sysconf ssh show"),
    (Operator, "sysconf time"),
    (Monitor, "sysconf timezone"),
    (Admin, "sysconf tls ciphers reset"),
    (Admin, "sysconf tls ciphers set"),
    (Monitor, "sysconf tls ciphers show"),
    (Admin, "syslog cleanup"),
    (Operator, "syslog export"),
    (Operator, "syslog period"),
    (Operator, "syslog remotehost add"),
    (Operator, "syslog remotehost clear"),
    (Operator, "syslog remotehost delete"),
    (Operator, "syslog remotehost list"),
    (Operator, "syslog rotate"),
    (Operator, "syslog rotations"),
    (Admin, "syslog severity set"),
    (Monitor, "syslog show"),
    (Monitor, "syslog tail"),
    (Monitor, "syslog tarlogs"),
    (Operator, "token backup factoryreset"),
    (Operator, "token backup init"),
    (Monitor, "token backup list"),
    (Operator, "token backup login"),
    (Operator, "token backup logout"),
    (Operator, "token backup partition delete"),
    (Monitor, "token backup partition list"),
    (Monitor, "token backup partition show"),
    (Monitor, "token backup show"),
    (Operator, "token backup update capability"),
    (Operator, "token backup update firmware"),
    (Monitor, "token backup update show"),
    (Admin, "user add"),
    (Admin, "user delete"),
    (Admin, "user disable"),
    (Admin, "user enable"),
    (Admin, "user list"),
    (Admin, "user password"),
    (Admin, "user radiusadd"),
    (Admin, "user role add"),
    (Admin, "user role clear"),
    (Admin, "user role delete"),
    (Admin, "user role list"),
    (Admin, "webserver bind"),
    (Admin, "webserver certificate generate"),
    (Admin, "webserver certificate show"),
    (Admin, "webserver ciphers set"),
    (Admin, "webserver ciphers show"),
    (Admin, "webserver disable"),
    (Admin, "webserver enable"),
    (Admin, "webserver show"),
];
