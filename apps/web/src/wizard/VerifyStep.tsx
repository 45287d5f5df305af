import { useEffect, useRef } from 'react';
import { Button } from '../ui/Button.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { Spinner } from '../ui/Spinner.js';
import { VerificationView } from '../verification/VerificationView.js';
import type { Credentials } from './use-credentials.js';

/** What the registry let us do. After a failed check the focus goes to the first cause. */
export function VerifyStep({ plugin, credentials }: { readonly plugin: { readonly name: string }; readonly credentials: Credentials }) {
  const report = credentials.draft?.verification;
  const body = useRef<HTMLDivElement>(null);
  const checkedAt = report?.checkedAt;
  const failing = report !== undefined && report !== null && report.problems.length > 0;
  useEffect(() => {
    if (failing) body.current?.querySelector<HTMLElement>('[data-verification-alerts]')?.focus({ preventScroll: true });
  }, [failing, checkedAt]);
  if (report == null) return <Spinner />;
  return (
    <div ref={body}>
      <VerificationView report={report} who={plugin.name} verifying={credentials.verifying} onVerifyAgain={() => void credentials.verify()} />
    </div>
  );
}

interface VerifyActionsProps {
  readonly credentials: Credentials;
  readonly onPrevious: () => void;
  readonly onContinue: () => void;
}

/** The buttons of a step whose check failed: trying again comes first, going on stays possible when something is allowed. */
export function VerifyActions({ credentials, onPrevious, onContinue }: VerifyActionsProps) {
  const usable = credentials.draft?.verification?.checks.some(({ outcome }) => outcome === 'ALLOWED') ?? false;
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <Button onClick={onPrevious}>Previous</Button>
      {usable ? <Button onClick={onContinue}>Continue anyway</Button> : null}
      <Button variant="primary" loading={credentials.verifying} onClick={() => void credentials.verify()}>
        Verify again
      </Button>
    </SpaceBetween>
  );
}
