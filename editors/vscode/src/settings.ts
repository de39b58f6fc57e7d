/** What the user has set, ready for use. */

import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

/** All settings stand below this name. */
export const SECTION = "cqlint";

/** What decides how the server is started: a change of any of them starts it again. */
export const OF_START = ["enable", "path", "args", "config"].map((name) => `${SECTION}.${name}`);

export interface Settings {
  readonly enable: boolean;
  readonly path: string;
  readonly args: readonly string[];
  readonly config: string | undefined;
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
}

export function settings(): Settings {
  const all = vscode.workspace.getConfiguration(SECTION);
  const config = all.get<string>("config", "").trim();
  return {
    enable: all.get("enable", true),
    path: expanded(all.get<string>("path", "cqlint").trim() || "cqlint"),
    args: all.get<string[]>("args", []),
    config: config === "" ? undefined : absolute(expanded(config)),
    inlayHints: all.get("inlayHints.enable", true),
    codeLens: all.get("codeLens.enable", true),
  };
}

/** What the server reads of them. */
export function forServer(): object {
  const { inlayHints, codeLens, config } = settings();
  return { inlayHints: { enable: inlayHints }, codeLens: { enable: codeLens }, config: config ?? null };
}

/** The first folder of the workspace, where there is one. */
export function firstFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

function expanded(text: string): string {
  const home = text.replace(/^~(?=$|[/\\])/, os.homedir());
  return home.replaceAll("${workspaceFolder}", firstFolder() ?? ".");
}

function absolute(file: string): string {
  return path.resolve(firstFolder() ?? ".", file);
}
