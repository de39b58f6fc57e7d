// drive.mjs SETUP EXTENSION…: VS Code as a server of its own, with a fresh profile and these extensions, shown to a browser
// until the story is told. The extensions run only while somebody looks.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const [setUp, ...extensions] = process.argv.slice(2);
const { CQLINT_FOLDER: folder, CQLINT_TOLD: told } = process.env;
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
async function profile() {
  const own = path.join(path.dirname(folder), "profile");
  // What names a program is read from the settings of the machine.
  for (const kind of ["User", "Machine"]) {
    fs.mkdirSync(path.join(own, "data", kind), { recursive: true });
    fs.writeFileSync(path.join(own, "data", kind, "settings.json"), JSON.stringify(SETTINGS));
  }
  const port = await freePort();
  fs.writeFileSync(path.join(own, "config.yaml"), `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\n`);
  const program = path.join(setUp, "node_modules/code-server/out/node/entry.js");
  const flags = ["--user-data-dir", `${own}/data`, "--extensions-dir", `${own}/extensions`, "--config", `${own}/config.yaml`];
  return { port, program: [program, ...flags, "--disable-telemetry", "--disable-update-check"] };
}

/** Until the story has its last line. */
async function end() {
  for (;;) {
    const step = fs.readFileSync(told, "utf8").trimEnd().split("\n").at(-1);
    if (step !== "" && ["ended", "failed"].includes(JSON.parse(step).step)) {
      return JSON.parse(step);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
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

const { port, program } = await profile();
execFileSync(process.execPath, [...program, ...extensions.flatMap((file) => ["--install-extension", file])], { stdio: "inherit" });
const server = spawn(process.execPath, [...program, folder], { stdio: "inherit" });
await listening(port);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`, { waitUntil: "domcontentloaded" });
const last = await end();
await browser.close();
server.kill();
if (last.step === "failed") {
  console.error(last.text);
  process.exit(1);
}
