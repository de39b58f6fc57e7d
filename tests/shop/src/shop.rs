//! The shop, as any program would write it: nothing here is about idempotence but the session that it is opened with, and the
//! transaction, which tells what became of it.

use cqlint_runtime::lwt::Outcome;
use cqlint_runtime::scylla_1::MarkedSession;
use cqlint_runtime::scylla_1::lwt::{self, Transaction};
use scylla::errors::PrepareError;
use scylla::statement::SerialConsistency;
use scylla::value::CqlValue;
use uuid::Uuid;

use crate::queries::{self, Statements};

/// A shop that is open.
pub struct Shop {
    pub(crate) session: MarkedSession,
    pub(crate) statements: Statements,
}

/// What goes wrong in a shop.
pub type Error = Box<dyn std::error::Error>;

impl Shop {
    /// Opens it.
    ///
    /// # Errors
    /// When the tables are not there.
    pub async fn open(session: MarkedSession) -> Result<Self, PrepareError> {
        let statements = queries::prepare_all(&session).await?;
        Ok(Self { session, statements })
    }

    /// A new customer, who brings an id along.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn register(&self, customer: Uuid, name: &str) -> Result<(), Error> {
        self.session.execute_unpaged(&self.statements.register, (customer, name)).await?;
        Ok(())
    }

    /// A coupon for a customer.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn add_coupon(&self, customer: Uuid, coupon: &str) -> Result<(), Error> {
        self.session.execute_unpaged(&self.statements.add_coupon, (vec![coupon], customer)).await?;
        Ok(())
    }

    /// An order, which has its id before it is placed.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn place_order(&self, customer: Uuid, order: Uuid, item: &str) -> Result<(), Error> {
        self.session.execute_unpaged(&self.statements.place_order, (customer, order, item)).await?;
        Ok(())
    }

    /// What a customer has looked at.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn remember(&self, customer: Uuid, item: &str) -> Result<(), Error> {
        self.session.execute_unpaged(&self.statements.remember, (vec![item], customer)).await?;
        Ok(())
    }

    /// Somebody has come by.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn count_visit(&self, page: &str) -> Result<(), Error> {
        self.session.execute_unpaged(&self.statements.count_visit, (page,)).await?;
        Ok(())
    }

    /// Puts so many pieces of something on the shelf.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn fill(&self, item: &str, amount: i32) -> Result<(), Error> {
        self.session.execute_unpaged(&self.statements.fill, (item, amount, Uuid::new_v4())).await?;
        Ok(())
    }

    /// Takes one from the shelf: whether it was taken.
    ///
    /// # Errors
    /// When nobody can tell, and those of the driver.
    pub async fn take(&self, item: &str) -> Result<bool, Error> {
        let (previous, amount) = self.stock(item).await?;
        let id = Uuid::new_v4();
        let transaction = Transaction {
            write: &self.statements.take,
            read: &self.statements.stock,
            id,
            previous: Some(previous),
            serial: SerialConsistency::Serial,
        };
        match lwt::execute(&self.session, &transaction, (amount - 1, id, item, previous), (item,)).await? {
            Outcome::Applied => Ok(true),
            Outcome::NotApplied { .. } => Ok(false),
            Outcome::Unknown { .. } => Err("nobody can tell whether it was taken".into()),
        }
    }

    /// The same without care: whatever the last answer says is believed.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn take_and_believe(&self, item: &str) -> Result<bool, Error> {
        let (previous, amount) = self.stock(item).await?;
        let values = (amount - 1, Uuid::new_v4(), item, previous);
        let answer = self.session.execute_unpaged(&self.statements.take, values).await?.into_rows_result()?;
        let row = answer.first_row::<scylla::value::Row>()?;
        Ok(row.columns.first() == Some(&Some(CqlValue::Boolean(true))))
    }

    async fn stock(&self, item: &str) -> Result<(Uuid, i32), Error> {
        let found = self.session.execute_unpaged(&self.statements.stock, (item,)).await?.into_rows_result()?;
        Ok(found.single_row()?)
    }
}
