import type { ReactNode } from 'react';
import { Alert } from '../ui/Alert.js';
import { CodeBlock } from '../ui/CodeBlock.js';
import { Prose } from '../ui/Prose.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { textBelowHeading } from './text-below-heading.js';
import { UpstreamDetails } from './UpstreamDetails.js';

interface ProblemAlertProps {
  readonly heading: string;
  readonly message: string;
  readonly remedy?: string | null;
  readonly remedySnippet?: string | null;
  readonly upstream?: { readonly call?: string | null; readonly status?: number | null; readonly code?: string | null; readonly message?: string | null; readonly requestId?: string | null; readonly host?: string | null } | null;
  readonly who: string;
  readonly kind?: 'error' | 'warning';
  readonly action?: ReactNode;
}

/** A cause, what it means, who can mend it and with which text, and what the registry said. */
export function ProblemAlert({ heading, message, remedy, remedySnippet, upstream, who, kind = 'error', action }: ProblemAlertProps) {
  return (
    <Alert type={kind} header={heading} action={action}>
      <SpaceBetween size="xs">
        <div>
          <Prose text={textBelowHeading(heading, message)} />
          {remedy == null || remedy === '' ? null : (
            <>
              {' '}
              <Prose text={remedy} />
            </>
          )}
        </div>
        {remedySnippet == null || remedySnippet === '' ? null : <CodeBlock text={remedySnippet} label="the text that mends it" />}
        {upstream == null ? null : <UpstreamDetails who={who} {...upstream} />}
      </SpaceBetween>
    </Alert>
  );
}
