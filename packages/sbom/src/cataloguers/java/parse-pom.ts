import { boundedText } from '../bounded-text.js';
import { walkXml } from './xml-elements.js';

/** What is kept of a project's pom.xml. Texts that name properties nobody can resolve here are left out. */
export interface Pom {
  readonly groupId?: string;
  readonly artifactId?: string;
  readonly version?: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly supplier?: string;
  readonly licences: readonly PomLicence[];
  /** `group:artifact` of what it needs when it runs and is not optional. */
  readonly dependencies: readonly string[];
}

export interface PomLicence {
  readonly name?: string;
  readonly url?: string;
}

const maximumDependencies = 500;
const maximumLicences = 20;
const maximumProperties = 2000;

const wanted: ReadonlySet<string> = new Set([
  'groupId',
  'artifactId',
  'version',
  'parent/groupId',
  'parent/version',
  'description',
  'url',
  'organization/name',
]);

/** Scopes that do not reach the one who runs the artefact. */
const foreignScopes: ReadonlySet<string> = new Set(['test', 'provided', 'system', 'import']);

/** Reads a pom.xml (maven.apache.org, POM reference) by itself: of a parent it knows what the child repeats of it. */
export function parsePom(text: string): Pom {
  const values = new Map<string, string>();
  const properties = new Map<string, string>();
  const licences: PomLicence[] = [];
  const dependencies: ReadonlyMap<string, string>[] = [];
  let part = new Map<string, string>();
  walkXml(text, {
    element({ path, text: value }) {
      const inProject = path.startsWith('project/') ? path.slice('project/'.length) : '';
      if (wanted.has(inProject)) values.set(inProject, value);
      else if (inProject.startsWith('properties/') && properties.size < maximumProperties) properties.set(inProject.slice('properties/'.length), value);
      else if (/^(?:licenses\/license|dependencies\/dependency)\/\w+$/.test(inProject)) part.set(inProject.slice(inProject.lastIndexOf('/') + 1), value);
      else if (inProject === 'licenses/license' || inProject === 'dependencies/dependency') {
        if (inProject === 'licenses/license' && licences.length < maximumLicences) licences.push(licenceOf(part));
        if (inProject === 'dependencies/dependency' && dependencies.length < maximumDependencies) dependencies.push(part);
        part = new Map();
      }
    },
  });
  const groupId = values.get('groupId') ?? values.get('parent/groupId');
  const version = values.get('version') ?? values.get('parent/version');
  for (const prefix of ['project.', 'pom.', '']) {
    if (groupId !== undefined) properties.set(`${prefix}groupId`, groupId);
    if (version !== undefined) properties.set(`${prefix}version`, version);
  }
  const resolved = (value: string | undefined): string | undefined => boundedText(value === undefined ? undefined : resolve(value, properties));
  const optional = {
    groupId: resolved(groupId),
    artifactId: resolved(values.get('artifactId')),
    version: resolved(version),
    description: resolved(values.get('description')?.replaceAll(/\s+/g, ' ')),
    homepage: resolved(values.get('url')),
    supplier: resolved(values.get('organization/name')),
  };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    licences: licences.filter(({ name, url }) => name !== undefined || url !== undefined),
    dependencies: dependencies.flatMap((dependency) => {
      if (dependency.get('optional') === 'true' || foreignScopes.has(dependency.get('scope') ?? '')) return [];
      const [group, artifact] = [resolved(dependency.get('groupId')), resolved(dependency.get('artifactId'))];
      return group === undefined || artifact === undefined ? [] : [`${group}:${artifact}`];
    }),
  };
}

function licenceOf(part: ReadonlyMap<string, string>): PomLicence {
  const name = boundedText(part.get('name'));
  const url = boundedText(part.get('url'));
  return { ...(name === undefined ? {} : { name }), ...(url === undefined ? {} : { url }) };
}

/** Values of properties, which may name others; `undefined` when one is not in this file or they go round in a circle. */
function resolve(value: string, properties: ReadonlyMap<string, string>): string | undefined {
  let result = value;
  for (let round = 0; round < 4 && result.includes('${'); round += 1) {
    if (result.length > 4096) return undefined;
    result = result.replaceAll(/\$\{([^${}]{1,200})\}/g, (all, name: string) => properties.get(name) ?? all);
  }
  return result.includes('${') ? undefined : result;
}
