//! The whole: logs made, verified by processes of their own so that each has its own peak of memory, and removed.

use super::{Error, Hashed, Verified, hashes, make};
use crate::number::{grouped, mebibytes};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where the logs are made, each in a folder of its own, which is removed in the end.
    pub folder: PathBuf,
    /// The lengths of the logs, in records.
    pub lengths: Vec<u32>,
    /// The numbers of threads that each is verified on.
    pub threads: Vec<NonZeroUsize>,
    /// How often; the run that was least disturbed counts.
    pub runs: u32,
}

/// A log that goes when this does, however it ends.
struct Made(PathBuf);

impl Drop for Made {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}; remove it yourself", self.0.display());
        }
    }
}

/// Makes, verifies and removes logs, and prints a table.
///
/// # Errors
///
/// A log cannot be written or read, or is found not to be as it was signed.
pub fn run(plan: &Plan) -> Result<(), Error> {
    println!("| Log | | Seconds | Records a second | Beside the hashes alone | Peak memory |");
    println!("|---|---|--:|--:|--:|--:|");
    for length in &plan.lengths {
        let folder = plan.folder.join(format!("strongroom-scale-{}-{length}", std::process::id()));
        // Before it is made: half a log goes too.
        let made = Made(folder.clone());
        make(&folder, *length)?;
        let log = format!("{} records", grouped((*length).into()));
        // In turns, so that whatever else the machine does disturbs all of them alike.
        let (mut alone, mut verified): (Option<Hashed>, Vec<Option<Verified>>) = (None, vec![None; plan.threads.len()]);
        for _ in 0..plan.runs.max(1) {
            let again = hashes(&folder)?;
            alone = Some(alone.filter(|best| best.time <= again.time).unwrap_or(again));
            for (best, threads) in verified.iter_mut().zip(&plan.threads) {
                let again = in_a_process(&folder, *threads)?;
                if again.records != *length {
                    return Err(format!("{} records were verified, and {length} were written", again.records).into());
                }
                *best = Some(best.take().filter(|best| best.time <= again.time).unwrap_or(again));
            }
        }
        let alone = alone.ok_or("nothing was hashed")?;
        let what = format!("its {} leaf and node messages with sha2, one after another", grouped(alone.messages));
        row(&log, &what, alone.time, *length, alone.time, None);
        for (verified, threads) in verified.into_iter().flatten().zip(&plan.threads) {
            let what =
                if threads.get() == 1 { "verified on 1 thread".to_owned() } else { format!("verified on {threads} threads") };
            row(&log, &what, verified.time, *length, alone.time, Some(verified.peak));
        }
        drop(made);
    }
    Ok(())
}

fn row(log: &str, what: &str, time: Duration, records: u32, alone: Duration, peak: Option<Option<u64>>) {
    let seconds = time.as_secs_f64();
    let each = grouped((f64::from(records) / seconds) as u64);
    let ratio = seconds / alone.as_secs_f64();
    let peak = peak.map_or_else(|| "–".to_owned(), mebibytes);
    println!("| {log} | {what} | {seconds:.2} | {each} | {ratio:.2} | {peak} |");
}

/// Verifies in a process that has done nothing else.
fn in_a_process(folder: &Path, threads: NonZeroUsize) -> Result<Verified, Error> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("verify").arg(folder).arg(threads.to_string()).stderr(Stdio::inherit());
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{command:?} ended with {}", output.status).into());
    }
    let text = String::from_utf8(output.stdout)?;
    Verified::read(text.trim()).ok_or_else(|| format!("{command:?} said {text:?}").into())
}

impl Verified {
    /// What [`read`](Self::read) reads: records, nanoseconds, and KiB where they are known.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} {} {}", self.records, self.time.as_nanos(), self.peak.unwrap_or(0))
    }

    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(|number| number.parse::<u64>().ok());
        let (records, nanoseconds, peak) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let time = Duration::from_nanos(nanoseconds);
        Some(Self { records: u32::try_from(records).ok()?, time, peak: Some(peak).filter(|peak| *peak > 0) })
    }
}
