/** One LISTEN or UNLISTEN in the text of a batch. Channel `*` with `listen: false` is `UNLISTEN *`. */
export interface ListenStatement {
  readonly listen: boolean;
  readonly channel: string;
}

const MAXIMUM_TEXT = 16_384;
const STATEMENT = /(?:^|;)(?:\s|--[^\n]*\n|\/\*.*?\*\/)*(un)?listen\s+("(?:[^"]|"")+"|\*|[\w$]+)/gis;

/**
 * The LISTEN and UNLISTEN statements in one SQL text, in order. A hint only: what counts is the engine's answer, which says
 * how many of them ran but not on which channel.
 */
export function readListenStatements(sql: string): ListenStatement[] {
  if (sql.length > MAXIMUM_TEXT || !/listen/i.test(sql)) return [];
  return [...sql.matchAll(STATEMENT)].map(([, un, name = '']) => ({
    listen: un === undefined,
    channel: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(),
  }));
}
