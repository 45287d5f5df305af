import type { DecisionFactsFragment } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { AppLink } from '../ui/AppLink.js';
import { scopeText } from './triage-words.js';

/** Where a decision holds; a project is a link, since it is known by its id. */
export function DecisionScopeText({ decision }: { readonly decision: Pick<DecisionFactsFragment, 'scope' | 'imageName' | 'projectId'> }) {
  const text = scopeText({ scope: decision.scope, imageName: decision.imageName ?? null });
  return decision.projectId == null ? <span className="esscm-image-name">{text}</span> : <AppLink to={paths.project(decision.projectId)}>{text}</AppLink>;
}
