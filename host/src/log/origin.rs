//! The name of a tree: the first line of its checkpoints.

use std::fmt;
use std::str::FromStr;
use strongroom_core::LogName;

/// Which log of which device a tree is, and for a tenant log of which lease: each lease has its own tree (D-22).
///
/// Written `strongroom/<serial>/lifecycle` or `strongroom/<serial>/tenant/<epoch>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The device's serial number, with `%XX` for everything but letters, digits, point, underscore and hyphen.
    pub serial: String,
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

    /// The name of this tree's directory in a log folder: `lifecycle` or `tenant-<epoch>`.
    #[must_use]
    pub fn folder(&self) -> String {
        self.epoch.map_or_else(|| "lifecycle".to_owned(), |epoch| format!("tenant-{epoch}"))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "strongroom/{}/", self.serial)?;
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
        let origin = match parts.as_slice() {
            ["strongroom", serial, "lifecycle"] => Self { serial: (*serial).to_owned(), epoch: None },
            ["strongroom", serial, "tenant", epoch] => {
                Self { serial: (*serial).to_owned(), epoch: Some(epoch.parse().map_err(|_| NotAnOrigin)?) }
            }
            _ => return Err(NotAnOrigin),
        };
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
        ] {
            let origin: Origin = text.parse().unwrap();
            assert_eq!((origin.to_string().as_str(), origin.folder().as_str()), (text, folder));
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
            "example.com/7/lifecycle",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NotAnOrigin), "{text}");
        }
    }
}
