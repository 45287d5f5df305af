import { useQuery } from '@apollo/client/react';
import { FindingHistoryDocument, type FindingDetailQuery } from '../gql/graphql.js';
import { Spinner } from '../ui/Spinner.js';
import { Time } from '../ui/Time.js';
import { findingHistory } from './finding-history.js';
import styles from './FindingHistory.module.css';

/** What happened to a finding in its image, and who decided what about it, newest first. */
export function FindingHistory({ finding: { vulnerabilityId, packageKey, image, firstSeenAt } }: { readonly finding: Pick<NonNullable<FindingDetailQuery['finding']>, 'vulnerabilityId' | 'packageKey' | 'image' | 'firstSeenAt'> }) {
  const { data, loading } = useQuery(FindingHistoryDocument, { variables: { imageId: image.id, imageName: image.name, vulnerabilityId, packageKey }, fetchPolicy: 'cache-and-network' });
  if (data === undefined) return loading ? <Spinner /> : <p className="esscm-secondary">The history could not be loaded.</p>;
  const { findingEvents: events, decisions } = data;
  const entries = findingHistory(
    firstSeenAt,
    events.edges.map(({ node }) => node),
    decisions.edges.map(({ node }) => node),
  );
  return (
    <>
      <ol className={styles['history']}>
        {entries.map(({ id, at, what, why, who }) => (
          <li key={id}>
            <span className="esscm-secondary">
              <Time instant={at} />
            </span>
            <span>
              <b>{what}</b>
              {who === undefined ? '' : `, ${who}`}
              <small>{why}</small>
            </span>
          </li>
        ))}
      </ol>
      {events.pageInfo.hasNextPage || decisions.pageInfo.hasNextPage ? <p className="esscm-secondary">Earlier entries are not shown.</p> : null}
    </>
  );
}
