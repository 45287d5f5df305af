/** Formats of findings by their names on the command line. */
export const findingsFormatNames = ['findings', 'findings-json', 'csv', 'sarif', 'cyclonedx-vdr-json'] as const;

/** One of {@link findingsFormatNames}. */
export type FindingsFormatName = (typeof findingsFormatNames)[number];
