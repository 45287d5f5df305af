import { boundedText } from '../bounded-text.js';
import { rubyTokens, type RubyToken } from './ruby-tokens.js';

/** What is kept of a gem's specification. Optional fields are absent where it has none that can be read. */
export interface Gem {
  readonly name: string;
  readonly version: string;
  /** Such as `x86_64-linux`; absent for gems of plain Ruby. */
  readonly platform?: string;
  readonly licences: readonly string[];
  readonly description?: string;
  readonly homepage?: string;
  readonly author?: string;
  /** Names of the gems it needs when it runs. */
  readonly dependencies: readonly string[];
}

const maximumDependencies = 500;
const maximumLicences = 20;
const wantedAttributes: ReadonlySet<string> = new Set(['name', 'version', 'platform', 'license', 'licenses', 'summary', 'homepage', 'author', 'authors']);

interface Statements {
  /** Texts assigned, by attribute; several for a list. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** Names of gems, by the method that was called with them. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads a specification as RubyGems writes it when it installs a gem (guides.rubygems.org, Specification reference):
 * assignments of literals, and dependencies. A specification that computes its values is known by its stub line.
 * @returns `undefined` for one without a usable name and version.
 */
export function parseGemspec(source: string): Gem | undefined {
  const { attributes, dependencies } = readStatements([...rubyTokens(source)]);
  const stub = stubLine(source);
  const value = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const text = interpolated(attributes.get(name)?.[0], attributes)?.trim();
      if (text !== undefined && text !== '') return text;
    }
    return undefined;
  };
  const isStub = value('name') === undefined || value('version') === undefined;
  const [name = '', version = '', platform = 'ruby'] = isStub ? stub : [value('name'), value('version'), value('platform')];
  if (!isMadeOf(name, gemNameCharacters) || !isMadeOf(version, versionCharacters) || !startsWithDigit(version)) return undefined;
  const optional = {
    platform: platform === 'ruby' || !isMadeOf(platform, gemNameCharacters) ? undefined : platform,
    description: boundedText(value('summary')),
    homepage: boundedText(value('homepage')),
    author: boundedText(value('author', 'authors')),
  };
  const licences = attributes.get('licenses') ?? attributes.get('license') ?? [];
  const runtime = dependencies.get('add_runtime_dependency') ?? dependencies.get('add_dependency') ?? [];
  return {
    name,
    version,
    ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== undefined)),
    licences: licences.filter((licence) => licence.trim() !== '').slice(0, maximumLicences),
    dependencies: [...new Set(runtime)].filter((dependency) => isMadeOf(dependency, gemNameCharacters)).slice(0, maximumDependencies),
  };
}

function readStatements(tokens: readonly RubyToken[]): Statements {
  const attributes = new Map<string, readonly string[]>();
  const dependencies = new Map<string, string[]>();
  const start = tokens.findIndex((token, index) => token.value === '|' && token.kind === 'sign' && isSign(tokens[index + 2], '|'));
  const receiver = tokens[start + 1]?.value;
  for (let at = start < 0 ? tokens.length : start + 3; at < tokens.length; at += 1) {
    if (tokens[at]?.kind !== 'word' || tokens[at]?.value !== receiver || !isSign(tokens[at + 1], '.')) continue;
    const member = tokens[at + 2]?.value ?? '';
    const isAssigned = isSign(tokens[at + 3], '=') && !isSign(tokens[at + 4], '=');
    if (isAssigned && wantedAttributes.has(member) && !attributes.has(member)) attributes.set(member, literals(tokens, at + 4));
    if (!isAssigned && member.endsWith('_dependency') && !member.includes('development')) {
      const argument = isSign(tokens[at + 3], '(') ? tokens[at + 4] : tokens[at + 3];
      if (argument?.kind === 'text') dependencies.set(member, [...(dependencies.get(member) ?? []).slice(0, maximumDependencies), argument.value]);
    }
  }
  return { attributes, dependencies };
}

/** One literal, the literals of a list, or that of `Gem::Version.new`; none for anything computed. */
function literals(tokens: readonly RubyToken[], at: number): readonly string[] {
  const first = tokens[at];
  if (first?.kind === 'text') return [first.value];
  if (first?.kind === 'word' && first.value === 'Gem') {
    const argument = tokens.slice(at, at + 9).findIndex((token) => isSign(token, '('));
    const text = argument < 0 ? undefined : tokens[at + argument + 1];
    return text?.kind === 'text' ? [text.value] : [];
  }
  const texts: string[] = [];
  if (!isSign(first, '[')) return texts;
  for (let next = at + 1; next < tokens.length && !isSign(tokens[next], ']'); next += 1) {
    const token = tokens[next];
    if (token?.kind === 'text' && texts.length < maximumLicences) texts.push(token.value);
  }
  return texts;
}

/** `# stub: name version platform paths`, which RubyGems itself reads before the rest. */
function stubLine(source: string): readonly string[] {
  for (const line of source.slice(0, 4096).split('\n', 5)) {
    if (line.startsWith('# stub: ')) return line.slice('# stub: '.length).trim().split(' ');
  }
  return [];
}

/** Fills in `#{s.name}` and `#{s.version}`; `undefined` when anything else would have to be evaluated. */
function interpolated(text: string | undefined, attributes: ReadonlyMap<string, readonly string[]>): string | undefined {
  if (text === undefined || !text.includes('#{')) return text;
  const [first = '', ...rest] = text.slice(0, 4096).split('#{');
  const parts = rest.map((part) => {
    const end = part.indexOf('}');
    const attribute = part.slice(part.indexOf('.') + 1, end).trim();
    const known = attribute === 'name' || attribute === 'version' ? attributes.get(attribute)?.[0] : undefined;
    return end < 0 || known === undefined || known.includes('#{') ? undefined : known + part.slice(end + 1);
  });
  return parts.includes(undefined) ? undefined : first + parts.join('');
}

function isSign(token: RubyToken | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.value === sign;
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';
const versionCharacters: ReadonlySet<string> = new Set(`${letters}${digits}.-`);
const gemNameCharacters: ReadonlySet<string> = new Set(`${letters}${digits}.-_`);

function isMadeOf(text: string, characters: ReadonlySet<string>): boolean {
  return text !== '' && text.length <= 255 && text.split('').every((character) => characters.has(character));
}

function startsWithDigit(text: string): boolean {
  return digits.includes(text.charAt(0));
}
