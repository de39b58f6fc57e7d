// SYNTAX TEST "source.js" "strings and templates"

const one = 'DROP TABLE t';
//           ^^^^ keyword.other.cql
const two = `SELECT ${columns.map((c) => `"${c}"`).join()} FROM t WHERE k = ?`;
//           ^^^^^^ keyword.other.cql
//                            ^^^ meta.interpolation.cql
//                                       ^ punctuation.definition.string.template.begin.ts
//                                                         ^^^^ keyword.other.cql
const three = `
  CREATE TABLE t (k int PRIMARY KEY)
//^^^^^^ keyword.other.cql
`;
const four = 4;
// <----- storage.type.js
const prose = "Update the set";
//             ^^^^^^ - meta.embedded.inline.cql
