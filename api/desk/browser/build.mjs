// Builds ../desk.js from src/ and htmx; with --check it only says whether that file is what they make.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BUILT = here("../desk.js");

/** One number for all of the source, so that the step is checked where there is no Node, too. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const name of readdirSync(here("src")).sort()) hash.update(`${name}\n`).update(readFileSync(here(`src/${name}`)));
  return hash.digest("hex");
}

const banner = { js: `// The help desk's pages, built from api/desk/browser/src (${fingerprint()}) with htmx (0BSD)` };

const { outputFiles } = await build({
  entryPoints: [here("src/main.js")],
  bundle: true,
  minify: true,
  format: "iife",
  charset: "utf8",
  target: "es2022",
  legalComments: "none",
  banner,
  write: false,
});
const built = Buffer.from(outputFiles[0].contents);

if (process.argv.includes("--check")) {
  if (!built.equals(readFileSync(BUILT))) {
    console.error("desk.js is not what its source makes: run `npm run build` in api/desk/browser");
    process.exit(1);
  }
} else {
  writeFileSync(BUILT, built);
}
console.log(`desk.js: ${built.length} bytes, ${gzipSync(built, { level: 9 }).length} gzipped`);
