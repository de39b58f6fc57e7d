//! What is done in the shop on a day, and what goes wrong with it when the weather is bad.

use cqlint_cluster::Fault;
use cqlint_runtime::CheckedStatement;
use cqlint_runtime::retry::{Failure, WriteType};
use scylla::statement::prepared::PreparedStatement;
use uuid::Uuid;

use crate::day::Marks;
use crate::queries::{ADD_COUPON, COUNT_VISIT, PLACE_ORDER, REGISTER, REMEMBER, Statements, TAKE};
use crate::{Error, Shop};

/// What is done in the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Register,
    AddCoupon,
    PlaceOrder,
    Remember,
    CountVisit,
    Take,
}

/// Who comes, and for what.
pub(crate) struct Guest {
    pub(crate) id: Uuid,
    pub(crate) order: Uuid,
    pub(crate) item: &'static str,
}

impl Guest {
    /// Nobody has the ids of another.
    pub(crate) fn new(item: &'static str) -> Self {
        Self { id: Uuid::new_v4(), order: Uuid::new_v4(), item }
    }
}

impl Deed {
    pub(crate) const ALL: [Self; 6] =
        [Self::Register, Self::AddCoupon, Self::PlaceOrder, Self::Remember, Self::CountVisit, Self::Take];

    /// The statement that does it.
    pub(crate) const fn statement(self) -> &'static CheckedStatement {
        match self {
            Self::Register => &REGISTER,
            Self::AddCoupon => &ADD_COUPON,
            Self::PlaceOrder => &PLACE_ORDER,
            Self::Remember => &REMEMBER,
            Self::CountVisit => &COUNT_VISIT,
            Self::Take => &TAKE,
        }
    }

    pub(crate) const fn prepared(self, statements: &Statements) -> &PreparedStatement {
        match self {
            Self::Register => &statements.register,
            Self::AddCoupon => &statements.add_coupon,
            Self::PlaceOrder => &statements.place_order,
            Self::Remember => &statements.remember,
            Self::CountVisit => &statements.count_visit,
            Self::Take => &statements.take,
        }
    }

    /// What goes wrong: Cassandra has executed the statement, and the driver notices this.
    pub(crate) const fn fault(self) -> Fault {
        Fault::after(match self {
            Self::Register => Failure::WriteTimeout { write_type: WriteType::Simple, received: 0, required: 1 },
            Self::AddCoupon | Self::CountVisit => Failure::ConnectionClosed,
            Self::PlaceOrder | Self::Remember => Failure::Overloaded,
            Self::Take => Failure::ServerError,
        })
    }

    /// Does it, and says in a word what the application then believes.
    pub(crate) async fn run(self, shop: &Shop, guest: &Guest, marks: Marks) -> Result<&'static str, Error> {
        match self {
            Self::Register => shop.register(guest.id, "Ann").await?,
            Self::AddCoupon => shop.add_coupon(guest.id, "SPRING").await?,
            Self::PlaceOrder => shop.place_order(guest.id, guest.order, guest.item).await?,
            Self::Remember => shop.remember(guest.id, guest.item).await?,
            Self::CountVisit => shop.count_visit(guest.item).await?,
            Self::Take => {
                let taken = match marks {
                    Marks::ByCqlint => shop.take(guest.item).await?,
                    Marks::ByHand => shop.take_and_believe(guest.item).await?,
                };
                return Ok(if taken { "taken" } else { "not taken" });
            }
        }
        Ok("done")
    }

    /// Reads what is there now.
    pub(crate) fn row(self, guest: &Guest) -> String {
        let Guest { id, item, .. } = guest;
        match self {
            Self::Register => format!("SELECT name FROM teashop.customers WHERE id = {id}"),
            Self::AddCoupon => format!("SELECT coupons FROM teashop.customers WHERE id = {id}"),
            Self::PlaceOrder => format!("SELECT count(*) AS orders FROM teashop.orders WHERE customer = {id}"),
            Self::Remember => format!("SELECT seen FROM teashop.customers WHERE id = {id}"),
            Self::CountVisit => format!("SELECT count FROM teashop.visits WHERE page = '{item}'"),
            Self::Take => format!("SELECT amount FROM teashop.stock WHERE item = '{item}'"),
        }
    }
}
