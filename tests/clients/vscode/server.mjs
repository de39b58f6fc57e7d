// VS Code as a server of its own, with a fresh profile and the extensions that are named, shown to a browser. The extensions
// run only while somebody looks.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const [setUp, ...extensions] = process.argv.slice(2);
/** What is opened. */
export const folder = process.env.CQLINT_FOLDER;
const { chromium } = createRequire(path.join(setUp, "package.json"))("playwright-core");

const SETTINGS = {
  // The shell that VS Code asks for the PATH has another one.
  "cqlint.path": path.join(path.dirname(folder), "cqlint"),
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "files.autoSave": "off",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

function freePort() {
  return new Promise((found) => {
    const listener = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = listener.address();
      listener.close(() => found(port));
    });
  });
}

/** The arguments of a server that knows nothing of other profiles. */
async function profile(settings) {
  const own = path.join(path.dirname(folder), "profile");
  // What names a program is read from the settings of the machine.
  for (const kind of ["User", "Machine"]) {
    fs.mkdirSync(path.join(own, "data", kind), { recursive: true });
    fs.writeFileSync(path.join(own, "data", kind, "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  }
  const port = await freePort();
  fs.writeFileSync(path.join(own, "config.yaml"), `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\n`);
  const program = path.join(setUp, "node_modules/code-server/out/node/entry.js");
  const flags = ["--user-data-dir", `${own}/data`, "--extensions-dir", `${own}/extensions`, "--config", `${own}/config.yaml`];
  return { port, program: [program, ...flags, "--disable-telemetry", "--disable-update-check"] };
}

async function listening(port) {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/healthz`);
      return;
    } catch {
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}

/** A page that shows it, and how it is ended. */
export async function start(settings, viewport) {
  const { port, program } = await profile(settings);
  const install = extensions.flatMap((file) => ["--install-extension", file]);
  execFileSync(process.execPath, [...program, ...install], { stdio: "inherit" });
  const server = spawn(process.execPath, [...program, folder], { stdio: "inherit" });
  await listening(port);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport });
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`, { waitUntil: "domcontentloaded" });
  const stop = async () => {
    await browser.close();
    server.kill();
  };
  return { page, stop };
}
