/** Gives plain values the class that a union or an interface of the schema recognises its members by. */
export function instance<T extends object>(type: abstract new () => T, values: T): T {
  const made: T = Object.create(type.prototype);
  return Object.assign(made, values);
}
