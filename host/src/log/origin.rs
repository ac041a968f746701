//! The name of a tree: the first line of its checkpoints.

use std::fmt;
use std::str::FromStr;
use strongroom_core::LogName;

/// Which log of which device a tree is, and for a tenant log of which lease: each lease has its own tree (D-22).
///
/// Written `strongroom/<serial>/lifecycle` or `strongroom/<serial>/tenant/<epoch>`; where what was stored before was lost,
/// `after-loss-` and eight digits stand before the log's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The device's serial number, with `%XX` for everything but letters, digits, point, underscore and hyphen.
    pub serial: String,
    /// What tells it from the trees that were lost before it; 0 where none was.
    pub generation: u32,
    /// The lease's epoch when the tenant log began; `None` for the lifecycle log.
    pub epoch: Option<u32>,
}

impl Origin {
    /// Which of the device's logs.
    #[must_use]
    pub const fn log(&self) -> LogName {
        match self.epoch {
            Some(_) => LogName::Tenant,
            None => LogName::Lifecycle,
        }
    }

    /// The name of this tree's directory in a log folder: `lifecycle` or `tenant-<epoch>`, after a loss with
    /// `after-loss-` and its digits before.
    #[must_use]
    pub fn folder(&self) -> String {
        let log = self.epoch.map_or_else(|| "lifecycle".to_owned(), |epoch| format!("tenant-{epoch}"));
        if self.generation == 0 { log } else { format!("{AFTER_LOSS}{:08x}-{log}", self.generation) }
    }

    /// The tree of no device that has this directory's name; `None` where no tree has it.
    pub(crate) fn of_folder(name: &str) -> Option<Self> {
        let rest = name.strip_prefix(AFTER_LOSS).map_or(Some((0, name)), |rest| {
            let (digits, log) = rest.split_once('-')?;
            Some((u32::from_str_radix(digits, 16).ok()?, log))
        });
        let (generation, log) = rest?;
        let epoch = match log.strip_prefix("tenant-") {
            Some(digits) => Some(digits.parse().ok()?),
            None => None,
        };
        let origin = Self { serial: String::new(), generation, epoch };
        // One tree, one name.
        (origin.folder() == name).then_some(origin)
    }
}

/// Begins the part of a name that says that something was lost.
const AFTER_LOSS: &str = "after-loss-";

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "strongroom/{}/", self.serial)?;
        if self.generation != 0 {
            write!(formatter, "{AFTER_LOSS}{:08x}/", self.generation)?;
        }
        match self.epoch {
            Some(epoch) => write!(formatter, "tenant/{epoch}"),
            None => formatter.write_str("lifecycle"),
        }
    }
}

/// The text is no origin of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnOrigin;

impl fmt::Display for NotAnOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an origin is strongroom/SERIAL/lifecycle or strongroom/SERIAL/tenant/EPOCH")
    }
}

impl std::error::Error for NotAnOrigin {}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let parts: Vec<&str> = text.split('/').collect();
        let ["strongroom", serial, log @ ..] = parts.as_slice() else { return Err(NotAnOrigin) };
        let (generation, log) = match log {
            [loss, log @ ..] if loss.starts_with(AFTER_LOSS) => {
                (u32::from_str_radix(&loss[AFTER_LOSS.len()..], 16).map_err(|_| NotAnOrigin)?, log)
            }
            log => (0, log),
        };
        let epoch = match log {
            ["lifecycle"] => None,
            ["tenant", epoch] => Some(epoch.parse().map_err(|_| NotAnOrigin)?),
            _ => return Err(NotAnOrigin),
        };
        let origin = Self { serial: (*serial).to_owned(), generation, epoch };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-%".contains(&byte);
        // One tree, one name: `tenant/07` is not `tenant/7`.
        let named = !origin.serial.is_empty() && origin.serial.bytes().all(plain) && origin.to_string() == text;
        if named { Ok(origin) } else { Err(NotAnOrigin) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_read_back() {
        for (text, folder) in [
            ("strongroom/700022/lifecycle", "lifecycle"),
            ("strongroom/700022/tenant/3", "tenant-3"),
            ("strongroom/a%20b._-/tenant/4294967295", "tenant-4294967295"),
            ("strongroom/7/after-loss-0000abcd/lifecycle", "after-loss-0000abcd-lifecycle"),
            ("strongroom/7/after-loss-ffffffff/tenant/0", "after-loss-ffffffff-tenant-0"),
        ] {
            let origin: Origin = text.parse().unwrap();
            assert_eq!((origin.to_string().as_str(), origin.folder().as_str()), (text, folder));
            assert_eq!(Origin::of_folder(folder), Some(Origin { serial: String::new(), ..origin }));
        }
    }

    #[test]
    fn nothing_else_is_an_origin() {
        for text in [
            "",
            "strongroom/700022",
            "strongroom//lifecycle",
            "strongroom/7/tenant",
            "strongroom/7/tenant/03",
            "strongroom/7/tenant/4294967296",
            "strongroom/7 8/lifecycle",
            "strongroom/7/lifecycle/",
            "strongroom/7/after-loss-00000000/lifecycle",
            "strongroom/7/after-loss-abcd/lifecycle",
            "strongroom/7/after-loss-0000ABCD/lifecycle",
            "strongroom/7/after-loss-0000abcd",
            "example.com/7/lifecycle",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NotAnOrigin), "{text}");
        }
        for name in ["", "tenant", "tenant-03", "after-loss-00000000-lifecycle", "after-loss-lifecycle", "Lifecycle"] {
            assert_eq!(Origin::of_folder(name), None, "{name}");
        }
    }
}
