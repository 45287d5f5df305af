import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ConnectSampleDocument, type OverviewQuery } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/Alert.js';
import { Button } from '../../ui/Button.js';
import { LinkButton } from '../../ui/LinkButton.js';
import styles from './FirstRun.module.css';

/** The ways to a first result, shown while nothing is connected. */
export function FirstRun({ plugins }: { readonly plugins: OverviewQuery['plugins'] }) {
  const [connectSample, { loading }] = useMutation(ConnectSampleDocument);
  const [problem, setProblem] = useState<string>();
  const navigate = useNavigate();
  const open = plugins.flatMap((plugin) => plugin.variants.filter(({ credentialKinds }) => credentialKinds.length === 0).map((variant) => ({ plugin, variant })))[0];
  const own = plugins.flatMap((plugin) => plugin.variants.filter(({ credentialKinds }) => credentialKinds.length > 0).map((variant) => ({ plugin, variant })))[0];
  const trySample = async (): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(connectSample());
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.connectSample.__typename === 'ConnectPayload') await navigate(paths.connectionActivity(outcome.data.connectSample.connection.id));
    else setProblem(outcome.data.connectSample.message);
  };
  return (
    <section className={styles['panel']}>
      <h2 className={styles['title']}>Connect your first registry</h2>
      <p className={styles['lead']}>Pick a public image to see a result in about a minute, or connect your own registry.</p>
      {problem === undefined ? null : <Alert type="error">{problem}</Alert>}
      <ul className={styles['choices']}>
        {open === undefined ? null : (
          <li className={styles['choice']}>
            <h3 className={styles['name']}>A public image</h3>
            <p className={styles['text']}>No account needed. Give an address, such as the image your own ones are built on.</p>
            <div className={styles['button']}>
              <LinkButton variant="primary" to={paths.connect(open.plugin.id, { variant: open.variant.id })}>
                Scan a public image
              </LinkButton>
            </div>
          </li>
        )}
        {own === undefined ? null : (
          <li className={styles['choice']}>
            <h3 className={styles['name']}>Your own registry</h3>
            <p className={styles['text']}>Read-only access. Every permission is tried and shown before anything is scanned.</p>
            <div className={styles['button']}>
              <LinkButton to={paths.connect(own.plugin.id, { variant: own.variant.id })}>Connect {own.plugin.name}</LinkButton>
            </div>
          </li>
        )}
        <li className={styles['choice']}>
          <h3 className={styles['name']}>Sample images</h3>
          <p className={styles['text']}>A small registry that comes with ESSCM. Clearly marked, removed with one click.</p>
          <div className={styles['button']}>
            <Button loading={loading} onClick={() => void trySample()}>
              Try it with sample images
            </Button>
          </div>
        </li>
      </ul>
    </section>
  );
}
