import type { VexDocumentPageQuery, VexStatementRowFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { justificationText } from '../../triage/justification-text.js';
import { stateWords } from '../../triage/triage-words.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Segments } from '../../ui/Segments.js';
import type { CursorPage } from '../use-address-state.js';
import styles from './VexStatementTable.module.css';
import { effectText, silenceWords } from './vex-words.js';

const views = [
  { id: 'all', text: 'All' },
  { id: 'effective', text: 'With findings' },
  { id: 'silent', text: 'Matching nothing' },
] as const;
const productsShown = 3;

interface VexStatementTableProps {
  readonly documentId: string;
  readonly statements: NonNullable<VexDocumentPageQuery['vexDocument']>['statements'];
  readonly refreshing: boolean;
  readonly turning: CursorPage;
  readonly show: string;
  readonly onShow: (show: string) => void;
}

/** What a document says, statement by statement, with what each changes. */
export function VexStatementTable({ documentId, statements, refreshing, turning, show, onShow }: VexStatementTableProps) {
  const { page, next, previous } = turning;
  return (
    <DataTable
      label="Statements"
      wrapLines
      rows={statements.edges.map(({ node }) => node)}
      rowId={({ position }) => String(position)}
      header={<SectionHeader variant="h2">Statements</SectionHeader>}
      filter={<Segments label="Show" selected={views.find(({ id }) => id === show)?.id ?? 'all'} options={views} onChange={(id) => onShow(id === 'all' ? '' : id)} />}
      pager={{ page, hasNext: statements.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(statements.pageInfo.endCursor ?? '') }}
      empty={
        show === 'silent' ? (
          <EmptyState compact title="Every statement speaks of a finding" text="None of them is without effect." />
        ) : (
          <EmptyState compact title="No statement speaks of a finding" text="No image has the vulnerabilities of this document in the products it names." />
        )
      }
      columns={[
        {
          id: 'vulnerability',
          header: 'Vulnerability',
          width: '18%',
          phoneLine: 1,
          cell: ({ vulnerabilityId, aliases }) => (
            <>
              <AppLink to={paths.vulnerability(vulnerabilityId)}>{vulnerabilityId}</AppLink>
              {aliases.length === 0 ? null : <div className="esscm-small esscm-secondary">{aliases.join(', ')}</div>}
            </>
          ),
        },
        { id: 'says', header: 'Says', width: '26%', phoneLine: 2, cell: (statement) => <Said statement={statement} /> },
        {
          id: 'products',
          header: 'Of',
          phoneLine: 2,
          cell: ({ products, productCount }) => (
            <>
              {products.slice(0, productsShown).map((product) => (
                <div key={product} className={`esscm-mono ${styles['product'] ?? ''}`}>
                  {product}
                </div>
              ))}
              {productCount > productsShown ? <span className="esscm-small esscm-secondary">and {productCount - productsShown} more</span> : null}
            </>
          ),
        },
        {
          id: 'effect',
          header: 'What it changes',
          width: '24%',
          phoneLine: 3,
          cell: ({ effect, silence, vulnerabilityId, status }) =>
            silence == null ? (
              <AppLink to={paths.findings({ group: 'none', document: documentId, vulnerability: vulnerabilityId })}>{sentence(effectText(effect), status)}</AppLink>
            ) : (
              <span className="esscm-secondary">{silenceWords[silence]}</span>
            ),
        },
      ]}
    />
  );
}

function sentence(text: string, status: VexStatementRowFragment['status']): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${status === 'AFFECTED' || status === 'UNDER_INVESTIGATION' ? ', which stay open' : ''}`;
}

function Said({ statement: { status, justification, impact, action, notes } }: { readonly statement: VexStatementRowFragment }) {
  const why = [justification == null ? undefined : justificationText(justification), impact, action, notes].filter((part) => part != null && part !== '');
  return (
    <>
      <span className="esscm-strong">{stateWords[status]}</span>
      {why.map((part) => (
        <div key={part} className="esscm-small esscm-secondary">
          {part}
        </div>
      ))}
    </>
  );
}
