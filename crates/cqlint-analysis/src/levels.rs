//! How loud each rule is: what was said of it, or of its group, or what the rule says itself.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::rule::Asks;
use crate::rules::{GROUPS, RULES};
use crate::{Level, Rule, rule};

/// How loud each rule is. It decides what is told, never a verdict.
///
/// ```
/// use cqlint_analysis::{Level, Levels, rule};
///
/// let mut levels = Levels::default();
/// assert!(levels.set("idempotence", Level::Error));
/// assert!(levels.set("counter-update", Level::Off));
/// assert!(!levels.set("no-such-rule", Level::Off));
/// assert_eq!(levels.of(rule("counter-update").unwrap()), Level::Off);
/// assert_eq!(levels.of(rule("list-append").unwrap()), Level::Error);
/// assert_eq!(levels.of(rule("wrong-mark").unwrap()), Level::Error);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels {
    rules: BTreeMap<&'static str, Level>,
    groups: BTreeMap<&'static str, Level>,
    /// The rules that look at each statement beside its verdict, and are not off.
    inspecting: Vec<&'static Rule>,
}

impl Levels {
    /// Says how loud a rule is, or all rules of a group. What is said of a rule holds whatever is said of its group. Answers
    /// false when there is no rule and no group of this name.
    pub fn set(&mut self, name: &str, level: Level) -> bool {
        if let Some(rule) = rule(name) {
            self.rules.insert(rule.name, level);
        } else if let Some((group, _)) = GROUPS.iter().find(|(group, _)| *group == name) {
            self.groups.insert(group, level);
        } else {
            return false;
        }
        self.inspecting = inspecting(|rule| self.of(rule));
        true
    }

    /// How loud the rule is.
    #[must_use]
    pub fn of(&self, rule: &'static Rule) -> Level {
        self.said(rule).unwrap_or(rule.level)
    }

    /// What was said of the rule, by its name or by its group's.
    pub(crate) fn said(&self, rule: &'static Rule) -> Option<Level> {
        self.rules.get(rule.name).or_else(|| self.groups.get(rule.group)).copied()
    }

    /// The rules that look at each statement beside its verdict.
    pub(crate) fn inspecting(&self) -> &[&'static Rule] {
        &self.inspecting
    }
}

impl Default for Levels {
    fn default() -> Self {
        Self { rules: BTreeMap::new(), groups: BTreeMap::new(), inspecting: inspecting(|rule| rule.level) }
    }
}

fn inspecting(level: impl Fn(&'static Rule) -> Level) -> Vec<&'static Rule> {
    let asks = |rule: &&'static Rule| matches!(rule.asks, Asks::Statement(_)) && level(rule) != Level::Off;
    RULES.iter().copied().filter(asks).collect()
}
