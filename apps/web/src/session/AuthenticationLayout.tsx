import { useEffect, type ReactNode } from 'react';
import { Logo } from '../ui/Logo.js';
import { SeverityCells } from '../ui/Severity.js';
import styles from './AuthenticationLayout.module.css';

interface AuthenticationLayoutProps {
  readonly title: string;
  readonly lead: string;
  readonly foot?: string;
  readonly children: ReactNode;
}

/** Examples for the decoration: an image, how much is in it, and what is known of that. */
const examples = [
  { repository: 'payments/checkout-api', tag: '2.14.3', components: '412 components', counts: { critical: 2, high: 11, medium: 34, low: 60 } },
  { repository: 'storefront/web', tag: '4.2.0', components: '1,204 components', counts: { high: 3, medium: 12, low: 41 } },
  { repository: 'platform/ingress-nginx', tag: '1.11.3', components: '188 components', counts: { medium: 4, low: 9 } },
] as const;

/** The frame of the pages before signing in: the form, and beside it what the product is for (decoration, hidden on phones). */
export function AuthenticationLayout({ title, lead, foot, children }: AuthenticationLayoutProps) {
  useEffect(() => {
    document.title = `${title} · ESSCM`;
  }, [title]);
  return (
    <div className={styles['page']}>
      <main className={styles['main']}>
        <div className={styles['form']}>
          <div className={styles['brand']}>
            <Logo size={36} />
            ESSCM
          </div>
          <h1 className={styles['title']}>{title}</h1>
          <p className={styles['lead']}>{lead}</p>
          {children}
          {foot === undefined ? null : <p className={styles['foot']}>{foot}</p>}
        </div>
      </main>
      <div className={styles['aside']} aria-hidden="true">
        <div className={styles['pitch']}>
          <p className={styles['claim']}>Know what is inside every image you run.</p>
          {examples.map(({ repository, tag, components, counts }) => (
            <div key={repository} className={styles['card']}>
              <div>
                <div>
                  <b>{repository}</b>
                  <span className={styles['soft']}>:{tag}</span>
                </div>
                <div className={styles['soft']}>{components}</div>
              </div>
              <SeverityCells counts={counts} />
            </div>
          ))}
          <p className={styles['promise']}>One catalogue per image, made once. When advisories change, results change with them, without pulling the image again.</p>
        </div>
      </div>
    </div>
  );
}
