/** Package types to choose from; formatEcosystem gives the name of each. */
export const packageTypes = ['deb', 'apk', 'rpm', 'npm', 'pypi', 'maven', 'golang', 'cargo', 'nuget', 'gem', 'composer'] as const;
