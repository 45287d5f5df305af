import { Checkbox } from '../ui/Checkbox.js';
import { Modal } from '../ui/Modal.js';
import { shortcutList, useShortcutsSwitch } from './shortcuts.js';
import styles from './ShortcutsDialog.module.css';

/** Every shortcut, and the switch for those of a single letter. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const [on, setOn] = useShortcutsSwitch();
  return (
    <Modal visible header="Keyboard shortcuts" closeAriaLabel="Close" onDismiss={onClose}>
      <table className={styles['list']}>
        <caption className="esscm-visually-hidden">Keys and what they do</caption>
        <tbody>
          {shortcutList.map(({ keys, does }) => (
            <tr key={does}>
              <th scope="row">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles['switch']}>
        <Checkbox checked={on} onChange={({ detail }) => setOn(detail.checked)} description="Switch them off when another program uses the same keys. Esc and the arrow keys always work.">
          Use single-letter shortcuts
        </Checkbox>
      </div>
    </Modal>
  );
}
