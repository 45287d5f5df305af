import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

/** What the page says of one package in one release. */
export interface ExplorerStatement {
  /** As the page writes it: `Amazon Linux 2 - Core`, `Amazon Linux 2023`. */
  readonly platform: string;
  /** A source package. */
  readonly package: string;
  readonly status: ExplorerStatus;
}

/** States of the explorer, in lower case. */
export type ExplorerStatus = 'fixed' | 'pending fix' | 'not affected' | 'no fix planned';

/** One page of the CVE explorer. */
export interface ExplorerPage {
  readonly cve: string;
  /** Empty where the page has none in the place known. */
  readonly description: string;
  /** Vectors of CVSS, as written. */
  readonly vectors: readonly string[];
  readonly statements: readonly ExplorerStatement[];
}

const statuses: ReadonlySet<string> = new Set<ExplorerStatus>(['fixed', 'pending fix', 'not affected', 'no fix planned']);
const vector = /^(?:CVSS:[34]\.\d\/)?AV:[\w:/]+$/;

/**
 * Reads the page of one CVE: the table that is headed by platform, package and status, whatever else it has, and the vectors of the
 * table that is headed so. A page without the first one, that names another CVE, or with a status nobody has heard of is not read at
 * all: what it means would be a guess. @throws VulnerabilitiesError `feed-malformed`.
 */
export function readPage(html: string, cve: string): ExplorerPage {
  const document = parse(html);
  if (!textOf(document).includes(cve)) throw malformed(`The page does not name ${cve}.`);
  const tables = elements(document, (element) => element.tagName === 'table').map(readTable);
  const packages = tables.find(({ heads }) => ['platform', 'package', 'status'].every((head) => heads.includes(head)));
  if (packages === undefined) throw malformed(`The page of ${cve} has no table of platforms, packages and statuses.`);
  const scores = tables.find(({ heads }) => heads.includes('vector'));
  const [description] = elements(document, (element) => hasClass(element, 'description-content'));
  return {
    cve,
    description: description === undefined ? '' : textOf(description),
    vectors: [...new Set(scores?.rows.flatMap((row) => row.get('vector') ?? []).filter((text) => vector.test(text)))],
    statements: packages.rows.map((row) => readStatement(row, cve)),
  };
}

function readStatement(row: ReadonlyMap<string, string>, cve: string): ExplorerStatement {
  const [platform = '', name = '', status = ''] = ['platform', 'package', 'status'].map((head) => row.get(head));
  const known = status.toLowerCase();
  if (!isStatus(known)) throw malformed(`The page of ${cve} gives ${name} in ${platform} the status “${status.slice(0, 40)}”.`);
  if (!/^[\w.+-]{1,128}$/.test(name)) throw malformed(`The page of ${cve} names no package in ${platform}.`);
  return { platform, package: name, status: known };
}

function isStatus(text: string): text is ExplorerStatus {
  return statuses.has(text);
}

function malformed(message: string): VulnerabilitiesError {
  return new VulnerabilitiesError('feed-malformed', message, 'It is asked for again at another update; the records in use stay.');
}

interface Table {
  /** In lower case. */
  readonly heads: readonly string[];
  /** Texts by head. */
  readonly rows: readonly ReadonlyMap<string, string>[];
}

/** The first row names the columns; a row of one cell is a remark. */
function readTable(table: DefaultTreeAdapterTypes.Element): Table {
  const [head, ...rows] = elements(table, (element) => element.tagName === 'tr').map((row) => elements(row, ({ tagName }) => tagName === 'td' || tagName === 'th').map(textOf));
  const heads = (head ?? []).map((text) => text.toLowerCase());
  return { heads, rows: rows.filter((cells) => cells.length > 1).map((cells) => new Map(cells.map((text, index) => [heads[index] ?? '', text]))) };
}

/** What is in a node, in the order of the document; not what is within one that was found. */
function elements(node: DefaultTreeAdapterTypes.ParentNode, isWanted: (element: DefaultTreeAdapterTypes.Element) => boolean): DefaultTreeAdapterTypes.Element[] {
  const found: DefaultTreeAdapterTypes.Element[] = [];
  const waiting: DefaultTreeAdapterTypes.Node[] = node.childNodes.toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!('childNodes' in next)) continue;
    if ('tagName' in next && isWanted(next)) found.push(next);
    else waiting.push(...next.childNodes.toReversed());
  }
  return found;
}

/** All text in a node, with single spaces. */
function textOf(node: DefaultTreeAdapterTypes.ParentNode): string {
  const texts: string[] = [];
  const waiting: DefaultTreeAdapterTypes.Node[] = node.childNodes.toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('value' in next) texts.push(next.value);
    else if ('childNodes' in next) waiting.push(...next.childNodes.toReversed());
  }
  return texts.join(' ').replaceAll(/\s+/g, ' ').trim();
}

function hasClass({ attrs }: DefaultTreeAdapterTypes.Element, name: string): boolean {
  return attrs.some((attribute) => attribute.name === 'class' && attribute.value.split(/\s+/).includes(name));
}
