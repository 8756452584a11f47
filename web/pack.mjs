// Packs the built page for the program: each file gzip-compressed beside itself, and a C++ file that holds them all.
// Run as: node pack.mjs DIR GENERATED_FILE
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const alreadyPacked = new Set([".woff2"]);

function filesBelow(dir) {
  return readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

const [dir, generated] = process.argv.slice(2);
const assets = [];
for (const file of filesBelow(dir)) {
  if (file.endsWith(".gz")) continue;
  const type = types[extname(file)];
  if (!type) throw new Error(`no type for ${file}`);
  const packed = !alreadyPacked.has(extname(file));
  if (packed) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  assets.push({ path: "/" + relative(dir, file), type, packed, bytes: packed ? `${file}.gz` : file });
}

let text = '// Written by web/pack.mjs: the desk\'s page.\n#include "serve/assets.h"\n\n#include <array>\n\n';
assets.forEach(({ bytes }, i) => {
  text += `__asm__(".pushsection .rodata\\n.global careo_asset_${i}, careo_asset_${i}_end\\ncareo_asset_${i}:\\n"\n`;
  text += `        ".incbin \\"${bytes}\\"\\ncareo_asset_${i}_end:\\n.byte 0\\n.popsection\\n");\n`;
  text += `extern "C" const unsigned char careo_asset_${i}[], careo_asset_${i}_end[];\n`;
});
text += "\nnamespace careo {\n\nconst Asset* asset_at(std::string_view path) {\n";
text += `  static const std::array<Asset, ${assets.length}> kAssets = {{\n`;
assets.forEach(({ path, type, packed }, i) => {
  text += `      {"${path}", "${type}", Bytes(careo_asset_${i}, careo_asset_${i}_end), ${packed}},\n`;
});
text += "  }};\n  for (const Asset& asset : kAssets)\n    if (asset.path == path) return &asset;\n  return nullptr;\n}\n\n}  // namespace careo\n";
mkdirSync(dirname(generated), { recursive: true });
writeFileSync(generated, text);
