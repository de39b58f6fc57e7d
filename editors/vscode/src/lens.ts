/** What the server asks the editor to do when somebody clicks on a line above the text. */

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient";

const SHOW_REFERENCES = "cqlint.showReferences";

/** What the server is told that it may ask for. */
export const CLIENT_COMMANDS = [SHOW_REFERENCES];

/** `cqlint.showReferences` takes what LSP calls places, the editor's own command takes the editor's. */
export function registerClientCommands(): vscode.Disposable {
  return vscode.commands.registerCommand(
    SHOW_REFERENCES,
    (uri: string, position: Position, locations: Location[]) =>
      vscode.commands.executeCommand(
        "editor.action.showReferences",
        vscode.Uri.parse(uri),
        place(position),
        locations.map(
          ({ uri, range }) => new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(place(range.start), place(range.end))),
        ),
      ),
  );
}

function place({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}
