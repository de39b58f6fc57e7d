/** The item among the language's status: which version runs, or why none does. */

import * as vscode from "vscode";
import { SELECTOR } from "./languages";

export type State =
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly version: string }
  | { readonly kind: "failed"; readonly reason: string };

export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("cqlint", SELECTOR);

  constructor() {
    this.item.name = "cqlint";
  }

  show(state: State): void {
    const output = { title: "Output", command: "cqlint.showOutput" };
    const restart = { title: "Restart", command: "cqlint.restartServer" };
    this.item.busy = state.kind === "starting";
    this.item.severity = vscode.LanguageStatusSeverity.Information;
    this.item.detail = undefined;
    this.item.command = output;
    switch (state.kind) {
      case "off":
        this.item.text = "cqlint is off";
        this.item.command = {
          title: "Settings",
          command: "workbench.action.openSettings",
          arguments: ["cqlint.enable"],
        };
        break;
      case "starting":
        this.item.text = "cqlint";
        break;
      case "running":
        this.item.text = `cqlint ${state.version}`;
        break;
      case "failed":
        this.item.text = "cqlint does not run";
        this.item.detail = state.reason;
        this.item.severity = vscode.LanguageStatusSeverity.Error;
        this.item.command = restart;
        break;
    }
  }

  dispose(): void {
    this.item.dispose();
  }
}
