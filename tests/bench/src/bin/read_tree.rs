//! Walks a folder and reads every byte with two threads: what no tool that looks into files can beat by much. With `--verbs` it
//! also looks for each verb of CQL, as a tool must that finds CQL in programs.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

const THREADS: usize = 2;

const VERBS: [&str; 9] = ["select", "insert", "update", "delete", "begin", "create", "alter", "drop", "truncate"];

fn main() -> cqlint_bench::Result {
    let folder = std::env::args_os().skip(1).find(|argument| argument != "--verbs").ok_or("which folder?")?;
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files: Vec<PathBuf> = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect();
    let looks = std::env::args_os().any(|argument| argument == "--verbs");
    let verbs = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(VERBS)?;
    let next = AtomicUsize::new(0);
    let found = AtomicUsize::new(0);
    let work = || {
        let mut buffer = Vec::new();
        let mut bytes = 0;
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            buffer.clear();
            if let Ok(read) = File::open(path).and_then(|mut file| file.read_to_end(&mut buffer)) {
                bytes += read;
                if looks {
                    found.fetch_add(verbs.find_iter(&buffer).count(), Ordering::Relaxed);
                }
            }
        }
        bytes
    };
    let bytes: usize = thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).sum()
    });
    cqlint_bench::say(format!("{} files, {bytes} bytes, {} verbs", files.len(), found.into_inner()));
    Ok(())
}
