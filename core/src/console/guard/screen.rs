//! The line that the device is printing, and the prompt it may be.

/// The longest prompt, in bytes.
const CAPACITY: usize = 96;

/// What the device waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prompt {
    Login,
    Password,
    Shell,
    /// `proceed` or `quit`.
    Question,
    /// Nothing, after a line that asks for `proceed`: so the `recover` account asks.
    Silence,
}

/// What a `>` on a line of its own asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    Confirmation,
    Password,
}

#[derive(Debug, Clone)]
#[repr(C)]
pub(super) struct Screen {
    length: usize,
    /// Holds what no prompt has: control bytes, another alphabet, too much text.
    garbled: bool,
    /// A CR came after text: what follows on this line is printed over something.
    returned: bool,
    /// Something was printed since the last [`settle`](Self::settle).
    printed: bool,
    asked: Asked,
    bytes: [u8; CAPACITY],
}

impl Screen {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0, garbled: false, returned: false, printed: false, asked: Asked::Nothing }
    }

    pub(super) fn push(&mut self, byte: u8) {
        self.printed = true;
        match byte {
            b'\n' => {
                self.listen();
                self.length = 0;
                self.garbled = false;
                self.returned = false;
            }
            b'\r' => self.returned = self.length > 0,
            b' '..=b'~' => match self.bytes.get_mut(self.length) {
                Some(place) => {
                    *place = byte;
                    self.length = self.length.saturating_add(1);
                }
                None => self.garbled = true,
            },
            _ => self.garbled = true,
        }
    }

    pub(super) fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// An answer was sent: what was asked before is over.
    pub(super) fn answered(&mut self) {
        self.asked = Asked::Nothing;
    }

    /// The prompt at the end of what was printed, told once.
    #[inline(never)]
    pub(super) fn settle(&mut self) -> Option<Prompt> {
        let printed = core::mem::replace(&mut self.printed, false);
        if !printed || self.garbled || self.returned {
            return None;
        }
        let text = self.text().trim_ascii_end();
        if is_shell(text) {
            Some(Prompt::Shell)
        } else if is_login(text) {
            Some(Prompt::Login)
        } else if has_end(text, b"password:") {
            Some(Prompt::Password)
        } else {
            self.question(text)
        }
    }

    /// `>` alone on its line, after one that says what is asked; or both on one line.
    fn question(&self, text: &[u8]) -> Option<Prompt> {
        let Some((last, before)) = text.split_last() else {
            return (self.asked == Asked::Confirmation).then_some(Prompt::Silence);
        };
        if *last != b'>' {
            return None;
        }
        let asked = if before.iter().all(is_blank) { self.asked } else { Asked::of(before) };
        match asked {
            Asked::Nothing => None,
            Asked::Confirmation => Some(Prompt::Question),
            Asked::Password => Some(Prompt::Password),
        }
    }

    /// A complete line may say what the next `>` asks for.
    fn listen(&mut self) {
        let asked = Asked::of(self.text());
        if asked != Asked::Nothing {
            self.asked = asked;
        }
    }
}

impl Asked {
    fn of(text: &[u8]) -> Self {
        let has = |word: &[u8]| text.windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word));
        if has(b"'proceed'") {
            Self::Confirmation
        } else if has(b"password") {
            Self::Password
        } else {
            Self::Nothing
        }
    }
}

/// `lunash:>`, `[10g2] lunash:>`, and nothing before it.
fn is_shell(text: &[u8]) -> bool {
    let shell = match text.split_first() {
        Some((b'[', host)) => {
            let end = host.iter().position(|byte| *byte == b']').unwrap_or(host.len());
            host.get(end.saturating_add(1)..).unwrap_or_default().trim_ascii_start()
        }
        _ => text,
    };
    shell == b"lunash:>"
}

/// `login:`, `myluna login:`, `[myluna] ttyS0 login:`; not the beginning of `Last login: Wed Mar 1`.
fn is_login(text: &[u8]) -> bool {
    let mut words = text.rsplit(is_blank);
    words.next() == Some(b"login:") && words.clone().all(|word| !word.is_empty() && word != b"Last") && words.count() <= 2
}

fn has_end(text: &[u8], end: &[u8]) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

fn is_blank(byte: &u8) -> bool {
    *byte == b' '
}
