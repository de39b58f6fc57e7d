package accounts

import "database/sql"

const count = "UPDATE accounts SET logins = logins + 1 WHERE id = 1"
