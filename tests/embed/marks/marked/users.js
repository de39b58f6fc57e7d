const cassandra = require('cassandra-driver');

const RENAME = 'UPDATE users SET name = ? WHERE id = ?';

async function rename(client, id, name) {
    await client.execute('SELECT name FROM users WHERE id = 1', [], { isIdempotent: true });
    await client.execute(RENAME, [name, id]);
    await client.execute(`INSERT INTO names (name, id)
        VALUES (?, ?)`, [name, id], { prepare: true });
    await client.execute('UPDATE page_views SET views = views + 1 WHERE page = ?', ['users'], { prepare: true });
    return client.execute('DELETE FROM old_names WHERE id = 1', [], { isIdempotent: true });
}

module.exports = { rename };
