//! What `cql!` takes and refuses. It is compiled by the suite; what is said of each line stands in `building/cql/expected`.

use cqlint_macros::cql;
use cqlint_runtime::CheckedStatement;

const RENAME: CheckedStatement = cql!("UPDATE shop.users SET name = ? WHERE id = ?", idempotent);

macro_rules! passed_on {
    ($text:literal) => {
        cql!($text)
    };
}

fn main() {
    let _ = cql!("SELECT name, tagz FROM shop.users WHERE id = ?");
    let _ = cql!(
        r#"
        UPDATE shop.users
           SET "Näme" = 'ü', log = log + ?, "naem" = ''
         WHERE id = ?
        "#
    );
    let _ = cql!("UPDATE shop.users SET \
                  log = log + ? WHERE \u{69}d = ?", idempotent);
    let _ = cql!("SELECT \"nam\",\n\t'ü' FROM shop.users");
    let _ = cql!("SELCT 1");
    let _ = cql!("SELECT name FROM shop.users WHERE id = 'ü");
    let _ = cql!("SELECT * FROM shop.users; SELECT * FROM shop.views");
    let _ = cql!("");
    let _ = cql!(RENAME);
    let _ = cql!(b"SELECT * FROM shop.users");
    let _ = cql!("TRUNCATE shop.users", not_idempotent);
    let _ = cql!("TRUNCATE shop.users", idempotent = "");
    let _ = cql!("TRUNCATE shop.users", idempotently = "nobody writes");
    let _ = cql!("TRUNCATE shop.users", idempotent, twice);
    let _ = passed_on!("SELECT nam FROM shop.users");
    let _ = cql!("UPDATE shop.views SET n = n + 1 WHERE page = ?", idempotent);
    let _ = cql!(concat!("SELECT", " * FROM shop.users"));

    // These are taken.
    let _ = passed_on!("SELECT name FROM shop.users");
    let _ = cql!("TRUNCATE shop.users", idempotent = "nobody writes while it is emptied",);
    let _ = cql!("UPDATE shop.views SET n = n + 1 WHERE page = ?", not_idempotent = "it is made into bills");
    let _ = cql!("UPDATE shop.users SET tags = tags + ? WHERE id = ?", idempotent);
}
