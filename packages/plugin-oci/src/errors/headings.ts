/** What users read first. The first three are those of every plugin. */
export const headings = {
  credentials: 'Credentials verification failed',
  notFound: 'Repository not found',
  accessDenied: 'Access denied',
  unreachable: 'Cannot reach the registry',
  throttled: 'The registry is limiting requests',
  unexpected: 'Unexpected answer',
  notSupported: 'Not supported',
  cancelled: 'Cancelled',
} as const;
