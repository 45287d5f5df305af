/** What users read first. The first three are the entries of the troubleshooting page. */
export const headings = {
  credentials: 'Credentials verification failed',
  notFound: 'Repository not found',
  accessDenied: 'Access denied',
  unreachable: 'Cannot reach AWS',
  throttled: 'AWS is limiting requests',
  service: 'AWS could not answer',
  unexpected: 'Unexpected answer',
  notSupported: 'Not supported',
  cancelled: 'Cancelled',
} as const;
