import { Client } from 'cassandra-driver';

const TABLE: string = 'house.rooms';
const COLUMNS = '(id, ' + "name)";
const visit = 'UPDATE pages SET n = n + 1 WHERE page = ?'; // expect: not_idempotent counter-update "n = n + 1"

/** The rooms of a house, and who has been in them. */
export class Rooms {
  constructor(private readonly client: Client, private readonly keyspace: string) {}

  async write(id: number, door: Door, changes: string): Promise<void> {
    await this.client.execute('INSERT INTO house.rooms (id, name) VALUES (?, ?)', [id, 'hall']); // expect: idempotent
    // expect: idempotent
    const rename = `
      UPDATE house.rooms
      SET name = ?
      WHERE id = ?
    `;
    await this.client.execute(rename, [id], { prepare: true });
    await this.client.execute('DELETE FROM house.rooms ' // expect: idempotent
      + 'WHERE id = ?', [id]);
    // expect: not_idempotent list-append "log = log + ['in']"
    await this.client.execute(`UPDATE ${TABLE} SET log = log + ['in'] WHERE id = ?`, [id]);
    // expect: depends untyped-operation "tags = tags + ?"
    await this.client.execute('UPDATE ' + TABLE
      + ' SET tags = tags + ?'
      + ' WHERE id = ?', [id]);
    // expect: not_idempotent server-value "now()"
    await this.client.execute(`INSERT INTO ${this.keyspace}.rooms (id, seen) VALUES (?, now())`, [id]);
    // expect: not_idempotent server-value "uuid()"
    await this.client.execute(util.format('INSERT INTO %s.rooms (id) VALUES (uuid())', this.keyspace));
    // expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
    await this.client.execute('INSERT INTO house.rooms ' + COLUMNS + ' VALUES (?, \'it\'\'s \u00e9\')'
      + /* only the first */ ' IF NOT EXISTS', [id]);
    // expect: not_idempotent lightweight-transaction "IF name = ?"
    await this.client.execute(`
      UPDATE house.rooms SET "name" = ?
        WHERE id = ?
        IF name = ?
    `.trim());
    await this.client.execute('INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60', [id]); // expect: idempotent
    // expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
    await this.client.execute("BEGIN BATCH\n"
      + "  UPDATE " + TABLE + " SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n"
      + "  DELETE FROM house.rooms WHERE id = ?;\n"
      + "APPLY BATCH;");
    await this.client.execute('TRUNCATE ' + TABLE); // expect: not_idempotent truncate "TRUNCATE "
    // expect: not_idempotent schema-change "CREATE TABLE"
    await this.client.execute(`CREATE TABLE ${TABLE} (id int PRIMARY KEY, name text)`);
    await this.client.execute(`SELECT name FROM ${TABLE} WHERE id = ${id}`); // expect: idempotent
    const warm = "UPDATE house.rooms SET tags = tags + {'warm'} WHERE id = ?"; // expect: idempotent
    await this.client.batch([
      { query: warm, params: [id] },
      { query: `UPDATE house.rooms SET doors['${door.name()}'] = ? WHERE id = ?`, params: [id] }, // expect: idempotent
    ]);
    // expect: depends list-element-delete "log[${id}] = ?"
    await this.client.execute(`UPDATE house.rooms SET log[${id}] = ? WHERE id = ?`);
    await this.client.execute('INSERT INTO house.rooms JSON ?', [id]); // expect: depends clock-literal "?"
    await this.client.execute('DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?'); // expect: idempotent
    // expect: depends unknown-clause "${changes}"
    await this.client.execute(`UPDATE house.rooms SET ${changes} WHERE id = ?`, [id]);
  }
}
