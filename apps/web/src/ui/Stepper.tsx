import Button from '@cloudscape-design/components/button';
import styles from './Stepper.module.css';

interface StepperProps {
  /** What is stepped through, such as "finding". */
  readonly of: string;
  readonly position: string;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** One thing after the other, without going back to its list. */
export function Stepper({ of, position, onPrevious, onNext }: StepperProps) {
  return (
    <div className={styles['stepper']} role="group" aria-label={`Other ${of}s`}>
      <Button variant="icon" iconName="angle-left" ariaLabel={`Previous ${of}`} disabled={onPrevious === undefined} onClick={() => onPrevious?.()} />
      <span>{position}</span>
      <Button variant="icon" iconName="angle-right" ariaLabel={`Next ${of}`} disabled={onNext === undefined} onClick={() => onNext?.()} />
    </div>
  );
}
