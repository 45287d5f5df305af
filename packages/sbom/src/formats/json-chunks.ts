/** Elements of an array that is written one by one and never held whole. */
export class JsonElements {
  readonly elements: Iterable<object>;

  constructor(elements: Iterable<object>) {
    this.elements = elements;
  }
}

/** Members of the outermost object of a document, in order; those that are undefined are left out. */
export type JsonMembers = Readonly<Record<string, unknown>>;

/** Writes what `JSON.stringify(members, undefined, 2)` would and a line break, in pieces of one member or one element each. */
export function* jsonChunks(members: JsonMembers): Generator<string> {
  let separator = '{\n';
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    yield `${separator}  ${JSON.stringify(name)}: `;
    separator = ',\n';
    if (value instanceof JsonElements) yield* elementChunks(value.elements);
    else yield indented(value, 1);
  }
  yield separator === ',\n' ? '\n}\n' : '{}\n';
}

function* elementChunks(elements: Iterable<object>): Generator<string> {
  let separator = '[\n';
  for (const element of elements) {
    yield `${separator}    ${indented(element, 2)}`;
    separator = ',\n';
  }
  yield separator === ',\n' ? '\n  ]' : '[]';
}

/** As a value stands so many levels deep in a document: within arrays, whose own lines are then cut off. */
function indented(value: unknown, depth: 1 | 2): string {
  const text = JSON.stringify(depth === 1 ? [value] : [[value]], undefined, 2);
  return depth === 1 ? text.slice('[\n  '.length, -'\n]'.length) : text.slice('[\n  [\n    '.length, -'\n  ]\n]'.length);
}
