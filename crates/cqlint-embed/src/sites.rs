//! What the code around a statement does with it: which driver call takes it, whether it is marked idempotent, what becomes
//! of the answer, and what repeats it.

mod annotation;
mod c;
mod call;
mod fix;
mod flow;
mod node;
mod retry;
mod roles;

use cqlint_analysis::drivers::Driver;
use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Answer, CallSite, Inert, Mark, Retry, Settings};

use crate::strings::fold::Folder;
use crate::strings::literal::span;
use crate::tree::Node;
use flow::Step;
use roles::{Own, Role};

pub(crate) use call::Call;
pub(crate) use flow::Ways;

/// How many steps a statement is followed: names for names, calls in chains.
const STEPS: usize = 200;

/// Finds the call sites of the statements of a file.
pub(crate) struct Sites<'w, 't> {
    pub(crate) ways: &'w Ways<'t>,
    pub(crate) driver: Driver,
    pub(crate) settings: &'w Settings,
}

/// What is known of one statement at one of its uses.
#[derive(Debug, Default)]
struct Journey<'t> {
    /// The call that makes the statement.
    origin: Option<Node<'t>>,
    mark: Marked,
    inert: Option<Inert>,
    /// The calls that execute it.
    executed: Vec<(Node<'t>, Answer)>,
    /// Others may be what is executed under its name.
    may_be_executed: bool,
    /// It goes where we do not follow.
    lost: bool,
    in_batch: bool,
    steps: usize,
}

/// What the code says about a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Marked {
    #[default]
    Nowhere,
    So(bool, Span),
    /// It depends on something.
    Computed,
}

impl<'t> Sites<'_, 't> {
    /// The call sites of a statement that is made by this expression.
    pub(crate) fn of(&self, text: Node<'t>) -> Vec<CallSite> {
        let mut sites = Vec::new();
        self.find(text, &mut sites, 3);
        if sites.is_empty() {
            // Out of sight, and still this driver's.
            let call = span(text.start_byte(), text.end_byte());
            sites.push(CallSite { call, driver: Some(self.driver), settings: self.settings.clone(), ..CallSite::default() });
        }
        sites
    }

    fn find(&self, text: Node<'t>, sites: &mut Vec<CallSite>, depth: usize) {
        if let Some(site) = annotation::read(text, self) {
            sites.push(site);
            return;
        }
        match self.ways.step(text) {
            Step::Passed(call, number) => sites.extend(self.at_call(&call, number)),
            // { query: "…", params }, a member of a batch.
            Step::Keyed("query", object) => sites.extend(self.in_object(object)),
            Step::Named { name, node } if depth > 0 => {
                for at in self.ways.uses(name, node).at {
                    self.find(at, sites, depth - 1);
                }
            }
            // q.trim(), and the like.
            Step::Called(call)
                if depth > 0 && matches!(call.name, "trim" | "strip" | "to_string" | "to_owned" | "into" | "clone") =>
            {
                self.find(call.node, sites, depth - 1);
            }
            _ => {}
        }
    }

    /// The statement is the argument of a call that the driver has.
    fn at_call(&self, call: &Call<'t>, number: usize) -> Option<CallSite> {
        let role = roles::role(call, number, self.driver, self.ways.text)?;
        let mut journey = Journey { origin: Some(call.node), ..Journey::default() };
        if let Some(value) = call.keyword(&roles::MARK_WORDS) {
            journey.mark = self.value(value);
        }
        match role {
            Role::Execute => {
                self.options(call, &mut journey);
                journey.executed.push((call.node, self.answer(call.node, 4)));
            }
            Role::Make => self.follow(call.node, &mut journey),
            Role::Batch => self.batch(call, &mut journey),
            Role::Wrap => return None,
        }
        Some(self.site(call, journey))
    }

    /// Follows a statement to all that is done with it.
    fn follow(&self, statement: Node<'t>, journey: &mut Journey<'t>) {
        journey.steps += 1;
        if journey.steps > STEPS {
            journey.lost = true;
            return;
        }
        match self.ways.step(statement) {
            Step::Called(call) => self.called(&call, journey),
            Step::Set { name, value, node } => {
                if roles::MARK_WORDS.contains(&name) {
                    self.mark(self.value(value), node, journey);
                }
            }
            Step::Passed(call, number) => self.passed(&call, number, journey),
            Step::Named { name, node } => self.named(name, node, journey),
            Step::Read(_) | Step::Dropped => {}
            Step::Keyed(..) | Step::Lost => journey.lost = true,
        }
    }

    fn named(&self, name: &str, definition: Node<'t>, journey: &mut Journey<'t>) {
        let uses = self.ways.uses(name, definition);
        if uses.is_sole {
            uses.at.into_iter().for_each(|at| self.follow(at, journey));
            return;
        }
        // Some of these may be of the other values: what is certain of all of them is certain of this one.
        let mut all = Journey { origin: journey.origin, steps: journey.steps, ..Journey::default() };
        uses.at.into_iter().for_each(|at| self.follow(at, &mut all));
        if all.mark != Marked::Nowhere {
            journey.mark = Marked::Computed;
        }
        journey.may_be_executed |= all.may_be_executed || !all.executed.is_empty();
        journey.lost |= all.lost;
        journey.in_batch |= all.in_batch;
        journey.steps = all.steps;
    }

    fn called(&self, call: &Call<'t>, journey: &mut Journey<'t>) {
        let dropped = || matches!(self.ways.step(call.node), Step::Dropped);
        if roles::is_mark(call.name) {
            let value = call.positional().next().map_or(Marked::Computed, |value| self.value(value));
            let place = self.place(call);
            if self.driver == Driver::Java4 && call.name == "setIdempotent" && dropped() {
                journey.inert = Some(Inert::Dropped(place));
                return;
            }
            self.mark(value, call.node, journey);
            self.follow(call.node, journey);
        } else if let Some(own) = roles::executes_itself(call.name, self.driver) {
            let answer = match own {
                Own::Drops => Answer::Ignored(self.place(call)),
                Own::Answers => self.first_result(call),
                Own::Rows => Answer::Unknown,
            };
            journey.executed.push((call.node, answer));
        } else if roles::TEXT_OF.contains(&call.name) {
            journey.lost = true;
        } else {
            self.follow(call.node, journey);
        }
    }

    fn passed(&self, call: &Call<'t>, number: usize, journey: &mut Journey<'t>) {
        if call.name.ends_with("set_is_idempotent") {
            let value = call.positional().nth(1).map_or(Marked::Computed, |value| self.value(value));
            self.mark(value, call.node, journey);
            return;
        }
        match roles::role(call, number, self.driver, self.ways.text) {
            Some(Role::Execute) => journey.executed.push((call.node, self.answer(call.node, 4))),
            Some(Role::Make | Role::Wrap) => self.follow(call.node, journey),
            Some(Role::Batch) => self.batch(call, journey),
            None => journey.lost |= !self.is_c(call.name),
        }
    }

    /// The statement goes into a batch; what counts from now on is the batch's mark, where the driver looks at no other.
    fn batch(&self, call: &Call<'t>, journey: &mut Journey<'t>) {
        if call.name == "BatchEntry" {
            // gocql looks at the members.
            journey.in_batch = true;
            return;
        }
        let own = std::mem::take(&mut journey.mark);
        if self.driver == Driver::Node {
            self.batch_call(call, journey);
        } else {
            self.follow_batch(call, journey);
        }
        journey.in_batch = true;
        let ignored = self.driver.facts().batch_ignores_members;
        match (own, journey.mark) {
            (Marked::So(true, place), Marked::Nowhere) if ignored => journey.inert = Some(Inert::InBatch(place)),
            (own, Marked::Nowhere) if !ignored => journey.mark = own,
            _ => {}
        }
    }

    /// What happens to the batch that a statement was added to: the call may answer it, and it may have a name.
    fn follow_batch(&self, added: &Call<'t>, journey: &mut Journey<'t>) {
        self.follow(added.node, journey);
        let batch = added.receiver.or_else(|| added.positional().next().filter(|_| self.is_c(added.name)));
        let name = batch.map(|batch| crate::strings::constants::last_name(self.ways.text_of(batch)));
        // `BatchStatement.newInstance(…)` is made here.
        let Some((name, batch)) = name.zip(batch).filter(|(name, _)| !name.starts_with(char::is_uppercase)) else {
            return;
        };
        let own = |at: &Node<'t>| !matches!(self.ways.step(*at), Step::Called(call) if self.is_batch_call(&call));
        self.ways.uses(name, batch).at.into_iter().filter(own).for_each(|at| self.follow(at, journey));
    }

    fn is_batch_call(&self, call: &Call<'t>) -> bool {
        roles::role(call, 0, self.driver, self.ways.text) == Some(Role::Batch)
    }

    /// A mark at a place; one that is only made sometimes is computed.
    fn mark(&self, value: Marked, at: Node<'t>, journey: &mut Journey<'t>) {
        let sometimes = is_conditional(at, journey.origin);
        journey.mark = match (journey.mark, value) {
            _ if sometimes => Marked::Computed,
            (Marked::Nowhere, value) => value,
            (Marked::So(before, _), Marked::So(now, place)) if before == now => Marked::So(now, place),
            _ => Marked::Computed,
        };
    }

    fn value(&self, value: Node<'t>) -> Marked {
        let place = span(value.start_byte(), value.end_byte());
        let place = Call::around(value, self.ways.text).map_or(place, |(call, _)| self.mark_place(&call, place));
        match self.ways.text_of(value) {
            "true" | "True" | "cass_true" | "Boolean.TRUE" | "TRUE" => Marked::So(true, place),
            "false" | "False" | "cass_false" | "Boolean.FALSE" | "FALSE" => Marked::So(false, place),
            _ => Marked::Computed,
        }
    }

    /// A mark by a method is shown with its name; one by a keyword of another call is not.
    fn mark_place(&self, call: &Call<'t>, value: Span) -> Span {
        if call.name.to_ascii_lowercase().contains("idempot") { self.place(call) } else { value }
    }

    /// What becomes of the answer of a call.
    fn answer(&self, executed: Node<'t>, depth: usize) -> Answer {
        match self.ways.step(executed) {
            Step::Dropped => self.ignored(executed),
            Step::Called(call) if roles::asks_for_applied(call.name) => Answer::Read,
            Step::Called(call) if depth > 0 && roles::PASSES.contains(&call.name) => self.answer(call.node, depth - 1),
            Step::Read(name) if roles::asks_for_applied(name) => Answer::Read,
            Step::Named { name, node } if self.driver == Driver::Cpp => self.future(name, node, executed),
            Step::Passed(call, _) if c::only_looks(call.name) => self.ignored(executed),
            Step::Named { .. }
            | Step::Called(_)
            | Step::Read(_)
            | Step::Set { .. }
            | Step::Passed(..)
            | Step::Keyed(..)
            | Step::Lost => Answer::Unknown,
        }
    }

    fn ignored(&self, executed: Node<'t>) -> Answer {
        let whole = span(executed.start_byte(), executed.end_byte());
        Answer::Ignored(Call::read(executed, self.ways.text).map_or(whole, |call| self.place(&call)))
    }

    /// `applied, err := q.ScanCAS()`: whether anybody takes the results.
    fn first_result(&self, call: &Call<'t>) -> Answer {
        match self.ways.step(call.node) {
            Step::Dropped => Answer::Ignored(self.place(call)),
            // `_` says that it is known and not wanted.
            _ => Answer::Read,
        }
    }

    /// The name of what is called, and its parentheses when they are short.
    fn place(&self, call: &Call<'t>) -> Span {
        let (start, end) = (call.name_node.start_byte(), call.node.end_byte());
        if end - start <= 40 { span(start, end) } else { span(start, call.name_node.end_byte()) }
    }

    fn site(&self, call: &Call<'t>, journey: Journey<'t>) -> CallSite {
        // gocql marks no members of batches, and its default is none of theirs.
        let is_never_marked = journey.in_batch && is_gocql(self.driver);
        let mut settings = self.settings.clone();
        if is_never_marked {
            settings = Settings { default_mark: None, default_unknown: false, ..settings };
        }
        let retry: Option<Retry> = journey.executed.iter().find_map(|(at, _)| retry::around(*at, self.ways));
        let mark = match journey.mark {
            Marked::So(value, span) => Mark::Set { value, span },
            Marked::Computed => Mark::Unknown,
            Marked::Nowhere if is_never_marked => Mark::Absent { fix: Vec::new() },
            Marked::Nowhere if journey.lost || journey.executed.is_empty() && !journey.may_be_executed => Mark::Unknown,
            Marked::Nowhere => Mark::Absent { fix: if journey.in_batch { Vec::new() } else { fix::add_mark(call, self) } },
        };
        let answers: Vec<_> = journey.executed.iter().map(|(_, answer)| *answer).collect();
        let answer = match answers.as_slice() {
            _ if journey.lost => Answer::Unknown,
            answers if answers.contains(&Answer::Read) => Answer::Read,
            [first, rest @ ..] if rest.iter().all(|answer| matches!(answer, Answer::Ignored(_))) => *first,
            _ => Answer::Unknown,
        };
        CallSite {
            call: span(call.name_node.start_byte(), call.name_node.end_byte()),
            driver: Some(self.driver),
            prepares: call.name.to_ascii_lowercase().contains("prepare"),
            mark,
            in_batch: journey.in_batch,
            inert: journey.inert,
            retry,
            answer,
            settings,
        }
    }
}

fn is_gocql(driver: Driver) -> bool {
    matches!(driver, Driver::Gocql1 | Driver::Gocql2 | Driver::GocqlScylla)
}

/// Whether a text has a name that is used as it is, beside the texts that are made of it.
pub(crate) fn is_used_alone<'t>(text: Node<'t>, ways: &Ways<'t>, folder: &Folder<'t>) -> bool {
    let Step::Named { name, node } = ways.step(text) else { return false };
    let is_part = |at: &Node<'t>| {
        let mut above = at.parent();
        for _ in 0..4 {
            let Some(parent) = above else { return false };
            if folder.is_string(parent) || matches!(parent.kind(), "interpolation" | "template_substitution" | "token_tree") {
                return true;
            }
            above = parent.parent();
        }
        false
    };
    !ways.uses(name, node).at.iter().all(is_part)
}

/// The text that a call of the driver takes, whatever kind of expression it is.
pub(crate) fn text_of<'t>(call: &Call<'t>, driver: Driver, source: &'t str) -> Option<Node<'t>> {
    let taken = |number: &usize| roles::role(call, *number, driver, source).is_some_and(|role| role != Role::Wrap);
    let number = (0..2).find(taken)?;
    call.arguments.get(number).map(|argument| argument.value)
}

/// Whether a node is reached only sometimes after the statement was made: it stands in a branch.
fn is_conditional(node: Node<'_>, origin: Option<Node<'_>>) -> bool {
    let mut above = node.parent();
    while let Some(parent) = above {
        // The statement is made in the same branch.
        let is_together = |origin: Node<'_>| parent.start_byte() <= origin.start_byte() && origin.end_byte() <= parent.end_byte();
        if crate::strings::scopes::is_function(parent.kind()) || origin.is_some_and(is_together) {
            return false;
        }
        if parent.kind().starts_with("if_")
            || parent.kind().contains("switch")
            || parent.kind().contains("match_")
            || parent.kind() == "conditional_expression"
        {
            // What stands in the condition is always reached.
            let in_condition =
                parent.child_by_field_name("condition").is_some_and(|condition| condition.end_byte() >= node.end_byte());
            let in_initializer = parent.child_by_field_name("initializer").is_some_and(|first| first.end_byte() >= node.end_byte());
            return !in_condition && !in_initializer;
        }
        above = parent.parent();
    }
    false
}
