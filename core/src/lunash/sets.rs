//! Which commands belong together: what the device's own roles may run, and what this product makes of it.

use super::{
    Commands,
    DeviceRole::{Admin, Monitor, Operator},
    table,
};

/// What the stock `monitor` role may run: 92 commands, far more than health.
pub const MONITOR: Commands = Commands(table::up_to(Monitor));

/// What the stock `operator` role may run.
pub const OPERATOR: Commands = Commands(table::up_to(Operator));

/// What the stock `admin` role may run: everything.
pub const ADMIN: Commands = Commands(table::up_to(Admin));

/// What the monitoring role of this product may type (H-05, H-53, H-54): health, and a tamper's bit and class.
///
/// Row by row of `lifecycle.md` b, and of each output as release 7.2 prints it:
///
/// - *Health* is read by `status` `sensors`, `sysstat code`, `cpu`, `mem`, `disk`; `date` and `time` place what was read.
/// - *Tamper, bit and class:* `hsm tamper show` prints no more than that. `hsm stm show` prints yes or no.
/// - *Partition and client names* are in `hsm show`, with the label and the serial number: only polled.
/// - *Network:* `status sysstat show` prints the host's name and its addresses: only polled. `status mac`,
///   `interface`, `netstat` are nothing else.
/// - *Use:* `hsm information show` counts the customer's operations: only polled. `hsm information monitor` likewise
///   measures the customer's load.
/// - *Users:* `status ps` prints who is logged in from where, and the arguments of programs.
/// - `hsm selftest` works in the HSM and `sysconf timezone` sets what it shows: neither is a reading. What a `show`
///   tells of settings, clients, licences and services is not health.
///
/// Except for [`READINGS_WITH_ARGUMENTS`] they are complete without arguments; a policy should demand that, because an
/// argument to the one release may be a command of the next.
pub const READINGS: Commands = Commands::of(&[
    "hsm stm show",
    "hsm tamper show",
    "status cpu",
    "status date",
    "status disk",
    "status mem",
    "status sensors",
    "status sysstat code",
    "status time",
]);

/// The readings that say nothing without an argument (`status sysstat code all`).
pub const READINGS_WITH_ARGUMENTS: Commands = Commands::of(&["status sysstat code"]);

/// What the board itself asks (H-54): exactly what [`Parser`](crate::console::Parser) reads. The output goes to the parser,
/// which keeps health and drops names; the technician does not see it.
pub const POLLED: Commands = Commands::of(&[
    "hsm information show",
    "hsm show",
    "hsm stm show",
    "hsm tamper show",
    "status sensors",
    "status sysstat show",
]);

/// What a grant to read covers: what the stock `monitor` role may run and that changes nothing.
pub const READS: Commands = MONITOR.without(Commands::of(&[
    "hsm selftest",
    "my file clear",
    "my file delete",
    "my password set",
    "my public-key add",
    "my public-key clear",
    "my public-key delete",
    "network ping",
    "sysconf timezone",
    "syslog tarlogs",
]));

/// What touches keys, destroys, or changes who may enter: never, not even within a grant (H-04, `lifecycle.md` b:
/// "vendor never, even with lockbox").
pub const KEYS: Commands = Commands::of(&[
    // Who may use which keys, and from where: clients, their addresses, their assignment to partitions.
    "client assignpartition",
    "client delete",
    "client hostip map",
    "client hostip unmap",
    "client register",
    "client revokepartition",
    // Keys leave, come back, or go.
    "hsm backup",
    "hsm factoryreset",
    "hsm init",
    "hsm restore",
    "hsm zeroize",
    // Some policies destroy when they change, and some let keys out.
    "hsm changepolicy",
    // Who the security officer is, and acting as one: the third wrong log-in zeroizes.
    "hsm changepw",
    "hsm login",
    "hsm logout",
    "sysconf forcesologin disable",
    "sysconf forcesologin enable",
    // What keeps the keys: its code, its abilities, its roots of trust, its cloning domain. A rollback destroys.
    "hsm firmware rollback",
    "hsm firmware upgrade",
    "hsm loadcustomercert",
    "hsm setlegacydomain",
    "hsm update capability",
    "sysconf license apply",
    "sysconf license revoke",
    // The code around it, this shell included.
    "package update",
    // Where the officers' credentials are asked for, and the vector that protects the way there.
    "hsm ped connect",
    "hsm ped deselect",
    "hsm ped disconnect",
    "hsm ped select",
    "hsm ped server delete",
    "hsm ped server register",
    "hsm ped set",
    "hsm ped vector erase",
    "hsm ped vector init",
    // Secure channels to clients: identities, and how strong the channel is.
    "hsm stc cipher disable",
    "hsm stc cipher enable",
    "hsm stc disable",
    "hsm stc enable",
    "hsm stc hmac disable",
    "hsm stc hmac enable",
    "hsm stc identity create",
    "hsm stc identity delete",
    "hsm stc identity initialize",
    "hsm stc identity partition deregister",
    "hsm stc identity partition register",
    "hsm stc partition export",
    "stc cipher disable",
    "stc cipher enable",
    "stc hmac disable",
    "stc hmac enable",
    "stc partition export",
    "ntls ipcheck disable",
    "ntls ipcheck enable",
    "sysconf regencert",
    "sysconf tls ciphers reset",
    "sysconf tls ciphers set",
    // Out of use, and back into it: with what happened in between.
    "hsm stm recover",
    "hsm stm transport",
    "hsm tamper clear",
    // Evidence of what happened.
    "hsm information reset",
    "syslog cleanup",
    "syslog period",
    "syslog remotehost add",
    "syslog remotehost clear",
    "syslog remotehost delete",
    "syslog rotate",
    "syslog rotations",
    "syslog severity set",
    "sysconf snmp trap clear",
    "sysconf snmp trap disable",
    "sysconf snmp trap set",
    "sysconf time",
    // Partitions are where keys are.
    "partition backup",
    "partition create",
    "partition delete",
    "partition rename",
    "partition resize",
    "partition restore",
    // Backup tokens hold keys too.
    "token backup factoryreset",
    "token backup init",
    "token backup login",
    "token backup logout",
    "token backup partition delete",
    "token backup update capability",
    "token backup update firmware",
    // Accounts, and what lets them in. The board's own password is among them.
    "my password set",
    "my public-key add",
    "my public-key clear",
    "my public-key delete",
    "sysconf radius addserver",
    "sysconf radius deleteserver",
    "sysconf radius disable",
    "sysconf radius enable",
    "sysconf snmp user add",
    "sysconf snmp user clear",
    "sysconf snmp user delete",
    "sysconf ssh password disable",
    "sysconf ssh password enable",
    "sysconf ssh publickey disable",
    "sysconf ssh publickey enable",
    "sysconf ssh regenkeypair",
    "user add",
    "user delete",
    "user disable",
    "user enable",
    "user password",
    "user radiusadd",
    "user role add",
    "user role clear",
    "user role delete",
    "webserver certificate generate",
    "webserver enable",
    // A configuration holds accounts and the appliance's own keys.
    "sysconf config backup",
    "sysconf config clear",
    "sysconf config delete",
    "sysconf config export",
    "sysconf config factoryreset",
    "sysconf config import",
    "sysconf config restore",
    // Text printed at every log-in, where it could pass for a prompt.
    "sysconf banner add",
]);
