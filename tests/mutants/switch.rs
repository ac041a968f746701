
/// Which mutant is on, for this process.
#[doc(hidden)]
#[allow(missing_docs, clippy::all, reason = "nothing but tests is built of this")]
pub mod mutant {
    extern crate std;
    use std::io::Write;
    use std::string::String;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

    const UNREAD: u32 = u32::MAX;
    const NONE: u32 = u32::MAX - 1;
    static ON: AtomicU32 = AtomicU32::new(UNREAD);
    static COVER: OnceLock<Option<String>> = OnceLock::new();
    static SEEN: [AtomicBool; 16384] = [const { AtomicBool::new(false) }; 16384];

    #[inline]
    pub fn on(number: u32) -> bool {
        let on = ON.load(Relaxed);
        on == number || (on >= NONE && ask(number, on))
    }

    #[cold]
    fn ask(number: u32, mut on: u32) -> bool {
        if on == UNREAD {
            on = std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(NONE);
            ON.store(on, Relaxed);
        }
        if on == NONE && !SEEN[number as usize].swap(true, Relaxed) {
            cover(number);
        }
        on == number
    }

    /// Each mutant that is met is a line of the file that `MUTANT_COVER` names.
    fn cover(number: u32) {
        if let Some(path) = COVER.get_or_init(|| std::env::var("MUTANT_COVER").ok())
            && let Ok(mut file) = std::fs::OpenOptions::new().append(true).create(true).open(path)
        {
            let _ = writeln!(file, "{number}");
        }
    }
}
