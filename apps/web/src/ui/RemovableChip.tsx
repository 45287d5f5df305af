import { Button } from './Button.js';
import styles from './RemovableChip.module.css';

/** A filter that came with the address, and the way to drop it. */
export function RemovableChip({ label, value, onRemove }: { readonly label: string; readonly value: string; readonly onRemove: () => void }) {
  return (
    <span className={styles['chip']}>
      <span>
        <span className={styles['label']}>{label}: </span>
        {value}
      </span>
      <Button variant="inline-icon" iconName="close" ariaLabel={`Remove the filter ${label}: ${value}`} onClick={onRemove} />
    </span>
  );
}
