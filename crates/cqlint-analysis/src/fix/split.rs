//! A batch without those of its members that cost it the mark.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::{Span, TokenKind};

use super::{Edit, Fix, Safety};
use crate::inspection::Inspection;

/// Makes statements of their own, behind the batch, of these members. What was applied as a whole no longer is: so this is unsafe.
///
/// Comments stay; those on the lines right above a member go with it.
pub(crate) fn out(inspection: &Inspection<'_>, members: impl IntoIterator<Item = Span>) -> Fix {
    let end = if inspection.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits: Vec<Edit> = Vec::new();
    let mut moved = String::new();
    for member in members {
        let part = Part::new(inspection, member);
        moved.push_str(&format!(";{end}"));
        part.comments(inspection).for_each(|line| moved.push_str(&format!("{line}{end}")));
        moved.push_str(inspection.text_of(member));
        match edits.last_mut() {
            // Edits must not touch.
            Some(last) if last.span.end == part.taken.start => last.span.end = part.taken.end,
            _ => edits.push(Edit { span: part.taken, text: String::new() }),
        }
    }
    let behind = inspection.span.end;
    edits.push(Edit { span: Span::new(behind, behind), text: moved });
    Fix { message: String::from("execute it by itself, behind the batch"), edits, safety: Safety::Unsafe }
}

/// A member on its way out.
struct Part {
    /// What is taken out: whole lines, when nothing else stands on them.
    taken: Span,
    member: Span,
}

impl Part {
    fn new(inspection: &Inspection<'_>, member: Span) -> Self {
        let text = inspection.text;
        let semicolon = inspection.token_behind(member).filter(|token| token.kind == TokenKind::Semicolon);
        let end = semicolon.map_or(member.end, |token| token.span.end);
        let (before, behind) = (Span::new(0, member.start).text(text), Span::new(end, text.len() as u32).text(text));
        let start = before.trim_end_matches([' ', '\t']).len() as u32;
        let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let rest = behind.get(blank..).unwrap_or_default();
        let line_end = ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end));
        match line_end {
            Some(line_end) if before.get(..start as usize).is_some_and(|before| before.ends_with('\n')) => {
                let start = above(inspection, Span::new(start, member.start));
                Self { taken: Span::new(start, end + (blank + line_end.len()) as u32), member }
            }
            Some(_) | None => Self { taken: Span::new(member.start, end + blank as u32), member },
        }
    }

    /// The comments that go with it.
    fn comments<'a>(&self, inspection: &Inspection<'a>) -> impl Iterator<Item = &'a str> {
        let above = Span::new(self.taken.start, self.member.start.max(self.taken.start)).text(inspection.text);
        above.lines().map(str::trim).filter(|line| !line.is_empty())
    }
}

/// Where the comments begin that stand on lines of their own right above this one.
fn above(inspection: &Inspection<'_>, line: Span) -> u32 {
    let number = inspection.tokens.partition_point(|token| token.span.start < line.end);
    let from = number.checked_sub(1).and_then(|at| inspection.tokens.get(at)).map_or(line.start, |token| token.span.end);
    let gap = Span::new(from, line.start).text(inspection.text);
    if gap.contains("/*") {
        return line.start;
    }
    // The first line holds the token before.
    let lines = gap.split_inclusive('\n').skip(1).collect::<Vec<_>>();
    let is_comment = |line: &&&str| ["--", "//"].iter().any(|sign| line.trim_start().starts_with(sign));
    let comments = lines.iter().rev().take_while(is_comment).map(|line| line.len()).sum::<usize>();
    line.start - comments as u32
}
