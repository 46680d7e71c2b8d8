// Builds ../widget.js from src/; with --check it only says whether that file is what the source makes.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BUILT = here("../widget.js");

/** One number for all of the source, so that the step is checked where there is no Node, too. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const name of readdirSync(here("src")).sort()) hash.update(`${name}\n`).update(readFileSync(here(`src/${name}`)));
  return hash.digest("hex");
}

const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), {
        loader: "css",
        minify: true,
        charset: "utf8",
        target: ["safari15", "chrome90"],
      });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: [here("src/main.ts")],
  bundle: true,
  minify: true,
  format: "iife",
  charset: "utf8",
  target: "es2022",
  legalComments: "none",
  banner: { js: `// Mamori's website widget, built from api/channels/web/widget/src (${fingerprint()})` },
  plugins: [styles],
  write: false,
});
const built = Buffer.from(outputFiles[0].contents);

if (process.argv.includes("--check")) {
  if (!built.equals(readFileSync(BUILT))) {
    console.error("widget.js is not what its source makes: run `npm run build` in api/channels/web/widget");
    process.exit(1);
  }
} else {
  writeFileSync(BUILT, built);
}
console.log(`widget.js: ${built.length} bytes, ${gzipSync(built, { level: 9 }).length} gzipped`);
