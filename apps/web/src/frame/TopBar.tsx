import { useRef, useState } from 'react';
import { Link } from 'react-router';
import type { ViewerFieldsFragment } from '../gql/graphql.js';
import { useUnreachable } from '../graphql/connection-state.js';
import { paths } from '../paths.js';
import { Logo } from '../ui/Logo.js';
import { usePhone } from '../ui/media.js';
import { AccountMenu } from './AccountMenu.js';
import { AdvisoryChip } from './AdvisoryChip.js';
import { GlobalSearch } from './GlobalSearch.js';
import { ShortcutsDialog } from './ShortcutsDialog.js';
import { useShortcuts } from './shortcuts.js';
import { useSubmitByKey } from './use-submit-by-key.js';
import styles from './TopBar.module.css';

/** The bar above everything: whose product this is, the search, and the account. On a phone the search opens over the rest. */
export function TopBar({ viewer }: { readonly viewer: ViewerFieldsFragment }) {
  const unreachable = useUnreachable();
  const phone = usePhone();
  const [searching, setSearching] = useState(false);
  const [help, setHelp] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const startSearch = (): void => {
    setSearching(true);
    if (field.current !== null) return field.current.focus();
    // On a phone the field is drawn only now.
    requestAnimationFrame(() => field.current?.focus());
  };
  useSubmitByKey();
  useShortcuts({ onSearch: startSearch, onHelp: () => setHelp(true) });
  const search = <GlobalSearch field={field} onDone={() => setSearching(false)} />;
  return (
    <header id="top" className={styles['top']}>
      <a className={styles['skip']} href="#content" onClick={skipToContent}>
        Skip to the content
      </a>
      <div className={styles['bar']}>
        {phone && searching ? (
          <>
            {search}
            <button type="button" className={styles['plain']} onClick={() => setSearching(false)}>
              Close
            </button>
          </>
        ) : (
          <>
            <Link to={paths.overview()} className={styles['brand']} aria-label="ESSCM, to the overview">
              <Logo size={28} />
              ESSCM
            </Link>
            {phone ? null : <div className={styles['middle']}>{search}</div>}
            <div className={styles['end']}>
              {phone ? (
                <button type="button" className={styles['icon']} aria-label="Search" onClick={startSearch}>
                  <svg viewBox="0 0 16 16" width="16" height="16" className="esscm-stroke" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
                    <circle cx="7" cy="7" r="4.6" />
                    <path d="m10.6 10.6 3.4 3.4" />
                  </svg>
                </button>
              ) : null}
              {phone ? null : <AdvisoryChip />}
              <AccountMenu viewer={viewer} onShowShortcuts={() => setHelp(true)} />
            </div>
          </>
        )}
      </div>
      <div role="status">{unreachable ? <div className={styles['offline']}>No connection to the ESSCM server. Retrying.</div> : null}</div>
      {help ? <ShortcutsDialog onClose={() => setHelp(false)} /> : null}
    </header>
  );
}

function skipToContent(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('h1')?.focus();
}
