import { usePageLayout } from '../../frame/layout.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { useAddressDetail } from '../use-address-state.js';
import { ApiReference } from './ApiReference.js';
import { ApiRunner } from './ApiRunner.js';
import { apiExamples } from './examples.js';
import styles from './api.module.css';

/** The API to read and to try. */
export function ApiPage() {
  usePageLayout({});
  const [chosen] = useAddressDetail('example');
  const example = apiExamples.find(({ id }) => id === chosen) ?? apiExamples[0];
  return (
    <>
      <PageHeader
        name="API"
        facts={
          <span>
            GraphQL at <code>{`${window.location.origin}/graphql`}</code>. This page asks as you; programs send an access token.
          </span>
        }
        actions={[{ id: 'tokens', text: 'Create a token', to: paths.accessTokens() }]}
        withoutPrimary
      />
      <Stack>
        <div className={styles['layout']}>
          <nav className={styles['examples']} aria-label="Examples">
            <h2>Examples</h2>
            <ul>
              {apiExamples.map(({ id, title, text }) => (
                <li key={id} aria-current={id === example?.id ? 'true' : undefined}>
                  <AppLink to={paths.api(id)}>{title}</AppLink>
                  <p>{text}</p>
                </li>
              ))}
            </ul>

          </nav>
          {example === undefined ? null : <ApiRunner key={example.id} example={example} />}
        </div>
        <ApiReference />
      </Stack>
    </>
  );
}
