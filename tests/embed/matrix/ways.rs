//! Five ways of embedding CQL. Each writes a source and notes where in it every byte of the CQL stands.

use std::ops::Range;

use cqlint_analysis::syntax::Span;

use super::hosts::{Format, Host, Literal};

/// The name of a constant or a local that holds a part of the statement.
const PART: &str = "PART";
/// The name of a constant that holds the keyspace, and what it holds.
const KEYSPACE: (&str, &str) = ("KEYSPACE", "shop");

/// A source, and where in it the CQL stands.
pub(super) struct Written {
    /// How it was written, for people.
    pub(super) way: &'static str,
    pub(super) source: String,
    /// The CQL, as its lines are broken there.
    pub(super) cql: String,
    /// Whether the whole statement stands in the source.
    pub(super) is_complete: bool,
    /// For each byte of the CQL.
    places: Vec<Place>,
    /// The expression that makes the statement.
    home: Range<usize>,
}

/// Where a byte of the CQL stands. All bytes of a letter stand where the letter does, in whatever way it is written.
#[derive(Clone, Default)]
struct Place {
    letter: Range<usize>,
    /// The literal around it.
    literal: Range<usize>,
}

impl Written {
    /// What is underlined for a span of the CQL: all that stands between its ends, when both stand in the expression. What
    /// begins or goes on in a constant that stands elsewhere is underlined up to the end of the literal in which it begins.
    pub(super) fn underlined(&self, span: Span) -> &str {
        let places = &self.places[span.range()];
        let (first, last) = (&places[0], &places[places.len() - 1]);
        let is_home = |place: &Place| self.home.start <= place.letter.start && place.letter.end <= self.home.end;
        let stands_with_first = |place: &&Place| is_home(first) && is_home(last) || place.literal == first.literal;
        let end = places.iter().take_while(stands_with_first).last().unwrap_or(first).letter.end;
        &self.source[first.letter.start..end]
    }
}

/// The sources with a statement whose hazards stand at these places.
pub(super) fn all(host: &Host, cql: &str, hazards: &[Span]) -> Vec<Written> {
    let mut all: Vec<_> = host.literals.iter().map(|literal| plain(host, cql, literal)).collect();
    all.extend(host.raw.iter().map(|literal| raw(host, cql, literal)));
    all.push(concatenation(host, cql, hazards));
    all.extend(constants(host, cql, hazards));
    all.extend(host.formats.iter().flat_map(|format| [known_name(host, cql, format), unknown_name(host, cql, format)]));
    all
}

/// A literal as an argument.
fn plain(host: &Host, cql: &str, literal: &Literal) -> Written {
    write("a literal", host, cql, Definition::None, |writer| writer.literal(literal, 0..cql.len()))
}

/// A literal of several lines, also for a statement of one: its clauses stand below each other, as people write them.
fn raw(host: &Host, cql: &str, literal: &Literal) -> Written {
    let below = |cql: String, clause: &str| cql.replace(&format!(" {clause} "), &format!("\n{clause} "));
    let lines = ["SET", "VALUES", "WHERE"].into_iter().fold(cql.to_owned(), below);
    Written { way: "a literal of several lines", ..plain(host, &lines, literal) }
}

/// Pieces that break all hazards and the rest of the statement, in all literals of the language by turns.
fn concatenation(host: &Host, cql: &str, hazards: &[Span]) -> Written {
    let mut cuts = vec![0, cql.len()];
    cuts.extend(thirds(cql, 0..cql.len()));
    cuts.extend(hazards.iter().flat_map(|hazard| thirds(cql, hazard.range())));
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).map(|cut| cut[0]..cut[1]).zip(host.literals.iter().cycle());
    let operands: Vec<_> = pieces.map(|(part, literal)| Operand::Piece(part, literal)).collect();
    write("a concatenation", host, cql, Definition::None, |writer| writer.join(&host.concatenation, &operands))
}

/// A constant or a local is the beginning of the statement, its middle or its end. The first hazard is broken.
fn constants(host: &Host, cql: &str, hazards: &[Span]) -> Vec<Written> {
    let broken = hazards.iter().map(|hazard| hazard.range()).find(|hazard| hazard.len() > 2);
    let [first, second] = thirds(cql, broken.unwrap_or(0..cql.len()));
    let piece = |part| Operand::Piece(part, &host.literals[0]);
    let sums = [
        (0..first, vec![Operand::Name, piece(first..cql.len())]),
        (first..second, vec![piece(0..first), Operand::Name, piece(second..cql.len())]),
        (first..cql.len(), vec![piece(0..first), Operand::Name]),
    ];
    let both = |(part, operands): (Range<usize>, Vec<Operand<'_>>)| {
        let constant = Definition::Constant(PART, part.clone());
        let local = Definition::Local(PART, part);
        [("a constant", constant), ("a local", local)]
            .map(|(way, definition)| write(way, host, cql, definition, |writer| writer.join(&host.sum, &operands)))
    };
    sums.into_iter().flat_map(both).collect()
}

/// A format whose keyspace is a constant.
fn known_name(host: &Host, cql: &str, format: &Format) -> Written {
    let (name, _) = KEYSPACE;
    let keyspace = keyspace(cql);
    let definition = Definition::Constant(name, keyspace.clone());
    write("a format", host, cql, definition, |writer| {
        writer.format(format, keyspace);
    })
}

/// The same without the constant.
fn unknown_name(host: &Host, cql: &str, format: &Format) -> Written {
    let written = write("a format with an unknown name", host, cql, Definition::None, |writer| {
        let hole = writer.format(format, keyspace(cql));
        writer.note(keyspace(cql), Place { letter: hole, ..Place::default() });
    });
    Written { is_complete: false, ..written }
}

fn keyspace(cql: &str) -> Range<usize> {
    let (_, keyspace) = KEYSPACE;
    let start = cql.find(keyspace).expect("a statement with a keyspace");
    start..start + keyspace.len()
}

/// Where a part of the CQL is cut in three. The verb stays in one piece: a file without one is not read at all.
fn thirds(cql: &str, range: Range<usize>) -> [usize; 2] {
    let verb = cql.find(char::is_whitespace).unwrap_or(0);
    let boundary = |place: usize| (place..cql.len()).find(|place| cql.is_char_boundary(*place)).unwrap_or(cql.len());
    [1, 2].map(|third| boundary(verb.max(range.start + range.len() * third / 3)))
}

/// A name that stands for a part of the CQL.
enum Definition {
    None,
    /// Of the file or the class.
    Constant(&'static str, Range<usize>),
    /// Of the function.
    Local(&'static str, Range<usize>),
}

/// What is joined: a part of the CQL in a literal, or the name of one.
enum Operand<'a> {
    Piece(Range<usize>, &'a Literal),
    Name,
}

/// Writes a source with one expression that makes the CQL.
fn write(way: &'static str, host: &Host, cql: &str, definition: Definition, expression: impl FnOnce(&mut Writer)) -> Written {
    let places = vec![Place::default(); cql.len()];
    let written = Written { way, source: String::new(), cql: cql.to_owned(), is_complete: true, places, home: 0..0 };
    let mut writer = Writer { host, cql, written };
    let [head, body, call, end] = host.frame;
    writer.code(head);
    if let Definition::Constant(name, part) = &definition {
        writer.definition(&host.constant, name, part.clone());
    }
    writer.code(body);
    if let Definition::Local(name, part) = &definition {
        writer.definition(&host.local, name, part.clone());
    }
    writer.code(call);
    let start = writer.at();
    expression(&mut writer);
    writer.written.home = start..writer.at();
    writer.code(end);
    writer.written
}

/// A source that is being written.
struct Writer<'a> {
    host: &'a Host,
    cql: &'a str,
    written: Written,
}

impl Writer<'_> {
    /// Where is written next.
    fn at(&self) -> usize {
        self.written.source.len()
    }

    fn code(&mut self, text: &str) {
        self.written.source.push_str(text);
    }

    /// A part of the CQL as letters of a literal.
    fn letters(&mut self, part: Range<usize>, literal: &Literal) {
        for (start, letter) in self.cql[part.clone()].char_indices() {
            let start = part.start + start;
            let written = literal.letter(letter);
            let at = self.at();
            self.code(&written);
            self.note(start..start + letter.len_utf8(), Place { letter: at..self.at(), literal: 0..0 });
        }
    }

    /// Notes where a part of the CQL stands.
    fn note(&mut self, part: Range<usize>, place: Place) {
        self.written.places[part].fill(place);
    }

    fn literal(&mut self, literal: &Literal, part: Range<usize>) {
        let start = self.at();
        self.code(literal.open);
        self.letters(part.clone(), literal);
        self.code(literal.close);
        let end = self.at();
        for place in &mut self.written.places[part] {
            place.literal = start..end;
        }
    }

    fn definition(&mut self, [before, between, behind]: &[&str; 3], name: &str, part: Range<usize>) {
        self.code(before);
        self.code(name);
        self.code(between);
        self.literal(&self.host.literals[0], part);
        self.code(behind);
    }

    fn join(&mut self, [before, first, next, behind]: &[&str; 4], operands: &[Operand<'_>]) {
        self.code(before);
        for (number, operand) in operands.iter().enumerate() {
            self.code(match number {
                0 => "",
                1 => first,
                _ => next,
            });
            match operand {
                Operand::Piece(part, literal) => self.literal(literal, part.clone()),
                Operand::Name => self.code(PART),
            }
        }
        self.code(behind);
    }

    /// The whole CQL with a hole in it; answers where the hole stands.
    fn format(&mut self, format: &Format, hole: Range<usize>) -> Range<usize> {
        self.code(format.literal.open);
        self.letters(0..hole.start, &format.literal);
        let start = self.at();
        self.code(format.hole);
        let end = self.at();
        self.letters(hole.end..self.cql.len(), &format.literal);
        self.code(format.literal.close);
        start..end
    }
}
