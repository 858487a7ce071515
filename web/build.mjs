// Bundles the styles and scripts, copies the icons in use into one sprite, and writes the two lists
// that crates/assets turns into Rust. Called by its build script, or by hand: node build.mjs --out FOLDER
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const { values: asked } = parseArgs({ options: { out: { type: "string", default: "dist" }, compress: { type: "boolean", default: false } } });
const out = asked.out;
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const types = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
  woff2: "font/woff2",
  ico: "image/x-icon",
  png: "image/png",
};
const rows = [];

/** Adds a written file to the list, with a compressed twin where that pays. */
function list(name, file, path, immutable) {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  let gzip = "-";
  if (asked.compress && ["css", "js", "svg"].includes(extension)) {
    const bytes = readFileSync(join(out, file));
    const smaller = gzipSync(bytes, { level: 9 });
    if (smaller.length < bytes.length) {
      gzip = `${file}.gz`;
      writeFileSync(join(out, gzip), smaller);
    }
  }
  rows.push([name, path, file, types[extension], immutable ? "1" : "0", gzip].join("\t"));
}

/** Writes a file of our own under a name that changes with its content. */
function hashed(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const file = name.replace(/\.(\w+)$/, `-${hash}.$1`);
  writeFileSync(join(out, file), bytes);
  list(name, file, `/assets/${file}`, true);
}

const result = await build({
  entryPoints: { app: "src/app.css", work: "src/work.css", till: "src/till.ts", card: "src/card.ts", theme: "src/theme.ts", desk: "src/desk.ts", passkeys: "src/passkeys.ts" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox121", "safari16.4"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: "/assets",
  loader: { ".woff2": "file" },
  legalComments: "none",
  metafile: true,
  logLevel: "error",
});
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  const file = basename(path);
  const source = output.entryPoint ?? Object.keys(output.inputs)[0];
  const extension = file.slice(file.lastIndexOf(".") + 1);
  // figtree-latin-wght-normal.woff2 is asked for as figtree-latin.woff2, app.ts as app.js.
  const name = `${basename(source).replace(/\.\w+$/, "").replace("-wght-normal", "")}.${extension}`;
  list(name, file, `/assets/${file}`, true);
}

const icons = readFileSync("src/icons.txt", "utf8").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
const shapes = icons.map((name) => {
  const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return [name, inner.replace(/\s+/g, " ").replace(/> </g, "><").trim()];
});
const sprite = shapes.map(([name, inner]) => `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`);
hashed("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${sprite.join("")}</svg>`);
hashed("favicon.svg", readFileSync("src/favicon.svg"));
hashed("touch-icon.png", readFileSync("src/touch-icon.png"));
writeFileSync(join(out, "favicon.ico"), readFileSync("src/favicon.ico"));
list("favicon.ico", "favicon.ico", "/favicon.ico", false);

writeFileSync(join(out, "icons.tsv"), shapes.map((row) => row.join("\t")).join("\n") + "\n");
writeFileSync(join(out, "assets.tsv"), rows.join("\n") + "\n");
