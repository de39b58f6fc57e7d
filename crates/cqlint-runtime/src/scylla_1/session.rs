//! A session that marks what it sends.

mod execute;
mod query;

use std::ops::Deref;
use std::sync::Arc;

use scylla::client::caching_session::CachingSession;
use scylla::client::session::Session;
use scylla::errors::PrepareError;
use scylla::statement::Statement;
use scylla::statement::batch::Batch;
use scylla::statement::prepared::PreparedStatement;

use super::marking::Marking;
use super::{IdempotenceAware, MarkedCachingSession};
use crate::Classifier;

/// Makes a session one that marks what it sends.
///
/// ```no_run
/// # use scylla::client::session::Session;
/// use std::sync::Arc;
/// use cqlint_runtime::Classifier;
/// use cqlint_runtime::scylla_1::SessionExt;
///
/// # fn example(session: Session) {
/// let session = session.marked(Arc::new(Classifier::default()));
/// # }
/// ```
pub trait SessionExt {
    /// What it becomes.
    type Marked;

    /// The session that marks, with the schema of its cluster. The classifier may be shared with other sessions of that cluster.
    fn marked(self, classifier: Arc<Classifier>) -> Self::Marked;
}

impl SessionExt for Session {
    type Marked = MarkedSession;

    fn marked(self, classifier: Arc<Classifier>) -> MarkedSession {
        Arc::new(self).marked(classifier)
    }
}

impl SessionExt for Arc<Session> {
    type Marked = MarkedSession;

    fn marked(self, classifier: Arc<Classifier>) -> MarkedSession {
        MarkedSession { session: self, marking: Marking::new(classifier) }
    }
}

impl<S: Clone + std::hash::BuildHasher> SessionExt for CachingSession<S> {
    type Marked = MarkedCachingSession<S>;

    fn marked(self, classifier: Arc<Classifier>) -> MarkedCachingSession<S> {
        MarkedCachingSession::new(self, Marking::new(classifier))
    }
}

/// A [`Session`] that marks what it sends.
///
/// What sends a statement has the name and the signature that it has there; everything else is the session's own. A clone is the
/// same session.
///
/// The mark is derived, and replaces whatever was set by hand: the flag is a plain `bool`, and `false` says nothing. When it was
/// `true` and is not known to be, the session warns once for each text. Whoever knows better says so with a reason:
/// [`Classifier::claim`].
///
/// A mark that a prepared statement or a batch has already is left there; another is set on a copy, never on what is shared.
///
/// ```no_run
/// # use scylla::client::session::Session;
/// use std::sync::Arc;
/// use cqlint_runtime::Classifier;
/// use cqlint_runtime::scylla_1::SessionExt;
///
/// # async fn example(session: Session) -> Result<(), Box<dyn std::error::Error>> {
/// let session = session.marked(Arc::new(Classifier::default()));
/// let rename = session.prepare("UPDATE shop.users SET name = ? WHERE id = ?").await?;
/// assert!(rename.get_is_idempotent());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct MarkedSession {
    session: Arc<Session>,
    marking: Marking,
}

impl MarkedSession {
    /// Lets a policy decide about retries, which knows what each statement does. It goes before the one of the execution profile.
    /// A policy that was set on a statement is asked first, and what it wants is refused where it is not safe.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// use cqlint_runtime::scylla_1::IdempotenceAware;
    ///
    /// # fn example(session: MarkedSession) {
    /// let session = session.with_policy(&IdempotenceAware::new().max_retries(2));
    /// # }
    /// ```
    #[must_use]
    pub fn with_policy(mut self, policy: &IdempotenceAware) -> Self {
        self.marking = self.marking.with_policy(policy);
        self
    }

    /// Leaves the classifier with the schema that it was told, for example DDL that was compiled in.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # fn example(session: MarkedSession) {
    /// let session = session.without_live_schema();
    /// # }
    /// ```
    #[must_use]
    pub fn without_live_schema(mut self) -> Self {
        self.marking.live = None;
        self
    }

    /// The classifier.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # fn example(session: &MarkedSession) {
    /// println!("{:?}", session.classifier().counts());
    /// # }
    /// ```
    #[must_use]
    pub fn classifier(&self) -> &Arc<Classifier> {
        &self.marking.classifier
    }

    /// As [`Session::prepare`]; the statement is classified anew, with the types that the server tells of its bind markers.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # async fn example(session: &MarkedSession) -> Result<(), Box<dyn std::error::Error>> {
    /// let rename = session.prepare("UPDATE shop.users SET name = ? WHERE id = ?").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn prepare(&self, statement: impl Into<Statement>) -> Result<PreparedStatement, PrepareError> {
        let statement = statement.into();
        self.marking.refresh(&self.session).await;
        Ok(self.marking.just_prepared(self.session.prepare(statement).await?))
    }

    /// As [`Session::prepare_batch`].
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::statement::batch::Batch;
    /// # async fn example(session: &MarkedSession, batch: &Batch) -> Result<(), Box<dyn std::error::Error>> {
    /// let prepared = session.prepare_batch(batch).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn prepare_batch(&self, batch: &Batch) -> Result<Batch, PrepareError> {
        self.marking.refresh(&self.session).await;
        let batch = self.session.prepare_batch(batch).await?;
        Ok(self.marking.just_prepared_batch(&self.session, batch))
    }
}

impl Deref for MarkedSession {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}
