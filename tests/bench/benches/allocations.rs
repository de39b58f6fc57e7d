//! How often a warm call asks for memory. A benchmark of its own: counting replaces the allocator and slows it.

use std::hint::black_box;

use allocation_counter::measure;
use cqlint_analysis::{Analyzer, Options};
use cqlint_bench::rounds::texts;
use cqlint_bench::table::Table;
use cqlint_bench::workload::{self, Sample, groups};
use cqlint_bench::{Result, measuring, say};
use cqlint_syntax::{Dialects, Parser};

fn main() -> Result {
    say("## Allocations per warm call (goal: at most 1)\n");
    count("The 200 statements of `workload.jsonl`", &workload::small()?);
    if measuring()
        && let Some(samples) = workload::large()?
    {
        count("20,000 statements, other seeds", &samples);
    }
    Ok(())
}

fn count(title: &str, samples: &[Sample]) {
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    let mut parser = Parser::new(Dialects::ALL);
    let mut table =
        Table::new(&["group", "number", "parse: mean", "max", "parse and analysis: mean", "max", "calls with none", "bytes: mean"]);
    for group in groups(samples) {
        let texts = texts(samples, &group.places);
        let mut parse = |text: &str| measure(|| _ = black_box(parser.script(text).count())).count_total;
        let mut analyse = |text: &str| {
            let info = measure(|| _ = black_box(analyzer.statements(text, &options).count()));
            (info.count_total, info.bytes_total)
        };
        // Warm: both have seen each text before.
        for text in &texts {
            parse(text);
            analyse(text);
        }
        let parsed: Vec<_> = texts.iter().map(|text| parse(text)).collect();
        let analysed: Vec<_> = texts.iter().map(|text| analyse(text)).collect();
        let mean = |sum: u64| format!("{:.2}", sum as f64 / texts.len().max(1) as f64);
        table.row([
            group.name,
            texts.len().to_string(),
            mean(parsed.iter().sum()),
            parsed.iter().max().copied().unwrap_or(0).to_string(),
            mean(analysed.iter().map(|(count, _)| count).sum()),
            analysed.iter().map(|(count, _)| *count).max().unwrap_or(0).to_string(),
            analysed.iter().filter(|(count, _)| *count == 0).count().to_string(),
            mean(analysed.iter().map(|(_, bytes)| bytes).sum()),
        ]);
    }
    say(format!("### {title}\n\n{table}"));
}
