/** The `cqlint` program: whether it is there, which version it is, and what to do when it is not. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { firstFolder, SECTION } from "./settings";

const execute = promisify(execFile);

const INSTALL = vscode.Uri.parse("https://github.com/cqlint/cqlint#use");

/** Runs the program to its end, and answers what it has written. */
export async function output(program: string, args: string[]): Promise<string> {
  const { stdout } = await execute(program, args, { cwd: firstFolder(), timeout: 20_000, maxBuffer: 8 << 20 });
  return stdout;
}

/** The program's version. A program of another kind with the same name is an error that says so. */
export async function version(program: string): Promise<string> {
  let said: string;
  try {
    said = await output(program, ["--version"]);
  } catch (error) {
    throw new Error(reason(program, error));
  }
  const found = /^cqlint (\d+\.\d+\.\S+)/.exec(said);
  if (found === null) {
    throw new Error(`\`${program}\` is another program: it calls itself “${said.trim().slice(0, 40)}”`);
  }
  return found[1];
}

function reason(program: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return `\`${program}\` was not found`;
    case "EACCES":
      return `\`${program}\` may not be executed`;
    default:
      return `\`${program} --version\` failed: ${message.split("\n")[0]}`;
  }
}

/** Says what is wrong with the program, and offers each way out. */
export async function offerWaysOut(problem: string): Promise<void> {
  const choose = "Choose the Program…";
  const install = "How to Install";
  const change = "Open Settings";
  const chosen = await vscode.window.showErrorMessage(
    `cqlint: ${problem}. Install it, or tell where it is (setting cqlint.path).`,
    choose,
    install,
    change,
  );
  if (chosen === choose) {
    const [file] = (await vscode.window.showOpenDialog({ title: "The cqlint program", canSelectMany: false })) ?? [];
    if (file !== undefined) {
      const all = vscode.workspace.getConfiguration(SECTION);
      await all.update("path", file.fsPath, vscode.ConfigurationTarget.Global);
    }
  } else if (chosen === install) {
    await vscode.env.openExternal(INSTALL);
  } else if (chosen === change) {
    await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
  }
}
