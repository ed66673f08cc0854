// Makes what pages load of what is read: "node tests/browser/small_scripts.mjs" joins the parts of each script and lets
// terser shorten them; with --check it only tells which files are out of date.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { minify } from 'terser';

const assets = new URL('../../pipeline/babelreel/delivery/site/assets/', import.meta.url);
const read = (path) => readFileSync(new URL(path, assets), 'utf8');
const bundles = JSON.parse(read('script/bundles.json'));
const isCheck = process.argv.includes('--check');
// In one function, so that no name of theirs is seen from outside. "unsafe_arrows": nothing of ours is made with "new".
const options = { ecma: 2017, mangle: true, compress: { ecma: 2017, passes: 3, unsafe_arrows: true } };

for (const [name, parts] of Object.entries(bundles)) {
  const joined = parts.map((part) => read(`script/${part}.js`)).join('');
  const digest = createHash('sha256').update(joined).digest('hex').slice(0, 16);
  const { code } = await minify(`(function () {'use strict';\n${joined}}());`, options);
  const made = `/* babelreel: no library; made small of ${digest} */\n${code}\n`;
  let old = '';
  try { old = read(`small/${name}`); } catch { /* not made yet */ }
  if (old === made) { continue; }
  console.log(isCheck ? `${name} is out of date: run node tests/browser/small_scripts.mjs` : `wrote ${name}: ${made.length} bytes`);
  if (isCheck) { process.exitCode = 1; } else { writeFileSync(new URL(`small/${name}`, assets), made); }
}
