//! Errors of the boundary, each with a stable number above every rule's.

use strongroom_core::{Rule, wire};

/// STRONGROOM_OK (0), or one of STRONGROOM_ERROR_* (1000 and up).
pub type StatusCode = u16;

/// Everything went well.
pub(crate) const OK: StatusCode = 0;

macro_rules! errors {
    ($($code:literal $name:ident $text:literal;)*) => {
        /// Why a function did nothing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub enum Error {
            $(#[doc = $text] $name = $code,)*
        }

        impl Error {
            /// Every error, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name, as the header's constant has it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// What it says, as a sentence without its final stop.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

errors! {
    1000 Null "a pointer is NULL";
    1001 Alignment "a pointer is not aligned for its type";
    1002 StorageSize "the storage is smaller than its type";
    1003 StorageNotZeroed "the storage was not zeroed before its first use";
    1004 AlreadyInitialized "the storage is in use already";
    1005 NotInitialized "the storage was not initialized";
    1006 Interrupted "another call is under way, or did not come back: then only deinit is left";
    1007 Panic "the library panicked; please report it";
    1008 AbiVersion "the program was built with a header of another ABI version";
    1009 Value "a value is none of its type's";
    1010 FrameTooLong "the frame is longer than STRONGROOM_MAX_FRAME bytes";
    1011 FrameBroken "the frame is cut or not COBS";
    1012 FrameChecksum "the frame's checksum differs";
    1013 FrameVersion "the frame is of another version";
    1014 FrameMalformed "the frame holds no message of this version";
    1015 FrameKind "the frame holds another kind of message";
    1016 BufferSize "the buffer is too small";
    1020 PolicyUnknown "there is no such preset of the policy";
    1021 VerbUnknown "there is no such verb";
    1030 LogUnknown "the log is neither STRONGROOM_LOG_TENANT nor STRONGROOM_LOG_LIFECYCLE";
    1031 OutOfRange "there is no such record, request or entry";
    1040 NotMounted "the engine is kept nowhere; make it with strongroom_engine_mount";
    1041 Closed "the engine is closed: its medium failed before, or holds what cannot be read";
    1042 NotStored "the medium failed, and the step has not happened";
    1043 DoneNotStored "the medium failed, and the step has happened all the same";
    1044 Medium "a function of the medium's failed";
    1045 Layout "capacity or erase size of the medium do not fit";
    1046 NoRoom "the state takes more bytes than the medium has for it";
    1047 NotErased "what was erased on the medium reads back as something else";
    1048 NotWritten "what was written on the medium reads back as something else";
    1050 SignerFailed "the signer did not sign";
    1051 NoteMalformed "the text is no checkpoint";
    1052 NoteOther "the checkpoint is signed by another key";
    1053 NoteForged "the checkpoint's signature is wrong";
    1054 RecordMalformed "the bytes are no record of this version";
    1055 RecordOrder "the record is not the next one of this log";
}

const _: () = {
    let mut rules = Rule::ALL;
    while let [rule, later @ ..] = rules {
        assert!(rule.code() < Error::Null as u16, "an error's number is never a rule's");
        rules = later;
    }
};

impl From<wire::Error> for Error {
    fn from(error: wire::Error) -> Self {
        match error {
            wire::Error::TooLong => Self::FrameTooLong,
            wire::Error::Broken => Self::FrameBroken,
            wire::Error::Checksum => Self::FrameChecksum,
            wire::Error::Version(_) => Self::FrameVersion,
            wire::Error::Malformed => Self::FrameMalformed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Failed;
    use strongroom_core::checkpoint::Unverified;
    use strongroom_core::journal::{self, Fault};

    #[test]
    fn an_error_of_the_core_has_its_own_number_here() {
        for error in
            [wire::Error::TooLong, wire::Error::Broken, wire::Error::Checksum, wire::Error::Version(9), wire::Error::Malformed]
        {
            assert_eq!(error.code(), Error::from(error) as u16);
        }
        let faults = [
            (Fault::Medium(Failed::of(1)), Error::Medium),
            (Fault::Earlier, Error::Medium),
            (Fault::Layout, Error::Layout),
            (Fault::NoRoom { needed: 2, has: 1 }, Error::NoRoom),
            (Fault::Unencodable, Error::NoRoom),
            (Fault::NotErased { at: 1 }, Error::NotErased),
            (Fault::NotWritten { at: 1 }, Error::NotWritten),
        ];
        for (fault, error) in faults {
            assert_eq!((fault.code(), Error::from(fault)), (error as u16, error));
        }
        assert_eq!(journal::Error::<Failed>::Closed.code(), Error::Closed as u16);
        assert_eq!(journal::Error::NotStored(Fault::<Failed>::Layout).code(), Error::NotStored as u16);
        assert_eq!(Unverified::Malformed.code(), Error::NoteMalformed as u16);
        assert_eq!(Unverified::OtherKey.code(), Error::NoteOther as u16);
        assert_eq!(Unverified::Forged.code(), Error::NoteForged as u16);
    }
}
