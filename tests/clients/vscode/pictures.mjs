// pictures.mjs SETUP EXTENSION: draws the pictures of editors/vscode/README.md, into the folder that CQLINT_PICTURES names.

import path from "node:path";
import { start } from "./server.mjs";

const SETTINGS = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 14,
  "editor.minimap.enabled": false,
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.sideBar.location": "right",
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
};

const { page, stop } = await start(SETTINGS, { width: 1040, height: 560 });

const pause = (milliseconds) => page.waitForTimeout(milliseconds);

/** Opens a file, with the cursor at a line and a column. */
async function open(file, place) {
  await page.keyboard.press("Control+Shift+E");
  await page.dblclick(`.explorer-folders-view .monaco-list-row:has-text("${file}")`, { timeout: 30_000 });
  await page.waitForSelector(`.tab.active:has-text("${file}")`);
  await page.keyboard.press("Control+B");
  await page.keyboard.press("Control+G");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(place);
  await page.keyboard.press("Enter");
  await pause(1500);
}

async function draw(name) {
  await page.screenshot({ path: path.join(process.env.CQLINT_PICTURES, name) });
}

async function drawAll() {
  await page.waitForSelector(".monaco-workbench", { timeout: 60_000 });
  await pause(4000);
  await open("queries.cql", "9:22");
  await page.waitForSelector(".squiggly-warning", { timeout: 60_000 });
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  await page.waitForSelector(".monaco-hover .hover-contents", { timeout: 20_000 });
  await pause(2500);
  await draw("hover.png");
  await page.keyboard.press("Escape");
  await open("Shop.java", "12:45");
  await page.waitForSelector(".squiggly-error", { timeout: 60_000 });
  await pause(1000);
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget", { timeout: 20_000 });
  await pause(1500);
  await draw("fix.png");
  await page.keyboard.press("Escape");
  await open("schema.cql", "2:1");
  await page.click("text=/used by \\d+ statements/", { timeout: 20_000 });
  await page.waitForSelector(".peekview-widget", { timeout: 20_000 });
  // The folder is a temporary one.
  await page.addStyleTag({ content: ".peekview-title .dirname { visibility: hidden }" });
  await pause(2500);
  await draw("references.png");
}

try {
  await drawAll();
} catch (error) {
  // What it looks like instead.
  await draw("failed.png");
  throw error;
} finally {
  await stop();
}
