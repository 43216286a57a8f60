// Puts what browsers load into dist/: fingerprinted, compressed and listed in manifest.json, for the program to embed.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

process.chdir(import.meta.dirname);
const read = (path) => readFileSync(path, "utf8");

// GDS Transport may be used on gov.uk alone, and the crest is another state's.
function govuk() {
  const css = read("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css")
    .replace(/@font-face\{[^}]*\}/g, "")
    .replace(/url\(\/assets\/images\/govuk-crest\.svg\)/g, "none")
    .replaceAll("GDS Transport,arial,sans-serif", "var(--dc-font)")
    .replaceAll('"GDS Transport",arial,sans-serif', "var(--dc-font)");
  for (const unwanted of ["GDS Transport", "url(/"]) {
    if (css.includes(unwanted)) throw new Error(`govuk-frontend still has ${unwanted}`);
  }
  return css.replace(/\/\*#.*?\*\//g, "");
}

// Comments and indentation are for the reader of the source.
const squeeze = (css) => css.replace(/\/\*[^]*?\*\//g, "").replace(/\n\s*/g, "\n").trim();

// The base comes first; what belongs to one part of the pages is in a file of its own.
const own = (directory) => readdirSync(directory).sort((a, b) => (b === "base.css" || b === "base.js") - (a === "base.css" || a === "base.js") || (a < b ? -1 : 1)).map((file) => read(`${directory}/${file}`)).join("\n");

const files = {
  "workbench.css": `${govuk()}\n${squeeze(own("src/css"))}\n`,
  "workbench.js": own("src/js"),
  "htmx.js": read("node_modules/htmx.org/dist/htmx.min.js"),
  "icon.svg": read("src/icon.svg"),
};

mkdirSync("dist", { recursive: true });
for (const old of readdirSync("dist")) {
  if (old !== ".gitignore") rmSync(`dist/${old}`);
}
const manifest = {};
for (const [name, content] of Object.entries(files)) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const [stem, ending] = name.split(".");
  const file = `${stem}.${hash}.${ending}`;
  const raw = Buffer.from(content);
  writeFileSync(`dist/${file}`, raw);
  writeFileSync(`dist/${file}.gz`, gzipSync(raw, { level: 9 }));
  writeFileSync(`dist/${file}.br`, brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  manifest[name] = file;
}
writeFileSync("dist/manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
