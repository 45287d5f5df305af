import type { Catalogue, Component } from '@esscm/sbom';
import { catalogued } from '../../scanner-fixture.support.test.js';
import type { Random } from './random.support.test.js';

export const versions = ['1.0.0', '2.0.0', '3.0.0'] as const;
/** Names of packages by the type of their URL. */
export const packageNames = { deb: ['acl', 'bash', 'curl', 'dpkg'], apk: ['busybox', 'musl'], npm: ['lodash', 'minimist', 'semver'], pypi: ['jinja2', 'requests'] } as const;
/** A Debian package and what it was built from. */
const sources: Readonly<Record<string, string>> = { bash: 'shells', dpkg: 'shells' };

const distributions: readonly (readonly [Catalogue['distribution'], readonly ('deb' | 'apk')[]])[] = [
  [{ id: 'debian', idLike: [], versionId: '13' }, ['deb']],
  [{ id: 'debian', idLike: [], versionId: '12' }, ['deb']],
  [{ id: 'alpine', idLike: [], versionId: '3.19.1' }, ['apk']],
  [undefined, []],
];

/** An image of some packages of the few there are, so that images share them; some are there twice, some belong to others. */
export function randomCatalogue(random: Random): Catalogue {
  const [distribution, systemTypes] = random.oneOf(distributions);
  const components: Component[] = [];
  const add = (type: keyof typeof packageNames, owner?: Component): Component => {
    const name = random.oneOf(packageNames[type]);
    const version = random.oneOf(versions);
    const namespace = type === 'deb' ? 'debian/' : type === 'apk' ? 'alpine/' : '';
    const packageUrl = `pkg:${type}/${namespace}${name}@${version}`;
    const sourceName = type === 'deb' ? (sources[name] ?? name) : name;
    const component: Component = {
      id: `${packageUrl}#${components.length}`,
      ecosystem: type,
      name,
      version,
      packageUrl,
      licences: [],
      locations: [{ path: `/${type}/${components.length}`, layerDiffId: catalogued().catalogue.image.layers[0]?.diffId ?? '', layerIndex: 0 }],
      cataloguer: type,
      ...(type === 'deb' || type === 'apk' ? { source: { name: sourceName, version } } : {}),
      ...(owner === undefined ? {} : { ownedBy: owner.id }),
    };
    components.push(component);
    return component;
  };
  for (const type of systemTypes) for (let count = 1 + random.integer(4); count > 0; count -= 1) add(type);
  const system = [...components];
  // One of npm always, so that something can be judged whatever the distribution is.
  add('npm');
  for (let count = random.integer(6); count > 0; count -= 1) add(random.oneOf(['npm', 'pypi']), system.length > 0 && random.happens(40) ? random.oneOf(system) : undefined);
  const { distribution: _, ...plain } = catalogued().catalogue;
  return { ...plain, ...(distribution === undefined ? {} : { distribution }), components };
}
