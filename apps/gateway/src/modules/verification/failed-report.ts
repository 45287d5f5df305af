import type { RegistryError, VerificationReport } from '@esscm/registry-core';

/** A registry that could not even be opened, told in the same form as one that refuses. */
export function failedReport(error: RegistryError, checkedAt: Date): VerificationReport {
  const { heading, message, remedy, remedySnippet, correction, upstream } = error;
  return {
    status: 'failed',
    checkedAt: checkedAt.toISOString(),
    checks: [],
    problems: [
      {
        heading,
        message,
        actions: [],
        ...(remedy !== undefined && { remedy }),
        ...(remedySnippet !== undefined && { remedySnippet }),
        ...(correction !== undefined && { correction }),
        ...(upstream?.code !== undefined && { upstreamCode: upstream.code }),
        ...(upstream?.message !== undefined && { upstreamMessage: upstream.message }),
        ...(upstream?.status !== undefined && { upstreamStatus: upstream.status }),
        ...(upstream?.requestId !== undefined && { requestId: upstream.requestId }),
      },
    ],
  };
}
