import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { formatAge } from '../../formats/format-time.js';
import { UpdateAdvisoriesDocument } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/Alert.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { isStale } from '../../ui/is-stale.js';
import { Notice } from '../../ui/Notice.js';
import { Time } from '../../ui/Time.js';

/** Above a result that was matched with old advisories: how old, and the way to newer ones. Nothing while they are fresh. */
export function StaleResult({ advisoriesAt }: { readonly advisoriesAt: string }) {
  const [update, { loading, data }] = useMutation(UpdateAdvisoriesDocument);
  const [problem, setProblem] = useState<string>();
  if (!isStale(advisoriesAt)) return null;
  const updateNow = async (): Promise<void> => {
    const outcome = await outcomeOf(update({ variables: { names: null } }));
    setProblem('problem' in outcome ? outcome.problem : undefined);
  };
  return (
    <>
      <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
      <Alert
        type="warning"
        header={`This result is ${formatAge(advisoriesAt)} behind`}
        action={
          <Button loading={loading} disabled={data != null} onClick={() => void updateNow()}>
            Update advisories
          </Button>
        }
      >
        {data == null ? (
          <>
            It was matched with advisories of <Time instant={advisoriesAt} />. What was published since is not shown. <AppLink to={paths.advisories()} kind="running">Advisory sources</AppLink> say why.
          </>
        ) : (
          <>
            Advisories are being fetched, and the image is matched again by itself. <AppLink to={paths.advisories()} kind="running">Advisory sources</AppLink> show how far it is.
          </>
        )}
      </Alert>
    </>
  );
}
