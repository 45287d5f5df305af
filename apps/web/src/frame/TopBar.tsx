import { Link } from 'react-router';
import type { ViewerFieldsFragment } from '../gql/graphql.js';
import { useUnreachable } from '../graphql/connection-state.js';
import { paths } from '../paths.js';
import { Logo } from '../ui/Logo.js';
import { AccountMenu } from './AccountMenu.js';
import styles from './TopBar.module.css';

/** The bar above everything: whose product this is, and the account. */
export function TopBar({ viewer }: { readonly viewer: ViewerFieldsFragment }) {
  const unreachable = useUnreachable();
  return (
    <header id="top" className={styles['top']}>
      <div className={styles['bar']}>
        <Link to={paths.overview()} className={styles['brand']} aria-label="ESSCM, to the overview">
          <Logo size={28} />
          ESSCM
        </Link>
        <div className={styles['end']}>
          <AccountMenu viewer={viewer} />
        </div>
      </div>
      <div role="status">{unreachable ? <div className={styles['offline']}>No connection to the ESSCM server. Retrying.</div> : null}</div>
    </header>
  );
}
