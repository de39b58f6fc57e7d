//! Comments that allow what is found: each finding gets one as its fix, and is then mended like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cqlint_analysis::syntax::{Lexer, Span, comments};
use cqlint_analysis::{Diagnostic, Edit, Fix, Level, Safety, Suppressions};

use crate::HostReader;

/// Which findings are to be allowed by comments, and why.
#[derive(Clone)]
pub struct Allowing {
    /// What the comments say behind the names of the rules.
    pub reason: String,
    /// The least loud findings that get a comment.
    pub least: Level,
    /// Who knows what a comment is in programs.
    pub hosts: &'static dyn HostReader,
}

/// Where a rule can be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Behind the last name in a comment that is there already.
    Named(u32),
    /// On a line of its own before the line that begins here.
    Above(u32),
    /// At the end of the line, which is here.
    Behind(u32),
}

/// The text that the findings are in.
pub(crate) struct Host<'t> {
    pub(crate) text: &'t str,
    /// Its path when it is a program, else it is CQL.
    pub(crate) program: Option<&'t Path>,
    pub(crate) suppressions: &'t Suppressions<'t>,
}

impl Allowing {
    /// Makes the comment that allows it the fix of each finding, and takes the other fixes away. A finding beside which no comment
    /// can stand has none then. What is wrong with comments is not allowed by comments.
    pub(crate) fn plan(&self, host: &Host<'_>, findings: &mut [Diagnostic]) {
        findings.iter_mut().for_each(|finding| finding.fix = None);
        let wanted = |finding: &Diagnostic| finding.level >= self.least && finding.rule.group != "suppressions";
        let mut open: Vec<(usize, Vec<Place>)> = (0..)
            .zip(findings.iter())
            .filter(|(_, finding)| wanted(finding))
            .map(|(number, finding)| (number, host.places(finding)))
            .collect();
        let mut chosen: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
        while !open.is_empty() {
            let mut next: BTreeMap<Place, Vec<(usize, Vec<Place>)>> = BTreeMap::new();
            for (number, mut places) in open.drain(..).filter(|(_, places)| !places.is_empty()) {
                next.entry(places.remove(0)).or_default().push((number, places));
            }
            let inserts: Vec<_> = next.keys().map(|place| self.insert(host, *place, &["x"])).collect();
            for ((place, members), is_safe) in next.into_iter().zip(self.safe(host, &inserts)) {
                if is_safe {
                    chosen.entry(place).or_default().extend(members.iter().map(|(number, _)| *number));
                } else {
                    open.extend(members);
                }
            }
        }
        let mut plan = Vec::new();
        for (place, numbers) in &chosen {
            let rules: BTreeSet<_> =
                numbers.iter().filter_map(|number| findings.get(*number)).map(|finding| finding.rule.name).collect();
            plan.push(self.insert(host, *place, &rules.into_iter().collect::<Vec<_>>()));
        }
        // Each was tried; if not even so they go together, the file stays as it is.
        if !self.is_safe(host, &plan) {
            return;
        }
        for (insert, numbers) in plan.into_iter().zip(chosen.values()) {
            let edits = vec![Edit { span: Span::new(insert.at, insert.at), text: insert.text }];
            for number in numbers {
                if let Some(finding) = findings.get_mut(*number) {
                    finding.fix = Some(Fix { message: "allow it".to_owned(), edits: edits.clone(), safety: Safety::Safe });
                }
            }
        }
    }

    /// The comment that allows a rule in the whole file: on its first line, or behind that where it has to be the first.
    pub(crate) fn in_file(&self, host: &Host<'_>, rule: &str) -> Option<Fix> {
        let comment = format!("{} cqlint: allow-file {rule}: {}", self.sign(host), self.reason);
        let (first, end) = host.line_around(0);
        let behind = host.text.get(end as usize..).and_then(|rest| rest.find('\n')).map(|at| end + at as u32 + 1);
        let insert = |at: u32| Insert { at, text: format!("{comment}{}", host.line_end()), comment: Some((0, comment.len())) };
        let is_first = ["#!", "<?"].iter().any(|sign| host.line(first).starts_with(sign));
        let places = [Some(first).filter(|_| !is_first), behind];
        let insert = places.into_iter().flatten().map(insert).find(|insert| self.is_safe(host, std::slice::from_ref(insert)))?;
        let edits = vec![Edit { span: Span::new(insert.at, insert.at), text: insert.text }];
        Some(Fix { message: "allow it in this file".to_owned(), edits, safety: Safety::Safe })
    }

    fn insert(&self, host: &Host<'_>, place: Place, rules: &[&str]) -> Insert {
        let rules = rules.join(", ");
        let comment = format!("{} cqlint: allow {rules}: {}", self.sign(host), self.reason);
        match place {
            Place::Named(at) => Insert { at, text: format!(", {rules}"), comment: None },
            Place::Behind(at) => Insert { at, comment: Some((1, comment.len())), text: format!(" {comment}") },
            Place::Above(at) => {
                let line = host.line(at);
                let indent = &line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
                let comment_at = Some((indent.len(), comment.len()));
                Insert { at, text: format!("{indent}{comment}{}", host.line_end()), comment: comment_at }
            }
        }
    }

    fn sign(&self, host: &Host<'_>) -> &'static str {
        host.program.and_then(|path| self.hosts.comment(path)).unwrap_or("--")
    }

    /// Which of them can be written. All when they can together, else what can be of each half.
    fn safe(&self, host: &Host<'_>, inserts: &[Insert]) -> Vec<bool> {
        let is_safe = self.is_safe(host, inserts);
        if is_safe || inserts.len() < 2 {
            return vec![is_safe; inserts.len()];
        }
        let (first, last) = inserts.split_at(inserts.len() / 2);
        [self.safe(host, first), self.safe(host, last)].concat()
    }

    /// Whether nothing but comments comes into the text.
    fn is_safe(&self, host: &Host<'_>, inserts: &[Insert]) -> bool {
        let (new, added) = written(host.text, inserts);
        match host.program {
            Some(path) => self.hosts.adds_only_comments(path, host.text, &new, &added),
            None => {
                let found: BTreeSet<Span> = comments(&new).collect();
                added.iter().all(|comment| found.contains(comment)) && tokens(host.text).eq(tokens(&new))
            }
        }
    }
}

impl Host<'_> {
    /// Where the finding can be allowed, the best place first.
    fn places(&self, finding: &Diagnostic) -> Vec<Place> {
        if let Some(at) = self.suppressions.room_for(finding) {
            return vec![Place::Named(at)];
        }
        let (own, end) = self.line_around(finding.span.start);
        let lines = match finding.subject {
            None => vec![own],
            Some(subject) if self.program.is_some() => {
                let (home, statement) = (self.line_around(subject.home.start).0, self.line_around(subject.span.start).0);
                // What is found at a call, or in a constant of elsewhere, is allowed there.
                let is_home = subject.home.touches(finding.span.start);
                if is_home { vec![home, statement, own] } else { vec![own, home, statement] }
            }
            Some(subject) => {
                let first = self.line_around(subject.span.start).0;
                // On the line where another statement ends, only that one would be meant.
                let is_alone = Span::new(first, subject.span.start).text(self.text).trim().is_empty();
                let inside = Some(own).filter(|own| *own > subject.span.start);
                Some(first).filter(|_| is_alone).into_iter().chain(inside).collect()
            }
        };
        let mut places: Vec<Place> = lines
            .into_iter()
            .map(|start| self.above_directives(start))
            .filter(|start| !self.is_continued(*start))
            .map(Place::Above)
            .collect();
        places.dedup();
        places.push(Place::Behind(end));
        places
    }

    /// Some comments are about the line right below them, and stay there.
    fn above_directives(&self, start: u32) -> u32 {
        let Some(before) = start.checked_sub(1) else { return start };
        let (above, _) = self.line_around(before);
        let is_directive = above < start && ["next-line", "nextline"].iter().any(|word| self.line(above).contains(word));
        if is_directive { self.above_directives(above) } else { start }
    }

    /// Whether the line that begins here is the rest of the one before, in which nothing may come between.
    fn is_continued(&self, start: u32) -> bool {
        Span::new(0, start).text(self.text).trim_end_matches(['\r', '\n']).ends_with('\\')
    }

    /// Where the line with this byte begins, behind a byte order mark, and where it ends, before what ends it.
    fn line_around(&self, at: u32) -> (u32, u32) {
        let (before, behind) = self.text.split_at_checked(at as usize).unwrap_or((self.text, ""));
        let mark = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
        let start = before.rfind('\n').map_or(mark, |end| end + 1);
        let length = behind
            .find('\n')
            .map_or(behind.len(), |end| end - usize::from(behind.get(..end).is_some_and(|line| line.ends_with('\r'))));
        (start as u32, at + length as u32)
    }

    fn line(&self, start: u32) -> &str {
        Span::new(start, self.line_around(start).1).text(self.text)
    }

    /// What ends the lines of the text.
    fn line_end(&self) -> &'static str {
        let first = self.text.split_once('\n').map_or("", |(line, _)| line);
        if first.ends_with('\r') { "\r\n" } else { "\n" }
    }
}

/// What is to be written, and where.
struct Insert {
    at: u32,
    text: String,
    /// Where the comment begins in it, and how long it is; nothing when it continues one.
    comment: Option<(usize, usize)>,
}

/// The text with what is put in, by place, and where the new comments are.
fn written(text: &str, inserts: &[Insert]) -> (String, Vec<Span>) {
    let mut inserts: Vec<_> = inserts.iter().collect();
    inserts.sort_by_key(|insert| insert.at);
    let (mut out, mut added, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    for insert in inserts {
        out.push_str(text.get(at..insert.at as usize).unwrap_or_default());
        at = insert.at as usize;
        added.extend(
            insert.comment.map(|(start, length)| Span::new((out.len() + start) as u32, (out.len() + start + length) as u32)),
        );
        out.push_str(&insert.text);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, added)
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    Lexer::new(text).map(|token| token.span.text(text))
}
