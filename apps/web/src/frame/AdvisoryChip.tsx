import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { AdvisoryFreshnessDocument } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { Freshness } from '../ui/Freshness.js';
import { advisoryAge } from './advisory-age.js';
import styles from './TopBar.module.css';

const pollMs = 10 * 60_000;

/** How old the advisories are, everywhere; leads to their sources. Silent until some image needs advisories. */
export function AdvisoryChip() {
  const { data } = useQuery(AdvisoryFreshnessDocument, { pollInterval: pollMs });
  const age = advisoryAge(data?.advisorySources ?? []);
  if (age.kind === 'none') return null;
  return (
    <Link to={paths.advisories()} className={styles['advisories']}>
      {age.kind === 'waiting' ? 'Advisories not fetched yet' : <Freshness at={age.at} />}
    </Link>
  );
}
