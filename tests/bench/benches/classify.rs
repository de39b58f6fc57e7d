//! How long one statement takes: the bare token scan, our lexer, parser and analysis, and cql-proxy, in turns.

use cqlint_analysis::{Analyzer, Options};
use cqlint_bench::peer::CqlProxy;
use cqlint_bench::rounds::{Contender, Times, texts};
use cqlint_bench::scan::scan;
use cqlint_bench::table::{Table, nanoseconds, ratio};
use cqlint_bench::workload::{self, Group, Sample, groups};
use cqlint_bench::{Result, measuring, say};
use cqlint_syntax::{Dialects, Lexer, Parser, Piece};

const SCAN: &str = "bare token scan";
const OURS: &str = "cqlint: parse and analysis";
const THEIRS: &str = "cql-proxy IsQueryIdempotent";

/// How often to measure.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    passes: usize,
}

fn main() -> Result {
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    let mut parser = Parser::new(Dialects::ALL);
    let mut contenders = [
        Contender::new(SCAN, |text| {
            let mut ends = 0_usize;
            scan(text, |end| ends = ends.wrapping_add(end));
            ends
        }),
        Contender::new("cqlint: lexer alone", |text| {
            Lexer::new(text).fold(0_usize, |ends, token| ends.wrapping_add(token.span.end as usize + token.keyword as usize))
        }),
        Contender::new("cqlint: lexer and parser", move |text| {
            parser.script(text).filter(|parsed| matches!(parsed.piece, Piece::Statement(_))).count()
        }),
        Contender::new(OURS, move |text| {
            analyzer.statements(text, &options).map(|statement| statement.verdict as usize + statement.hazards.len()).sum()
        }),
    ];
    let mut peer = if measuring() { CqlProxy::start()? } else { None };

    say("## Time to classify a statement\n");
    let effort = if measuring() { Effort { rounds: 100, passes: 8 } } else { Effort { rounds: 1, passes: 1 } };
    measure("The 200 statements of `workload.jsonl`", &workload::small()?, effort, &mut contenders, peer.as_mut())?;
    if !measuring() {
        return Ok(());
    }
    if let Some(samples) = workload::large()? {
        let effort = Effort { rounds: 15, passes: 1 };
        measure("20,000 statements, other seeds", &samples, effort, &mut contenders, peer.as_mut())?;
    }
    Ok(())
}

fn measure(
    title: &str,
    samples: &[Sample],
    effort: Effort,
    contenders: &mut [Contender<'_>],
    mut peer: Option<&mut CqlProxy>,
) -> Result {
    same_boundaries(samples);
    let mut groups = groups(samples);
    let mut numbered = Vec::new();
    if let Some(peer) = &mut peer {
        // The peer stops at the first thing that it does not like; where it does not, it reads as far as we do.
        let idempotent = peer.load(samples)?;
        let reads_all = |place: &usize| idempotent.get(*place) == Some(&true);
        let dml = groups.iter().find(|group| group.name == "DML").map(|group| group.places.clone()).unwrap_or_default();
        let places = dml.into_iter().filter(reads_all).collect();
        groups.insert(3, Group { name: "DML that cql-proxy calls idempotent".into(), places });
        for group in &groups {
            numbered.push(peer.group(&group.places)?);
        }
    }

    let mut times = vec![vec![Times::default(); contenders.len() + 1]; groups.len()];
    for _ in 0..effort.rounds {
        for (at, (group, times)) in groups.iter().zip(&mut times).enumerate() {
            let texts = texts(samples, &group.places);
            // A group that is short is measured more often, so that each figure stands for as much work.
            let passes = effort.passes * (samples.len() / texts.len().max(1)).clamp(1, 8);
            let mut figures: Vec<_> = contenders.iter_mut().map(|contender| contender.best(&texts, passes)).collect();
            if let (Some(peer), Some(number)) = (&mut peer, numbered.get(at)) {
                figures.push(peer.best(*number, passes)?);
            }
            for (times, figure) in times.iter_mut().zip(figures) {
                times.push(figure);
            }
        }
    }
    print(title, effort, samples, &groups, contenders, &times);
    Ok(())
}

/// The yardstick must measure the same job.
fn same_boundaries(samples: &[Sample]) {
    for sample in samples {
        let mut tokens = (0_usize, 0_usize);
        scan(&sample.cql, |end| tokens = (tokens.0 + 1, tokens.1 + end));
        let lexed = Lexer::new(&sample.cql).fold((0, 0), |sum, token| (sum.0 + 1, sum.1 + token.span.end as usize));
        assert_eq!(tokens, lexed, "the scan and the lexer part ways: {}", sample.cql);
    }
}

fn print(title: &str, effort: Effort, samples: &[Sample], groups: &[Group], contenders: &[Contender<'_>], times: &[Vec<Times>]) {
    let bytes = |group: &Group| texts(samples, &group.places).iter().map(|text| text.len()).sum::<usize>();
    let place = |name| contenders.iter().position(|contender| contender.name == name).unwrap_or_default();
    let (scan, ours, theirs) = (place(SCAN), place(OURS), contenders.len());
    let nothing = Times::default();

    say(format!("### {title}: ns per statement\n\nBest pass of {} rounds, in turns.\n", effort.rounds));
    let mut headings = vec!["group", "number", "mean bytes"];
    headings.extend(contenders.iter().map(|contender| contender.name));
    headings.push(THEIRS);
    let mut table = Table::new(&headings);
    for (group, times) in groups.iter().zip(times) {
        let number = group.places.len();
        let figures =
            times.iter().map(|times| nanoseconds(times.best())).map(|figure| if figure == "0" { "-".into() } else { figure });
        table.row([group.name.clone(), number.to_string(), (bytes(group) / number.max(1)).to_string()].into_iter().chain(figures));
    }
    say(table);

    say("### Ratios of parse and analysis (best by best; in brackets the median over the rounds)\n");
    let mut table = Table::new(&["group", "to the scan", "goal", "to cql-proxy", "goal", "lexer to the scan"]);
    for (group, times) in groups.iter().zip(times) {
        let figures = |place: usize| times.get(place).unwrap_or(&nothing);
        let both = |above: usize, below: usize| {
            let (above, below) = (figures(above), figures(below));
            format!("{} ({})", ratio(above.best(), below.best()), ratio(above.by(below), 1.0))
        };
        let dml = group.name.contains("DML");
        let row = [
            group.name.clone(),
            both(ours, scan),
            (if dml || group.name == "select" { "<= 2 x" } else { "" }).into(),
            both(ours, theirs),
            (if dml { "<= 0.8 x" } else { "" }).into(),
            both(scan + 1, scan),
        ];
        table.row(row);
    }
    say(table);
}
