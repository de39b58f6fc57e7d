//! An inventory: every statement with its place, its verdict, and what its program does with it.

use std::collections::BTreeMap;
use std::io;

use cqlint_analysis::Verdict;
use cqlint_analysis::syntax::Span;

use crate::{Style, Summary, Trouble};

mod csv;
mod demand;
mod json;
mod table;

pub use demand::Demand;

/// How an inventory is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InventoryFormat {
    /// Aligned columns, for people.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// Comma-separated values, as RFC 4180 says.
    Csv,
}

/// A file and its statements.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// As the user would write it.
    pub path: &'a str,
    /// The text: spans are offsets into it.
    pub text: &'a str,
    /// Its statements, by place.
    pub rows: &'a [Row<'a>],
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Where it stands.
    pub span: Span,
    /// What kind of statement it is: `create_table`.
    pub kind: &'a str,
    /// It in one line.
    pub statement: &'a str,
    /// May it be executed twice?
    pub verdict: Verdict,
    /// Why not, the first reason first.
    pub reasons: Vec<Because<'a>>,
    /// What its program says: `yes`, `no`, `inert`, `default`, `none`, `mixed`, `unknown`; nothing where there is no program.
    pub mark: Option<&'a str>,
    /// What the drivers are called that execute it; empty when that is unknown.
    pub driver: &'a str,
    /// What repeats it beside the driver.
    pub retried: Option<&'a str>,
}

/// Why a statement may not be executed twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because<'a> {
    /// The rule that says so.
    pub rule: &'a str,
    /// On what it depends: "the type of column `c`". Nothing when it is certain.
    pub depends_on: Option<&'a str>,
}

/// What stands below the rows, beside the sums of the verdicts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Census {
    /// How many statements there are of each mark.
    pub(crate) marks: BTreeMap<String, usize>,
    /// Calls of query builders, which have no text.
    pub(crate) builder_calls: usize,
}

/// Whether the sums are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sums {
    /// They are.
    Written,
    /// They are left out where they are only for people.
    LeftOut,
}

/// How one format writes.
trait Layout: Send {
    fn file(&mut self, out: &mut dyn io::Write, file: &Listed<'_>) -> io::Result<()>;
    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, census: &Census, sums: Sums) -> io::Result<()>;

    /// Says whether it has a place for what could not be read.
    fn trouble(&mut self, _: &Trouble<'_>) -> io::Result<bool> {
        Ok(false)
    }
}

/// Writes an inventory: files in any order, then the end.
///
/// ```
/// use cqlint_analysis::Verdict;
/// use cqlint_analysis::syntax::Span;
/// use cqlint_report::{Inventory, InventoryFormat, Listed, Row, Style, Summary, Sums};
///
/// let text = "SELECT v FROM t";
/// let row = Row {
///     span: Span::new(0, 15),
///     kind: "select",
///     statement: text,
///     verdict: Verdict::Idempotent,
///     reasons: Vec::new(),
///     mark: None,
///     driver: "",
///     retried: None,
/// };
/// let mut inventory = Inventory::new(InventoryFormat::Table, Style { color: false, width: 80 }, Vec::new());
/// inventory.file(&Listed { path: "q.cql", text, rows: &[row] })?;
/// let written = inventory.finish(&Summary::default(), 0, Sums::LeftOut)?;
/// assert_eq!(
///     String::from_utf8_lossy(&written),
///     "PLACE      KIND    VERDICT       STATEMENT\nq.cql:1:1  select  ✓ idempotent  SELECT v FROM t\n",
/// );
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Inventory<W: io::Write> {
    layout: Box<dyn Layout>,
    census: Census,
    out: W,
}

impl<W: io::Write> Inventory<W> {
    /// An inventory in this format.
    pub fn new(format: InventoryFormat, style: Style, out: W) -> Self {
        let style = Style { width: style.width.max(40), ..style };
        let layout: Box<dyn Layout> = match format {
            InventoryFormat::Table => Box::new(table::Table::new(style)),
            InventoryFormat::Json => Box::new(json::Json::default()),
            InventoryFormat::Csv => Box::new(csv::Csv::default()),
        };
        Self { layout, census: Census::default(), out }
    }

    /// Writes the statements of a file.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn file(&mut self, file: &Listed<'_>) -> io::Result<()> {
        for mark in file.rows.iter().filter_map(|row| row.mark) {
            match self.census.marks.get_mut(mark) {
                Some(count) => *count += 1,
                None => _ = self.census.marks.insert(mark.to_owned(), 1),
            }
        }
        self.layout.file(&mut self.out, file)
    }

    /// Takes up that a file was not checked, and says whether the format has a place for that.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn trouble(&mut self, trouble: &Trouble<'_>) -> io::Result<bool> {
        self.layout.trouble(trouble)
    }

    /// Writes what is left and the sums, flushes, and gives the writer back. `builder_calls` is the number of calls that
    /// make a statement without any text.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, summary: &Summary, builder_calls: usize, sums: Sums) -> io::Result<W> {
        self.census.builder_calls = builder_calls;
        self.layout.finish(&mut self.out, summary, &self.census, sums)?;
        self.out.flush()?;
        Ok(self.out)
    }
}
