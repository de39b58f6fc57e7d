/** The languages whose files the server is shown. */

/** CQL itself; other extensions call it `cqlang`. */
const CQL = ["cql", "cqlang"];

/** Languages with CQL in their strings, or in their fences. */
const HOSTS = [
  "c",
  "cpp",
  "csharp",
  "go",
  "java",
  "javascript",
  "javascriptreact",
  "kotlin",
  "markdown",
  "php",
  "python",
  "rust",
  "scala",
  "typescript",
  "typescriptreact",
];

/** A text that was never saved is checked when it is CQL; a program needs its neighbours. */
export const SELECTOR = [
  ...CQL.flatMap((language) => [
    { scheme: "file", language },
    { scheme: "untitled", language },
  ]),
  ...HOSTS.map((language) => ({ scheme: "file", language })),
];
