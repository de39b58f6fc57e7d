//! Measuring in turns: every contender once a round, so that what slows the machine slows all of them.

use std::hint::black_box;
use std::time::Instant;

use crate::workload::Sample;

/// The statements of a group, one behind the other.
pub type Texts<'a> = &'a [&'a str];

/// Something that goes over statements; what it answers keeps the compiler from leaving work out.
pub struct Contender<'a> {
    /// How the tables call it.
    pub name: &'static str,
    /// Once over all of them.
    pub pass: Box<dyn FnMut(Texts<'_>) -> usize + 'a>,
}

impl<'a> Contender<'a> {
    /// A contender that does `one` for each statement.
    pub fn new(name: &'static str, mut one: impl FnMut(&str) -> usize + 'a) -> Self {
        let pass = move |texts: Texts<'_>| texts.iter().fold(0, |sum: usize, text| sum.wrapping_add(one(text)));
        Self { name, pass: Box::new(pass) }
    }

    /// The fastest of some passes, behind one that warms the caches, in nanoseconds per statement.
    pub fn best(&mut self, texts: Texts<'_>, passes: usize) -> f64 {
        black_box((self.pass)(black_box(texts)));
        let timed = (0..passes).map(|_| {
            let start = Instant::now();
            black_box((self.pass)(black_box(texts)));
            start.elapsed().as_nanos() as f64
        });
        timed.fold(f64::INFINITY, f64::min) / texts.len() as f64
    }
}

/// What was measured of one contender on one group: one figure a round.
#[derive(Clone, Debug, Default)]
pub struct Times {
    rounds: Vec<f64>,
}

impl Times {
    /// Keeps the figure of a round.
    pub fn push(&mut self, nanoseconds: f64) {
        self.rounds.push(nanoseconds);
    }

    /// The best of all rounds; not a number when there was none.
    #[must_use]
    pub fn best(&self) -> f64 {
        self.rounds.iter().copied().fold(f64::NAN, f64::min)
    }

    /// The median over the rounds of our figure by theirs in the same round.
    #[must_use]
    pub fn by(&self, other: &Self) -> f64 {
        median(self.rounds.iter().zip(&other.rounds).map(|(ours, theirs)| ours / theirs).collect())
    }
}

/// The one in the middle; not a number when there is none.
#[must_use]
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The texts at these places.
#[must_use]
pub fn texts<'a>(samples: &'a [Sample], places: &[usize]) -> Vec<&'a str> {
    places.iter().filter_map(|place| samples.get(*place)).map(|sample| sample.cql.as_str()).collect()
}
