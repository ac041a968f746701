//! Taking a signed note for a tree.

use super::{CHECKPOINT, CHECKPOINTS, Directory, Records};
use crate::log::disk::replace;
use crate::log::note::Note;
use crate::log::reader::Tiles;
use crate::log::{Error, Origin, tree};
use crate::merkle::hex;

impl Directory {
    /// Makes this signed note the directory's checkpoint, and files it under its size.
    ///
    /// The note is checked against the records, not its signature: whoever reads the directory does that. Publishing the
    /// same note again completes what was cut off.
    ///
    /// # Errors
    ///
    /// The note is none, is of another tree, counts records that are not there or fewer than the newest checkpoint, or
    /// has another root; then nothing is written. The directory is damaged, somebody else is writing, or a file cannot be
    /// written.
    pub fn publish(&mut self, note: &str) -> Result<(), Error> {
        let note = Note::read(note).map_err(|why| Error::Refused(format!("this is no signed note: {why}")))?;
        let writer = self.writer()?;
        let checked = self.fits(&note);
        if checked.is_err() || self.head.as_ref() == Some(&note) {
            // Nothing was written, or all of it is there.
            self.writer = Some(writer);
            return checked;
        }
        let disk = self.disk.as_ref();
        writer.flush_smaller(disk, note.size)?;
        // The newest note is never missing where others are, so it goes first; the writer files it after a cut.
        replace(disk, CHECKPOINT, note.text().as_bytes())?;
        replace(disk, &format!("{CHECKPOINTS}/{}", note.size), note.text().as_bytes())?;
        self.head = Some(note);
        self.writer = Some(writer);
        Ok(())
    }

    /// Whether a note is of this tree and goes on from the newest checkpoint.
    fn fits(&self, note: &Note) -> Result<(), Error> {
        let refuse = |why: String| Err(Error::Refused(why));
        let origin: Origin = match note.origin.parse() {
            Ok(origin) => origin,
            Err(why) => return refuse(format!("the note's origin is {:?}: {why}", note.origin)),
        };
        let first = Records::new(self.disk(), 0, self.size.min(1)).next().transpose()?;
        if let Some(first) = first
            && (first.log != origin.log() || origin.epoch.is_some_and(|epoch| epoch != first.epoch))
        {
            let (log, epoch) = (first.log.name(), first.epoch);
            return refuse(format!("the note is for {origin}, and record 0 is of the {log} log in lease epoch {epoch}"));
        }
        if let Some(head) = &self.head {
            if note.origin != head.origin {
                return refuse(format!("the note is for {origin}, and this is {}", head.origin));
            }
            if note.size < head.size {
                return refuse(format!("the note counts {} records; the newest checkpoint counts {}", note.size, head.size));
            }
            if note.size == head.size && note.root == head.root && note != head {
                return refuse(format!("another note of the same {} records is there; it stays", note.size));
            }
        }
        if note.size > self.size {
            return refuse(format!("the note counts {} records, and {} are here; append the others first", note.size, self.size));
        }
        let root = tree::root(note.size, &mut Tiles::new(self.disk(), self.size))?;
        if root != note.root {
            let (size, signed) = (note.size, self.head.as_ref().map_or(0, |head| head.size));
            return refuse(format!(
                "the {size} records have root {}, and the note says {}: a record from {signed} on is not the one that was signed",
                hex(&root),
                hex(&note.root),
            ));
        }
        Ok(())
    }
}
