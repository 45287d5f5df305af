import { useEffect, useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { ViewerFieldsFragment } from '../gql/graphql.js';
import { unreachable } from '../graphql/connection-state.js';
import { paths } from '../paths.js';
import { useSession } from '../session/session.js';
import { useAppearance, type ColourMode, type Density } from '../ui/appearance.js';
import { initials } from './initials.js';
import styles from './TopBar.module.css';

const modes: readonly (readonly [ColourMode, string])[] = [['light', 'Light'], ['dark', 'Dark'], ['system', 'System']];
const densities: readonly (readonly [Density, string])[] = [['comfortable', 'Comfortable'], ['compact', 'Compact']];

/** Who is signed in, how the app looks, and the way out. */
export function AccountMenu({ viewer, onShowShortcuts }: { readonly viewer: ViewerFieldsFragment; readonly onShowShortcuts: () => void }) {
  const [open, setOpen] = useState(false);
  const [{ mode, density }, setAppearance] = useAppearance();
  const { signOut } = useSession();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const popup = useId();
  useEffect(() => {
    if (!open) return undefined;
    const closeOutside = (event: PointerEvent | FocusEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    const closeByKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
      document.removeEventListener('keydown', closeByKey);
    };
  }, [open]);
  return (
    <div className={styles['menu']} ref={root}>
      <button ref={button} type="button" className={styles['avatar']} aria-label={`${initials(viewer.name)}, account of ${viewer.name}`} aria-expanded={open} aria-controls={popup} onClick={() => setOpen(!open)}>
        {initials(viewer.name)}
      </button>
      {open ? (
        <div className={styles['popup']} id={popup} role="group" aria-label="Account">
          <div className={styles['who']}>
            <b>{viewer.name}</b>
            <span>
              {viewer.email}, {viewer.role.toLowerCase()}
            </span>
          </div>
          <Choice legend="Theme" options={modes} selected={mode} onSelect={(chosen) => setAppearance({ mode: chosen })} />
          <Choice legend="Density" options={densities} selected={density} onSelect={(chosen) => setAppearance({ density: chosen })} />
          <div className={`${styles['group'] ?? ''} ${styles['last'] ?? ''}`}>
            <Link to={paths.profile()} className={styles['leave']} onClick={() => setOpen(false)}>
              Profile
            </Link>
            <button
              type="button"
              className={styles['leave']}
              onClick={() => {
                setOpen(false);
                onShowShortcuts();
              }}
            >
              Keyboard shortcuts
            </button>
            <button type="button" className={styles['leave']} onClick={() => void signOut().catch(() => unreachable.set(true))}>
              Sign out
            </button>
          </div>
        </div>
      ) : null}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly selected: Value;
  readonly onSelect: (value: Value) => void;
}

function Choice<Value extends string>({ legend, options, selected, onSelect }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <div className={styles['group']}>
      <fieldset>
        <legend>{legend}</legend>
        <div className={styles['options']}>
          {options.map(([value, text]) => (
            <label key={value} className={styles['option']}>
              <input type="radio" name={name} value={value} checked={value === selected} onChange={() => onSelect(value)} />
              <span>{text}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
