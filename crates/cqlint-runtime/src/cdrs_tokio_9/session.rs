//! A session that marks what it sends.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use cdrs_tokio::Result;
use cdrs_tokio::cluster::ConnectionManager;
use cdrs_tokio::cluster::session::Session;
use cdrs_tokio::load_balancing::LoadBalancingStrategy;
use cdrs_tokio::transport::CdrsTransport;

use super::told::Told;
use super::{IdempotenceAware, Requests, schema};
use crate::Classifier;
use crate::taken::TakenMarks;

/// Makes a session mark what it sends.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use cqlint_runtime::Classifier;
/// use cqlint_runtime::cdrs_tokio_9::SessionExt;
///
/// # async fn run<S: SessionExt>(session: S) -> cdrs_tokio::Result<()> {
/// // A `Session`, or an `Arc` of one.
/// let session = session.marked(Arc::new(Classifier::default()));
/// session.query("DELETE FROM shop.users WHERE id = 'bob'").await?;
/// # Ok(())
/// # }
/// ```
pub trait SessionExt {
    /// The session below.
    type Below: Requests;

    /// The session that marks what it sends, as the classifier decides.
    fn marked(self, classifier: Arc<Classifier>) -> MarkedSession<Self::Below>;
}

impl<T, CM, LB> SessionExt for Session<T, CM, LB>
where
    T: CdrsTransport + 'static,
    CM: ConnectionManager<T> + Send + Sync + 'static,
    LB: LoadBalancingStrategy<T, CM> + Send + Sync + 'static,
{
    type Below = Self;

    fn marked(self, classifier: Arc<Classifier>) -> MarkedSession<Self> {
        MarkedSession::new(Arc::new(self), classifier)
    }
}

impl<T, CM, LB> SessionExt for Arc<Session<T, CM, LB>>
where
    T: CdrsTransport + 'static,
    CM: ConnectionManager<T> + Send + Sync + 'static,
    LB: LoadBalancingStrategy<T, CM> + Send + Sync + 'static,
{
    type Below = Session<T, CM, LB>;

    fn marked(self, classifier: Arc<Classifier>) -> MarkedSession<Session<T, CM, LB>> {
        MarkedSession::new(self, classifier)
    }
}

/// A session that marks what it sends. A clone is the same session.
///
/// What sends a statement has the name that it has there; everything else is the session's own.
///
/// The mark is derived, and replaces whatever was set by hand: the flag is a plain `bool`, and `false` says nothing. When it was
/// `true` and is not known to be, the session warns once for each text. Whoever knows better says so with a reason:
/// [`Classifier::claim`].
///
/// ```no_run
/// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
/// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
/// let rename = session.prepare("UPDATE shop.users SET name = ? WHERE id = ?").await?;
/// session.exec_with_values(&rename, vec!["Anna", "anna"]).await?;
/// # Ok(()) }
/// ```
pub struct MarkedSession<S> {
    pub(super) session: Arc<S>,
    pub(super) classifier: Arc<Classifier>,
    pub(super) told: Arc<Told>,
    pub(super) policy: Option<IdempotenceAware>,
    pub(super) taken: Arc<TakenMarks>,
}

impl<S: Requests> MarkedSession<S> {
    pub(super) fn new(session: Arc<S>, classifier: Arc<Classifier>) -> Self {
        Self { session, classifier, told: Arc::default(), policy: None, taken: Arc::default() }
    }

    /// Lets a policy decide about retries, which knows what each statement does, instead of that of the session. A policy that the
    /// parameters of a request bring is asked first, and what it wants is refused where it is not safe.
    ///
    /// ```no_run
    /// use cqlint_runtime::cdrs_tokio_9::{IdempotenceAware, MarkedSession, Requests};
    ///
    /// # fn of<S: Requests>(session: MarkedSession<S>) {
    /// let session = session.with_policy(&IdempotenceAware::new().max_retries(5));
    /// # }
    /// ```
    #[must_use]
    pub fn with_policy(self, policy: &IdempotenceAware) -> Self {
        Self { policy: Some(policy.clone()), ..self }
    }

    /// Who decides.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # fn of<S: Requests>(session: &MarkedSession<S>) {
    /// println!("{} statements were sent unmarked", session.classifier().counts().depends);
    /// # }
    /// ```
    #[must_use]
    pub fn classifier(&self) -> &Arc<Classifier> {
        &self.classifier
    }

    /// Classifies by the schema of the cluster: as it is when this is done, and from then on as it becomes, for as long as the
    /// session is there.
    ///
    /// Between a change and the moment when the new schema is read, nothing is known of that keyspace, and what depends on it is
    /// not marked. A change that nobody tells of, while the driver reconnects, is noticed within a minute.
    ///
    /// # Errors
    /// When the schema cannot be read. Then it is not followed either.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// session.follow_schema().await?;
    /// # Ok(()) }
    /// ```
    pub async fn follow_schema(&self) -> Result<()> {
        schema::follow(&self.session, &self.classifier, &self.told).await
    }
}

impl<S> Clone for MarkedSession<S> {
    fn clone(&self) -> Self {
        Self {
            session: self.session.clone(),
            classifier: self.classifier.clone(),
            told: self.told.clone(),
            policy: self.policy.clone(),
            taken: self.taken.clone(),
        }
    }
}

/// The session below, which marks nothing.
impl<S> Deref for MarkedSession<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.session
    }
}

impl<S> fmt::Debug for MarkedSession<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("MarkedSession");
        shown.field("classifier", &self.classifier).field("policy", &self.policy).finish_non_exhaustive()
    }
}
