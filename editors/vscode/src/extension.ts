/** Starts the server, and binds the commands to it. */

import * as vscode from "vscode";
import { registerClientCommands } from "./lens";
import { explain, registerPages } from "./rules";
import { Server } from "./server";
import { OF_START, SECTION } from "./settings";
import { Status } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("cqlint", { log: true });
  const status = new Status();
  const started = new Server(output, status);
  server = started;
  const command = (name: string, action: (...args: unknown[]) => unknown) =>
    vscode.commands.registerCommand(`${SECTION}.${name}`, action);
  context.subscriptions.push(
    output,
    status,
    registerPages(),
    registerClientCommands(),
    command("restartServer", () => started.restart()),
    command("showOutput", () => output.show()),
    command("explainRule", explain),
    command("fixAll", fixAll),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (OF_START.some((name) => change.affectsConfiguration(name))) {
        void started.restart();
      } else if (change.affectsConfiguration(SECTION)) {
        started.refresh();
      }
    }),
    // An untrusted workspace may not name the program; once it is trusted, it may.
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
  );
  await started.restart();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

/** Applies every fix of the file that is safe unasked. */
async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.cqlint", apply: "first" });
}
