// Tells the story of tests/clients/story.rs with what an extension can ask of VS Code, beside the extension under test.

const fs = require("node:fs");
const vscode = require("vscode");

const FILES = ["schema.cql", "queries.cql", "Shop.java"];
const PATIENCE = 40_000;
const { executeCommand } = vscode.commands;

function tell(step, file, by, answer) {
  fs.appendFileSync(process.env.CQLINT_TOLD, JSON.stringify({ step, file, by, ...answer }) + "\n");
}

/** Until something is as wanted, or for too long. */
async function until(isWanted) {
  const end = Date.now() + PATIENCE;
  while (!(await isWanted()) && Date.now() < end) {
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

class Story {
  editors = {};

  document(file) {
    return this.editors[file].document;
  }

  findings(file) {
    const document = this.document(file);
    const own = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "cqlint");
    return own
      .map(({ code, range }) => `${range.start.line + 1} ${code.value ?? code}: ${document.getText(range)}`)
      .sort();
  }

  async tellFindings(step, wanted) {
    for (const file of FILES) {
      await until(() => JSON.stringify(this.findings(file)) === JSON.stringify(wanted[file]));
      tell(step, file, "languages.getDiagnostics", { findings: this.findings(file) });
    }
  }

  async open() {
    for (const [column, file] of FILES.entries()) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(`${process.env.CQLINT_FOLDER}/${file}`));
      this.editors[file] = await vscode.window.showTextDocument(document, { viewColumn: column + 1, preview: false });
    }
    const { version } = vscode.extensions.getExtension("cqlint.cqlint").packageJSON;
    tell("started", "", "code-server", { text: `VS Code ${vscode.version}, extension ${version}, ${this.document("schema.cql").languageId}` });
  }

  /** Where a piece of a text begins. */
  place(file, text) {
    const document = this.document(file);
    return document.positionAt(document.getText().indexOf(text));
  }

  /** Puts the cursor there, in the editor that commands are for. */
  async go(file, text) {
    const place = this.place(file, text);
    const selection = new vscode.Selection(place, place);
    const { viewColumn } = this.editors[file];
    this.editors[file] = await vscode.window.showTextDocument(this.document(file), { viewColumn, selection });
  }

  async hover() {
    const file = "queries.cql";
    const place = this.place(file, "UPDATE visits");
    const hovers = await executeCommand("vscode.executeHoverProvider", this.document(file).uri, place);
    const text = hovers.flatMap(({ contents }) => contents).map((content) => content.value ?? content).join("\n");
    tell("hover", file, "vscode.executeHoverProvider", { text });
  }

  /** A command that changes the text, as often as it takes until it may be executed. */
  async change(step, file, text, command) {
    const old = this.document(file).getText();
    await until(async () => {
      await this.go(file, text);
      await executeCommand(command);
      await new Promise((wake) => setTimeout(wake, 500));
      return this.document(file).getText() !== old;
    });
    tell(step, file, command, { text: this.document(file).getText() });
  }

  async rename() {
    const schema = this.document("schema.cql").uri;
    const by = "vscode.executeDocumentRenameProvider";
    await vscode.workspace.applyEdit(await executeCommand(by, schema, this.place("schema.cql", "amount"), "total"));
    for (const file of FILES) {
      tell("renamed", file, by, { text: this.document(file).getText() });
    }
  }

  /** What else the editor shows: how much of it there is. */
  async features() {
    const file = "queries.cql";
    const { uri } = this.document(file);
    const column = this.place(file, "amount FROM");
    const all = new vscode.Range(0, 0, this.document(file).lineCount, 0);
    const schema = this.document("schema.cql").uri;
    const java = this.document("Shop.java").uri;
    const asked = {
      CompletionItemProvider: [uri, column],
      DefinitionProvider: [uri, column],
      ReferenceProvider: [schema, this.place("schema.cql", "amount")],
      DocumentHighlights: [uri, column],
      DocumentSymbolProvider: [schema],
      WorkspaceSymbolProvider: ["orders"],
      FoldingRangeProvider: [schema],
      SelectionRangeProvider: [uri, [column]],
      InlayHintProvider: [uri, all],
      CodeLensProvider: [schema],
      SignatureHelpProvider: [uri, this.place(file, "uuid()").translate(0, 5)],
    };
    for (const [name, parameters] of Object.entries(asked)) {
      const answer = await executeCommand(`vscode.execute${name}`, ...parameters);
      const items = answer?.items ?? answer?.signatures ?? answer ?? [];
      tell("feature", file, name, { text: `${items.length}: ${items.slice(0, 5).map(named).join(", ")}` });
    }
    for (const document of [uri, java]) {
      const tokens = await executeCommand("vscode.provideDocumentSemanticTokens", document);
      tell("feature", document === java ? "Shop.java" : file, "SemanticTokens", { text: `${(tokens?.data.length ?? 0) / 5}: tokens` });
    }
  }
}

function named(item) {
  const range = item.range ?? item.targetRange ?? item.location?.range;
  const name = item.command?.title ?? item.label?.label ?? item.label ?? item.name;
  return typeof name === "string" ? name : Array.isArray(name) ? name.map(({ value }) => value).join("") : `line ${(range?.start.line ?? item.start ?? 0) + 1}`;
}

exports.activate = async () => {
  try {
    const wanted = JSON.parse(fs.readFileSync(process.env.CQLINT_FOUND, "utf8"));
    const story = new Story();
    await story.open();
    await story.tellFindings("findings", wanted.before);
    await story.hover();
    await story.features();
    await story.change("fixed", "Shop.java", 'newInstance("SELECT amount', "editor.action.autoFix");
    await story.change("fixed all", "schema.cql", "CREATE TABLE orders", "cqlint.fixAll");
    await story.rename();
    await story.tellFindings("findings again", wanted.after);
    tell("ended", "", "", {});
  } catch (error) {
    tell("failed", "", "", { text: String(error.stack ?? error) });
  }
};
