//! All reports of a run: one to standard output, the others into files, which are there as a whole or not at all.

use std::env;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::absolute;

use cqlint_project::NewFile;
use cqlint_report::{File, Format, Reporter, Summary, Trouble};

use crate::arguments::{Check, Look};
use crate::exit::Failure;
use crate::output::Output;
use crate::progress::{Beside, Progress};
use crate::terminal;

/// So much is written at once.
const BUFFER: usize = 1 << 16;

/// The reports that were asked for.
pub(crate) struct Outputs<'a>(Vec<Reporter<Sink<'a>>>);

/// Where a report goes.
enum Sink<'a> {
    Stdout(BufWriter<Beside<StdoutLock<'a>>>),
    File(BufWriter<NewFile>),
}

impl<'a> Outputs<'a> {
    /// Begins all reports. When each has a file, people still get the sums.
    ///
    /// # Errors
    /// Two go to the same place, or a file cannot be written.
    pub(crate) fn open(outputs: &[Output], look: Look, progress: &Progress) -> Result<Self, Failure> {
        refuse_shared_places(outputs)?;
        let sums = Output { format: Format::Summary, file: None };
        let is_needed = outputs.iter().all(|output| output.file.is_some());
        // Without a folder to be in there are no relative paths.
        let folder = env::current_dir().unwrap_or_default();
        let begin = |output: &Output| {
            let reporter = match &output.file {
                None => {
                    let out = BufWriter::with_capacity(BUFFER, progress.beside(io::stdout().lock()));
                    Reporter::new(output.format, terminal::style(look), Sink::Stdout(out))
                }
                Some(file) => {
                    let out = BufWriter::with_capacity(BUFFER, NewFile::create(file)?);
                    Reporter::new(output.format, terminal::FILE, Sink::File(out))
                }
            };
            Ok(reporter.in_folder(&folder))
        };
        outputs.iter().chain(is_needed.then_some(&sums)).map(begin).collect::<Result<_, Failure>>().map(Self)
    }

    pub(crate) fn file(&mut self, file: &File<'_>) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|report| report.file(file))
    }

    pub(crate) fn trouble(&mut self, trouble: &Trouble<'_>) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|report| report.trouble(trouble))
    }

    /// Ends all reports, whatever becomes of one of them; the files are there now.
    pub(crate) fn finish(self, summary: &Summary, arguments: &Check) -> Result<(), Failure> {
        let end = |report: Reporter<Sink<'_>>| {
            let sink =
                if arguments.quiet { report.finish_without_sums(summary) } else { report.finish(summary, arguments.statistics) };
            match sink? {
                Sink::Stdout(_) => Ok(()),
                Sink::File(file) => Ok(file.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?),
            }
        };
        let ends: Vec<_> = self.0.into_iter().map(end).collect();
        ends.into_iter().collect()
    }
}

/// Reports would be written across each other.
fn refuse_shared_places(outputs: &[Output]) -> Result<(), Failure> {
    let place = |output: &Output| output.file.as_deref().map(|file| absolute(file).unwrap_or_else(|_| file.to_path_buf()));
    for (at, one) in outputs.iter().enumerate() {
        let Some(other) = outputs.iter().take(at).find(|other| place(other) == place(one)) else { continue };
        let (first, second) = (other.format, one.format);
        return Err(match &one.file {
            None => Failure::Usage {
                message: format!("standard output takes one report, and `{first}` and `{second}` are asked for"),
                help: format!("give one of them a file, as in `--output {second}=FILE`"),
            },
            Some(file) => Failure::Usage {
                message: format!("{}: `{first}` and `{second}` cannot both be written there", file.display()),
                help: "give each report a file of its own".to_owned(),
            },
        });
    }
    Ok(())
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Stdout(out) => out.write(bytes),
            Sink::File(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Stdout(out) => out.flush(),
            Sink::File(out) => out.flush(),
        }
    }
}
