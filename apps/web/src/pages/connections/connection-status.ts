import type { VerificationStatus } from '../../gql/graphql.js';
import type { StatusKind } from '../../ui/Status.js';

/** Whether a connection works, as far as it was tried. A public one has nothing to verify. */
export function connectionStatus(anonymous: boolean, status: VerificationStatus | undefined): { readonly kind: StatusKind; readonly text: string } {
  if (status === undefined) return anonymous ? { kind: 'done', text: 'No credential needed' } : { kind: 'note', text: 'Not verified' };
  switch (status) {
    case 'VERIFIED':
      return { kind: 'done', text: 'Verified' };
    case 'LIMITED':
      return { kind: 'partial', text: 'Limited' };
    case 'FAILED':
      return { kind: 'failed', text: 'Verification failed' };
  }
}
