// Measures what a first visit of each page loads, from the build's own manifest, and fails above the budgets.
// Sizes are gzip, in kB of 1000 bytes; fonts and images are apart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '..', 'dist');
const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
const entry = 'index.html';
const shell = 'src/frame/SignedInApp.tsx';
const overview = 'src/pages/overview/OverviewPage.tsx';

const budgets = { signInScript: 240, overviewScript: 460, furtherScript: 100, styles: 115 };

/** All chunks loaded with these, static imports included. */
function closure(names) {
  const seen = new Set();
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    if (manifest[name] === undefined) throw new Error(`The manifest has no ${name}.`);
    seen.add(name);
    queue.push(...(manifest[name].imports ?? []));
  }
  return seen;
}

const sizes = new Map();

/** Kilobytes of a file after gzip. */
function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / 1000);
  return sizes.get(file);
}

function weigh(names) {
  const chunks = [...closure(names)].map((name) => manifest[name]);
  const styles = new Set(chunks.flatMap(({ css }) => css ?? []));
  const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);
  return { script: sum(new Set(chunks.map(({ file }) => file))), styles: sum(styles) };
}

const rows = [];
const problems = [];
function check(name, kind, value, budget) {
  rows.push(`${name.padEnd(44)} ${kind.padEnd(7)} ${value.toFixed(0).padStart(5)} kB of ${budget}`);
  if (value > budget) problems.push(`${name}: ${kind} of ${value.toFixed(0)} kB is above ${budget} kB`);
}

const signIn = weigh([entry]);
check('sign-in', 'script', signIn.script, budgets.signInScript);
check('sign-in', 'styles', signIn.styles, budgets.styles);
const base = weigh([entry, shell, overview]);
check('overview', 'script', base.script, budgets.overviewScript);
check('overview', 'styles', base.styles, budgets.styles);
for (const name of Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && key !== shell && key !== overview)) {
  const together = weigh([entry, shell, overview, name]);
  check(name.replace('src/', ''), 'script', together.script - base.script, budgets.furtherScript);
  check(name.replace('src/', ''), 'styles', weigh([entry, shell, name]).styles, budgets.styles);
}
process.stdout.write(`${rows.join('\n')}\n`);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
