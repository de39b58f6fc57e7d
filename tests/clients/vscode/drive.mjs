// drive.mjs SETUP EXTENSION…: shows VS Code until the story is told.

import fs from "node:fs";
import { start } from "./server.mjs";

/** Until the story has its last line. */
async function end() {
  for (;;) {
    const step = fs.readFileSync(process.env.CQLINT_TOLD, "utf8").trimEnd().split("\n").at(-1);
    if (step !== "" && ["ended", "failed"].includes(JSON.parse(step).step)) {
      return JSON.parse(step);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

const { stop } = await start({}, { width: 1280, height: 800 });
const last = await end();
await stop();
if (last.step === "failed") {
  console.error(last.text);
  process.exit(1);
}
