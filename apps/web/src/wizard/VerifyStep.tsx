import { useEffect, useRef } from 'react';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { Spinner } from '../ui/Spinner.js';
import { VerificationRunning } from '../verification/VerificationRunning.js';
import { VerificationView } from '../verification/VerificationView.js';
import { correctedValues } from './corrected-values.js';
import type { Credentials } from './use-credentials.js';

/** What the registry lets us do, row by row while it is tried. After a failed check the focus goes to the first cause. */
export function VerifyStep({ plugin, credentials }: { readonly plugin: { readonly name: string }; readonly credentials: Credentials }) {
  const { progress, problem } = credentials;
  const report = progress?.report;
  const body = useRef<HTMLDivElement>(null);
  const checkedAt = report?.checkedAt;
  const failing = report != null && report.problems.length > 0;
  useEffect(() => {
    if (failing) body.current?.querySelector<HTMLElement>('[data-verification-alerts]')?.focus({ preventScroll: true });
  }, [failing, checkedAt]);
  const again = (): void => void credentials.verify();
  if (progress === undefined) return <Spinner />;
  if (progress.running) return <VerificationRunning checks={progress.checks} who={plugin.name} />;
  if (report == null) {
    return (
      <Alert type="warning" action={<Button onClick={again}>Verify again</Button>}>
        The verification ended before everything was tried.
      </Alert>
    );
  }
  return (
    <div ref={body}>
      {problem === undefined ? null : <Alert type="error">{problem}</Alert>}
      <VerificationView
        report={report}
        who={plugin.name}
        verifying={credentials.verifying}
        onVerifyAgain={again}
        remedyOf={({ correction }) => {
          const change = correction == null ? {} : correctedValues(credentials.kind?.fields ?? [], credentials.values, correction);
          return correction == null || Object.keys(change).length === 0 ? null : <Button onClick={() => void credentials.verify(change)}>{`Use ${correction.meant}`}</Button>;
        }}
      />
    </div>
  );
}

interface VerifyActionsProps {
  readonly credentials: Credentials;
  readonly onPrevious: () => void;
  /** Goes on although scanning does not work; kept with the connection. */
  readonly onContinue: () => void;
}

/** The buttons of a step whose check failed: trying again comes first, going on stays possible when something is allowed. */
export function VerifyActions({ credentials, onPrevious, onContinue }: VerifyActionsProps) {
  const checks = credentials.progress?.report?.checks ?? [];
  const usable = checks.some(({ outcome }) => outcome === 'ALLOWED') && checks.every(({ outcome }) => outcome !== 'UNSAFE');
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <Button onClick={onPrevious}>Previous</Button>
      {usable ? <Button onClick={onContinue}>Continue without scanning</Button> : null}
      <Button variant="primary" loading={credentials.verifying} onClick={() => void credentials.verify()}>
        Verify again
      </Button>
    </SpaceBetween>
  );
}
