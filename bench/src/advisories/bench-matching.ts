import { execFileSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Matcher } from '@esscm/vulnerabilities';
import type { AdvisoryDatabase, MatchComponent } from '@esscm/vulnerabilities';
import { memoryOf } from '../measure.js';

const count = 1_000;
const rounds = 40;

const types: Readonly<Record<string, string>> = { PyPI: 'pypi', Go: 'golang', 'crates.io': 'cargo', Bitnami: 'bitnami', Packagist: 'composer', 'AlmaLinux:9': 'rpm' };

/** {@link measureMatching} in a process that does nothing else, started as `bin/esscm` starts a server. */
export function benchMatching(folder: string, name: string): Record<string, string | number> {
  const pass = fileURLToPath(new URL('matching-pass.js', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ['--max-semi-space-size=16', pass, folder, name], { encoding: 'utf8' })) as Record<string, string | number>;
}

/**
 * 1,000 components of an AlmaLinux 9 image, half of them with advisories: their look-ups alone, matched to the end by a matcher that met
 * them before, as that of a server has met most packages of its images, and by a new one. Milliseconds of CPU, collection of garbage on other threads included.
 */
export function measureMatching(database: AdvisoryDatabase, name: string): Record<string, string | number> {
  const components = sampleComponents(database.file);
  const distribution = { id: 'almalinux', idLike: ['rhel'], versionId: '9.4' };
  const ecosystems = Object.fromEntries(Object.entries(types).map(([ecosystem, type]) => [type, ecosystem]));
  const lookUps: number[] = [];
  const matched: number[] = [];
  let rows = 0;
  let findings = 0;
  const matcher = new Matcher(database);
  for (let round = 0; round < rounds; round += 1) {
    rows = 0;
    let began = cpuMilliseconds();
    for (const component of components) rows += database.ranges('affected', ecosystems[component.ecosystem] ?? '', component.name).length;
    lookUps.push(cpuMilliseconds() - began);
    began = cpuMilliseconds();
    findings = matcher.match({ components, distribution }).findings.length;
    matched.push(cpuMilliseconds() - began);
  }
  const memory = memoryOf(process.pid);
  const matchedAnew = Array.from({ length: rounds / 4 }, () => {
    const began = cpuMilliseconds();
    new Matcher(database).match({ components, distribution });
    return cpuMilliseconds() - began;
  });
  return {
    database: name,
    components: count,
    rows,
    findings,
    'look-ups first ms': (lookUps[0] ?? 0).toFixed(1),
    'look-ups p50 ms': quantile(lookUps, 0.5),
    'look-ups p95 ms': quantile(lookUps, 0.95),
    'matched first ms': (matched[0] ?? 0).toFixed(1),
    'matched p50 ms': quantile(matched, 0.5),
    'matched p95 ms': quantile(matched, 0.95),
    'new matcher p50 ms': quantile(matchedAnew, 0.5),
    ...memory,
  };
}

/** The same ones every time: packages spread evenly over the table, and as many that nobody has heard of. */
function sampleComponents(file: string): MatchComponent[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const perType = Math.floor(count / 2 / Object.keys(types).length);
    const known = Object.entries(types).flatMap(([ecosystem, type]) => {
      const found = database.prepare('SELECT r.name AS name, max(range.value ->> 2) AS events FROM affected r JOIN ecosystem e ON e.id = r.ecosystem, json_each(r.ranges) range WHERE e.name = ? GROUP BY r.name ORDER BY r.name').all(ecosystem);
      const step = Math.max(1, Math.floor(found.length / perType));
      return found.filter((_, index) => index % step === 0).slice(0, perType).map((row) => component(type, String(row['name']), /^f(.+)$/m.exec(String(row['events']))?.[1] ?? '1.0.0'));
    });
    const unknown = Array.from({ length: count - known.length }, (_, index) => component(Object.values(types)[index % 6] ?? 'pypi', `nobody-has-heard-of-${index}`, '1.0.0'));
    return [...known, ...unknown];
  } finally {
    database.close();
  }
}

function component(type: string, name: string, version: string): MatchComponent {
  return { id: `${type}/${name}`, ecosystem: type, name, version, packageUrl: `pkg:${type}/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`, locations: [] };
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

function quantile(values: readonly number[], share: number): string {
  return (values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN).toFixed(1);
}
