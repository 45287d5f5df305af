import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { CodeBlock } from '../ui/CodeBlock.js';
import { ExpandableSection } from '../ui/ExpandableSection.js';
import { Panel, Stack } from '../ui/Panel.js';
import { Prose } from '../ui/Prose.js';
import { Spinner } from '../ui/Spinner.js';
import styles from './CredentialsStep.module.css';
import type { Guide } from './use-guide.js';

/** How to get the credential: steps, and a text to copy. One that is made for what is typed can be made again. */
export function GuidePanel({ guide: { guide, made, refresh, loading, problem } }: { readonly guide: Guide }) {
  if (guide === undefined && !made) return null;
  return (
    <Panel>
      <ExpandableSection headerText={guide?.title ?? 'How to get it'} defaultExpanded>
        <Stack>
          {problem === undefined ? null : <Alert type="warning">{problem}</Alert>}
          {guide === undefined ? (
            loading ? <Spinner /> : null
          ) : (
            <div className={styles['guide']}>
              <ol>
                {guide.steps.map((step) => (
                  <li key={step}>
                    <Prose text={step} />
                  </li>
                ))}
              </ol>
              {guide.snippet == null ? null : (
                <div className={styles['snippet']}>
                  {guide.snippetTitle == null ? null : <h3>{guide.snippetTitle}</h3>}
                  <CodeBlock text={guide.snippet} label={guide.snippetTitle ?? guide.title} />
                </div>
              )}
            </div>
          )}
          {made ? (
            <div>
              <Button loading={loading} onClick={refresh}>
                Make the trust policy
              </Button>
            </div>
          ) : null}
        </Stack>
      </ExpandableSection>
    </Panel>
  );
}
