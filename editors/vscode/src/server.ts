/** The server: started, stopped, started again, with what it is told and what is kept from the editor. */

import * as vscode from "vscode";
import { CodeLensRequest, InlayHintRequest, LanguageClient, State as ClientState } from "vscode-languageclient/node";
import { SELECTOR } from "./languages";
import { CLIENT_COMMANDS } from "./lens";
import { offerWaysOut, version } from "./program";
import { forServer, SECTION, settings } from "./settings";
import type { Status } from "./status";

export class Server {
  private client: LanguageClient | undefined;
  /** Starts and stops follow one another; two at a time would leave a process behind. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly status: Status,
  ) {}

  /** Starts the server as the settings say; one that runs is stopped before. */
  restart(): Promise<void> {
    return this.then(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.then(() => this.end());
  }

  /** Asks the server again for what the settings show or hide. */
  refresh(): void {
    const hints = this.client?.getFeature(InlayHintRequest.method);
    const lenses = this.client?.getFeature(CodeLensRequest.method);
    for (const document of vscode.workspace.textDocuments) {
      hints?.getProvider(document)?.onDidChangeInlayHints.fire();
      lenses?.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
    }
  }

  private then(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step).catch((error: unknown) => this.fail(String(error)));
    return this.last;
  }

  private fail(reason: string): void {
    this.output.error(reason);
    this.status.show({ kind: "failed", reason });
  }

  private async begin(): Promise<void> {
    const { enable, path, args, config } = settings();
    if (!enable) {
      this.status.show({ kind: "off" });
      return;
    }
    this.status.show({ kind: "starting" });
    let found: string;
    try {
      found = await version(path);
    } catch (error) {
      const { message } = error as Error;
      this.fail(message);
      // Not awaited: the message stands until somebody answers it.
      void offerWaysOut(message);
      return;
    }
    this.output.info(`starting ${path} ${["lsp", ...args].join(" ")} (version ${found})`);
    const client = new LanguageClient(
      "cqlint",
      "cqlint",
      // Without `transport` nothing is added to the arguments.
      { command: path, args: ["lsp", ...args] },
      {
        documentSelector: SELECTOR,
        outputChannel: this.output,
        // With the commands that the server may name in lenses.
        initializationOptions: { config, commands: CLIENT_COMMANDS },
        middleware: {
          workspace: {
            // The path of the configuration is told as it is meant, not as it is written.
            configuration: async ({ items }, _token, _next) =>
              items.map(({ section }) => (section === SECTION ? forServer() : null)),
            // A change that starts another client is not told to the one that ends.
            didChangeConfiguration: async (sections, next) => {
              await this.last;
              if (this.client === client) {
                await next(sections);
              }
            },
          },
          provideInlayHints: (document, range, token, next) =>
            settings().inlayHints ? next(document, range, token) : [],
          provideCodeLenses: (document, token, next) => (settings().codeLens ? next(document, token) : []),
        },
      },
    );
    client.onDidChangeState(({ newState }) => {
      if (newState === ClientState.Running) {
        this.status.show({ kind: "running", version: client.initializeResult?.serverInfo?.version ?? found });
      } else if (newState === ClientState.Stopped && this.client === client) {
        this.status.show({ kind: "failed", reason: "the server has stopped" });
      }
    });
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.fail(`the server did not start: ${String(error)}`);
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined && client.state !== ClientState.Stopped) {
      await client.dispose(2000);
    }
  }
}
