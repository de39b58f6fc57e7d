//! The policies, each with the place where its behaviour was read.

use super::{Gate, Rule, cdrs_tokio, cpp, csharp, gocql, gocql_scylla, java3, java4, node, python, scylla};
use crate::Driver;

/// A retry policy under its driver.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// The driver that asks it.
    pub driver: Driver,
    /// What its users call it.
    pub name: &'static str,
    /// Whether it has to be chosen.
    pub standing: Standing,
    /// The version, and where in it the behaviour was read.
    pub source: &'static str,
    pub(super) gate: Gate,
    pub(super) rule: Rule,
}

/// Whether a policy has to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the one that is asked when nobody chooses.
    Default,
    /// Somebody chose it.
    Chosen,
}

impl Policy {
    /// All policies, by driver; the default of a driver comes first.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        let drivers: [&'static [Self]; 11] = [
            &java3::POLICIES,
            &java4::POLICIES,
            &python::POLICIES,
            &csharp::POLICIES,
            &gocql::POLICIES_1,
            &gocql::POLICIES_2,
            &gocql_scylla::POLICIES,
            &node::POLICIES,
            &scylla::POLICIES,
            &cdrs_tokio::POLICIES,
            &cpp::POLICIES,
        ];
        drivers.into_iter().flatten()
    }

    /// The policies of a driver, its default first; none of drivers whose policies are not written down here.
    pub fn of(driver: Driver) -> impl Iterator<Item = &'static Self> {
        Self::all().filter(move |policy| policy.driver == driver)
    }
}
