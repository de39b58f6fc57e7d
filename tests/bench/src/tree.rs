//! Folders of many files, made the same on every machine and kept below `target`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::{Result, kept, workload};

/// A folder of files.
#[derive(Clone, Debug)]
pub struct Tree {
    /// How the tables call it.
    pub name: &'static str,
    /// Where it is.
    pub folder: PathBuf,
    /// Number of files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Numbers that look random and are the same each time (splitmix64).
#[derive(Clone, Debug)]
pub struct Numbers(pub u64);

impl Numbers {
    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get((self.any() % of.len().max(1) as u64) as usize)
    }
}

/// `files` scripts of `statements` each, out of the workload.
///
/// # Errors
/// When they cannot be written.
pub fn scripts(name: &'static str, files: usize, statements: usize) -> Result<Tree> {
    let samples = workload::small()?;
    make(name, files, &["cql"], |numbers, text| {
        for _ in 0..statements {
            if let Some(sample) = numbers.pick(&samples) {
                text.push_str(sample.cql.trim_end_matches(';'));
                text.push_str(";\n");
            }
        }
        Ok(())
    })
}

/// `files` of other languages, with about `lines` lines each and no CQL.
///
/// # Errors
/// When they cannot be written.
pub fn without_cql(name: &'static str, files: usize, lines: usize) -> Result<Tree> {
    const WORDS: [&str; 16] = [
        "value", "result", "context", "length", "buffer", "index", "node", "state", "handler", "message", "count", "left", "right",
        "parse", "render", "config",
    ];
    make(name, files, &["java", "go", "rs", "py", "md", "json", "txt", "c"], |numbers, text| {
        for _ in 0..lines {
            let number = numbers.any();
            let mut word = || numbers.pick(&WORDS).copied().unwrap_or_default();
            writeln!(text, "    {} = {}({}, {}, {});", word(), word(), word(), number % 10_000, word())?;
        }
        Ok(())
    })
}

/// The sources of all crates that cargo keeps on this machine: programs, of which few speak with Cassandra. Nothing when there
/// are none.
pub fn programs(name: &'static str) -> Option<Tree> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let folder = home.join("registry/src");
    let entries = walkdir::WalkDir::new(&folder).into_iter().filter_map(std::result::Result::ok);
    let sizes: Vec<u64> =
        entries.filter(|entry| entry.file_type().is_file()).filter_map(|entry| Some(entry.metadata().ok()?.len())).collect();
    (!sizes.is_empty()).then(|| Tree { name, folder, files: sizes.len(), bytes: sizes.iter().sum() })
}

fn make(name: &'static str, files: usize, endings: &[&str], fill: impl Fn(&mut Numbers, &mut String) -> Result) -> Result<Tree> {
    const FILES_A_FOLDER: usize = 200;
    let folder = kept(name)?;
    // Beside the folder, since the folder is read as a whole. Half a tree has no such file.
    let complete = folder.with_extension("complete");
    let known = fs::read_to_string(&complete).ok().and_then(|bytes| bytes.trim().parse().ok());
    if let Some(bytes) = known {
        return Ok(Tree { name, folder, files, bytes });
    }
    let mut numbers = Numbers(files as u64);
    let mut bytes = 0;
    let mut text = String::new();
    for file in 0..files {
        let inside = folder.join(format!("part{:03}", file / FILES_A_FOLDER));
        if file.is_multiple_of(FILES_A_FOLDER) {
            fs::create_dir_all(&inside)?;
        }
        text.clear();
        fill(&mut numbers, &mut text)?;
        let ending = endings.get(file % endings.len().max(1)).copied().unwrap_or("txt");
        fs::write(inside.join(format!("file{file:05}.{ending}")), &text)?;
        bytes += text.len() as u64;
    }
    fs::write(complete, bytes.to_string())?;
    Ok(Tree { name, folder, files, bytes })
}
