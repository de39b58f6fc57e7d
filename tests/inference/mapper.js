// What the Node driver's Mapper says of what it sends. Reads the calls as JSON, and answers with JSON; the client that the Mapper
// talks to only remembers.
'use strict';

const { mapping, types } = require('cassandra-driver');
const q = mapping.q;

const { list, set, map, counter, text, int } = types.dataTypes;

function table(name, keys, columns) {
  const all = Object.entries(columns).map(([name, code]) => ({ name, type: { code }, isStatic: false }));
  const named = Object.fromEntries(all.map(column => [column.name, column]));
  const [partitionKeys, clusteringKeys] = keys.map(names => names.map(name => named[name]));
  return { name, partitionKeys, clusteringKeys, columns: all, columnsByName: named };
}

// As in tests/semantics/schema.cql, as far as the calls go.
const tables = {
  t: table('t', [['k'], ['c']], { k: int, c: int, v: text, n: int, b: types.dataTypes.boolean, d: types.dataTypes.decimal,
    big: types.dataTypes.bigint, l: list, s: set, m: map }),
  counts: table('counts', [['k'], []], { k: int, n: counter }),
};

let sent;
const remember = (text, options) => {
  sent = { text, idempotent: options.isIdempotent };
  return Promise.resolve({ rows: undefined, columns: [], info: {} });
};
const client = {
  keyspace: 'shop',
  connect: () => Promise.resolve(),
  log: () => {},
  metadata: { getTable: (_, name) => Promise.resolve(tables[name]) },
  execute: (text, _, options) => remember(text, options),
  batch: (queries, options) => {
    const kind = options.counter ? 'COUNTER ' : options.logged === false ? 'UNLOGGED ' : '';
    return remember(`BEGIN ${kind}BATCH ${queries.map(one => one.query).join('; ')}; APPLY BATCH`, options);
  },
};

const mapper = new mapping.Mapper(client, { models: { t: { tables: ['t'] }, counts: { tables: ['counts'] } } });
const [t, counts] = ['t', 'counts'].map(name => mapper.forModel(name));
const batch = (items, options) => mapper.batch(items, options);

async function main() {
  const answers = [];
  for (const call of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    // The calls stand in forms.toml.
    await new Function('t', 'counts', 'batch', 'q', `return ${call}`)(t, counts, batch, q);
    answers.push(sent);
  }
  console.log(JSON.stringify(answers));
}

main();
