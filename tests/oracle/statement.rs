//! A made statement: it can be written down, and made simpler until only what matters is left.

use super::draft::Draft;

/// INSERT, UPDATE or DELETE on one partition.
#[derive(Clone)]
pub(crate) struct Write {
    pub(crate) table: String,
    pub(crate) work: Work,
    /// `TTL …`, `TIMESTAMP …`
    pub(crate) using: Vec<Draft>,
    /// Of the clustering key.
    pub(crate) restrictions: Vec<Draft>,
    /// Behind IF.
    pub(crate) condition: Vec<Draft>,
}

/// What is done.
#[derive(Clone)]
pub(crate) enum Work {
    /// Columns with their values.
    Insert { key: Vec<(String, Draft)>, values: Vec<(String, Draft)> },
    /// Members of a JSON object, and what becomes of the other columns.
    Json { members: Vec<String>, default: &'static str },
    /// Assignments.
    Update(Vec<Draft>),
    /// Columns and elements; none for whole rows.
    Delete(Vec<Draft>),
}

/// What is sent to the server.
#[derive(Clone)]
pub(crate) enum Statement {
    Single(Write),
    /// With `UNLOGGED `, `COUNTER ` or nothing.
    Batch {
        kind: &'static str,
        using: Vec<Draft>,
        members: Vec<Write>,
    },
}

impl Write {
    pub(crate) fn draft(&self) -> Draft {
        let table = &self.table;
        let using = clause(" USING ", &self.using, " AND ");
        let condition = clause(" IF ", &self.condition, " AND ");
        let key = [Draft::new("k = ").then(Draft::key())].into_iter().chain(self.restrictions.iter().cloned());
        let place = Draft::new(" WHERE ").then(Draft::join(key, " AND "));
        match &self.work {
            Work::Insert { key, values } => {
                let columns = || key.iter().chain(values);
                let names: Vec<_> = columns().map(|(name, _)| name.as_str()).collect();
                let terms = [Draft::key()].into_iter().chain(columns().map(|(_, term)| term.clone()));
                let head = Draft::new(format!("INSERT INTO {table} (k, {}) VALUES (", names.join(", ")));
                head.then(Draft::join(terms, ", ")).text(")").then(condition).then(using)
            }
            Work::Json { members, default } => {
                let row = Draft::json(format!("{{\"k\": {{k}}, {}}}", members.join(", ")));
                Draft::new(format!("INSERT INTO {table} JSON ")).then(row).text(default).then(condition).then(using)
            }
            Work::Update(assignments) => {
                let assignments = Draft::join(assignments.iter().cloned(), ", ");
                Draft::new(format!("UPDATE {table}")).then(using).text(" SET ").then(assignments).then(place).then(condition)
            }
            Work::Delete(targets) => {
                let targets = Draft::join(targets.iter().cloned(), ", ");
                Draft::new("DELETE ").then(targets).text(&format!(" FROM {table}")).then(using).then(place).then(condition)
            }
        }
    }

    /// The same with one thing less.
    fn simpler(&self) -> Vec<Self> {
        let mut simpler = Vec::new();
        simpler.extend(less(&self.using, 0).into_iter().map(|using| Self { using, ..self.clone() }));
        simpler.extend(less(&self.condition, 0).into_iter().map(|condition| Self { condition, ..self.clone() }));
        let works: Vec<_> = match &self.work {
            Work::Insert { key, values } => {
                less(values, 0).into_iter().map(|values| Work::Insert { key: key.clone(), values }).collect()
            }
            Work::Json { members, default } => {
                less(members, 1).into_iter().map(|members| Work::Json { members, default }).collect()
            }
            Work::Update(assignments) => less(assignments, 1).into_iter().map(Work::Update).collect(),
            Work::Delete(targets) => less(targets, 1).into_iter().map(Work::Delete).collect(),
        };
        simpler.extend(works.into_iter().map(|work| Self { work, ..self.clone() }));
        simpler
    }
}

impl Statement {
    pub(crate) fn draft(&self) -> Draft {
        match self {
            Self::Single(write) => write.draft(),
            Self::Batch { kind, using, members } => {
                let head = Draft::new(format!("BEGIN {kind}BATCH")).then(clause(" USING ", using, " AND ")).text(" ");
                head.then(Draft::join(members.iter().map(Write::draft), "; ")).text("; APPLY BATCH")
            }
        }
    }

    pub(crate) fn members(&self) -> &[Write] {
        match self {
            Self::Single(write) => std::slice::from_ref(write),
            Self::Batch { members, .. } => members,
        }
    }

    /// The same with one thing less.
    pub(crate) fn simpler(&self) -> Vec<Self> {
        match self {
            Self::Single(write) => write.simpler().into_iter().map(Self::Single).collect(),
            Self::Batch { kind, using, members } => {
                let mut simpler: Vec<_> = Vec::new();
                if using.is_empty() {
                    simpler.extend(members.iter().cloned().map(Self::Single));
                }
                let batch = |using, members| Self::Batch { kind, using, members };
                simpler.extend(less(using, 0).into_iter().map(|using| batch(using, members.clone())));
                simpler.extend(less(members, 1).into_iter().map(|members| batch(using.clone(), members)));
                for (number, member) in members.iter().enumerate() {
                    simpler.extend(member.simpler().into_iter().map(|member| {
                        let mut members = members.clone();
                        members[number] = member;
                        batch(using.clone(), members)
                    }));
                }
                simpler
            }
        }
    }
}

fn clause(word: &str, parts: &[Draft], between: &str) -> Draft {
    if parts.is_empty() { Draft::default() } else { Draft::new(word).then(Draft::join(parts.iter().cloned(), between)) }
}

/// The list without one of its items, for each of them; never fewer than `least`.
fn less<T: Clone>(items: &[T], least: usize) -> Vec<Vec<T>> {
    let without = |gone: usize| {
        let mut items = items.to_vec();
        items.remove(gone);
        items
    };
    if items.len() <= least { Vec::new() } else { (0..items.len()).map(without).collect() }
}
