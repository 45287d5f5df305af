import deprecatedLicenceIds from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import currentLicenceIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { whenNeeded } from '../when-needed.js';
import { spdxExceptions } from './spdx-exceptions.js';

const licenceIds = whenNeeded(() => byLowerCase([...currentLicenceIds, ...deprecatedLicenceIds]));
const exceptionIds = whenNeeded(() => byLowerCase(spdxExceptions));

// An expression longer than this is no licence anyone chose.
const maximumLength = 2000;

/** What texts came to before: thousands of packages of an image declare a handful of licences. */
const expressions = new Map<string, string | undefined>();
const maximumExpressions = 500;

/** The id as the SPDX licence list writes it, of an id in any case; `undefined` for what is not on the list. */
export function spdxLicenceId(text: string): string | undefined {
  const id = licenceIds().get(text.trim().toLowerCase());
  return id === undefined ? undefined : currentGnuId(id);
}

/**
 * Checks and normalises an SPDX licence expression (SPDX 2.3, annex D): ids as on the list whatever their case, operators in
 * upper case, GNU ids of before 2018 in their present form (`GPL-2.0+` is `GPL-2.0-or-later`).
 * @returns `undefined` for anything else, such as an id that is not on the list.
 */
export function spdxExpression(text: string): string | undefined {
  if (text.length > maximumLength) return undefined;
  const known = expressions.get(text);
  if (known !== undefined || expressions.has(text)) return known;
  const expression = parsed(text);
  if (expressions.size === maximumExpressions) expressions.clear();
  expressions.set(text, expression);
  return expression;
}

function parsed(text: string): string | undefined {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  const parser = new ExpressionParser(tokens);
  return parser.parse();
}

class ExpressionParser {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  parse(): string | undefined {
    const expression = this.#operation('OR');
    return this.#position === this.#tokens.length ? expression : undefined;
  }

  #operation(operator: 'OR' | 'AND'): string | undefined {
    const next = (): string | undefined => (operator === 'OR' ? this.#operation('AND') : this.#term());
    let expression = next();
    while (expression !== undefined && this.#take(operator)) {
      const right = next();
      expression = right === undefined ? undefined : `${expression} ${operator} ${right}`;
    }
    return expression;
  }

  #term(): string | undefined {
    if (this.#take('(')) {
      const inner = this.#operation('OR');
      return inner !== undefined && this.#take(')') ? `(${inner})` : undefined;
    }
    const token = this.#tokens[this.#position] ?? '';
    this.#position += 1;
    const id = spdxLicenceId(token) ?? laterVersions(token);
    if (id === undefined || !this.#take('WITH')) return id;
    const exception = exceptionIds().get((this.#tokens[this.#position] ?? '').toLowerCase());
    this.#position += 1;
    return exception === undefined ? undefined : `${id} WITH ${exception}`;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#position]?.toUpperCase() !== token) return false;
    this.#position += 1;
    return true;
  }
}

/** `id+`, which the specification allows after any id. */
function laterVersions(token: string): string | undefined {
  const id = token.endsWith('+') ? licenceIds().get(token.slice(0, -1).toLowerCase()) : undefined;
  return id === undefined ? undefined : currentGnuId(`${id}+`);
}

/** The list itself says what replaces these (deprecated ids of the GNU family). */
function currentGnuId(id: string): string {
  const [, base, later] = /^((?:A|L)?GPL-[0-9.]+|GFDL-[0-9.]+)(\+?)$/.exec(id) ?? [];
  return base === undefined ? id : `${base}-${later === '+' ? 'or-later' : 'only'}`;
}

function byLowerCase(ids: readonly string[]): ReadonlyMap<string, string> {
  return new Map(ids.map((id) => [id.toLowerCase(), id]));
}
