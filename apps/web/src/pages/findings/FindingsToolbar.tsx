import { useMutation } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { filterChoices, filterOfTokens, filterTokens } from '../../findings/filter-tokens.js';
import { useFindingFilter } from '../../findings/use-finding-filter.js';
import { DeleteViewDocument, type FindingsSurroundingsFragment } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { AppLink } from '../../ui/AppLink.js';
import { Notice } from '../../ui/Notice.js';
import { PropertyFilter } from '../../ui/PropertyFilter.js';
import { RemovableChip } from '../../ui/RemovableChip.js';
import { Segments } from '../../ui/Segments.js';
import { TextButton } from '../../ui/TextButton.js';
import styles from './findings.module.css';
import { viewQuery } from './view-query.js';

type Grouping = 'vulnerability' | 'component' | 'image' | 'none';

const options: readonly { readonly id: Grouping; readonly text: string }[] = [
  { id: 'vulnerability', text: 'By vulnerability' },
  { id: 'component', text: 'By component' },
  { id: 'image', text: 'By image' },
  { id: 'none', text: 'Ungrouped' },
];

interface FindingsToolbarProps {
  readonly surroundings: FindingsSurroundingsFragment;
  readonly countText: string;
  readonly onChanged: () => void;
  /** Of columns, where there is one. */
  readonly columns?: ReactNode;
}

/** Grouping, saved views and the filter. */
export function FindingsToolbar({ surroundings: { image, savedViews, projects, connections }, countText, onChanged, columns }: FindingsToolbarProps) {
  const [query] = useSearchParams();
  const [filter, setFilter] = useFindingFilter();
  const { image: imageId, ...others } = filter;
  const [remove] = useMutation(DeleteViewDocument);
  const [problem, setProblem] = useState<string>();
  const navigate = useNavigate();
  const current = viewQuery(query);
  const grouping = options.find(({ id }) => id === query.get('group'))?.id ?? 'vulnerability';
  const group = (id: Grouping): void => {
    const next = new URLSearchParams(current);
    if (id === 'vulnerability') next.delete('group');
    else next.set('group', id);
    void navigate(`?${next.toString()}`);
  };
  const removeView = async (id: string): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(remove({ variables: { id } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.deleteView.__typename === 'NotFoundProblem') setProblem(outcome.data.deleteView.message);
    onChanged();
  };
  return (
    <div className={styles['toolbar']}>
      <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
      <div className={styles['row']}>
        <Segments label="Group by" selected={grouping} options={options} onChange={group} />
        {columns}
        {savedViews.length === 0 ? null : (
          <ul className={styles['views']} aria-label="Saved views">
            {savedViews.map(({ id, name, query: saved }) => (
              <li key={id} aria-current={saved === current ? 'true' : undefined}>
                <AppLink to={`${paths.findings()}?${saved}`}>{name}</AppLink>
                {saved === current ? (
                  <TextButton ariaLabel={`Delete the view ${name}`} onClick={() => void removeView(id)}>
                    Delete
                  </TextButton>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        {imageId === undefined ? null : <RemovableChip label="Image" value={image == null ? 'one that is gone' : `${image.repository}${imageSuffix(image)}`} onRemove={() => setFilter(others)} />}
      </div>
      <PropertyFilter
        placeholder="Filter findings by severity, package, fix or CVE"
        choices={filterChoices(
          projects.edges.map(({ node }) => node),
          connections.edges.map(({ node }) => node),
          filter,
        )}
        tokens={filterTokens(filter)}
        onChange={(tokens) => setFilter({ ...(imageId !== undefined && { image: imageId }), ...filterOfTokens(tokens) })}
        countText={countText}
      />
    </div>
  );
}
