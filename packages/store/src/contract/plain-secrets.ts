/** Secret values by field name, in memory only as long as needed. */
export type PlainSecrets = Readonly<Record<string, string>>;
