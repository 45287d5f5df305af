import type { FindingDetailQuery } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { AppLink } from '../ui/AppLink.js';
import { Facts } from '../ui/Facts.js';
import { justificationText } from './justification-text.js';
import { stateWords } from './triage-words.js';

type Verdict = NonNullable<NonNullable<FindingDetailQuery['finding']>['verdict']>;

/** What VEX documents say of a finding, and where they say it. `overruled`: a person decided otherwise or the same. */
export function VerdictText({ verdict, overruled }: { readonly verdict: Verdict; readonly overruled: boolean }) {
  const { status, justification, impact, action, notes, reason, documentId, documentName, author, overruled: others } = verdict;
  return (
    <Facts
      facts={[
        {
          label: 'Document',
          value: (
            <>
              <span className={overruled ? undefined : 'esscm-strong'}>{stateWords[status]}</span> according to <AppLink to={paths.vexDocument(documentId)}>{documentName}</AppLink> by {author}
              {overruled ? <div className="esscm-small esscm-secondary">The decision of a person counts before it.</div> : null}
            </>
          ),
        },
        { label: 'Because', value: justification == null ? undefined : justificationText(justification) },
        { label: 'It says', value: [impact, action, notes].filter((part) => part != null && part !== '').join(' ') },
        { label: 'It applies', value: reason },
        { label: 'Others', value: others.length === 0 ? undefined : others.join('; ') },
      ]}
    />
  );
}
