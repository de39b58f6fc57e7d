/** The pages of the rules, as the program itself explains them. */

import * as vscode from "vscode";
import { offerWaysOut, output } from "./program";
import { settings } from "./settings";

const SCHEME = "cqlint-rule";

interface Rule {
  readonly name: string;
  readonly level: string;
  readonly group: string;
  readonly summary: string;
}

/** Makes `cqlint-rule:NAME` a document that can be opened. */
export function registerPages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => output(settings().path, ["explain", uri.path]),
  });
}

/** Shows a rule's page: the rule that is named, the one at the cursor, or one that is chosen. */
export async function explain(named?: unknown): Promise<void> {
  try {
    const rule = typeof named === "string" ? named : (atCursor() ?? (await chosen()));
    if (rule !== undefined) {
      const page = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: SCHEME, path: rule }));
      await vscode.window.showTextDocument(page, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    }
  } catch (error) {
    await offerWaysOut((error as Error).message.split("\n")[0]);
  }
}

/** The rule of the finding at the cursor, when there is exactly one. */
function atCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const place = editor.selection.active;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((finding) => finding.source === "cqlint" && finding.range.contains(place));
  const rules = new Set(here.map(({ code }) => String(typeof code === "object" ? code.value : code)));
  return rules.size === 1 ? [...rules][0] : undefined;
}

async function chosen(): Promise<string | undefined> {
  const rules = JSON.parse(await output(settings().path, ["rules", "--format", "json"])) as Rule[];
  const items = rules.map(({ name, level, group, summary }) => ({
    label: name,
    description: `${group}, ${level}`,
    detail: summary,
  }));
  const item = await vscode.window.showQuickPick(items, { title: "Which rule?", matchOnDetail: true });
  return item?.label;
}
