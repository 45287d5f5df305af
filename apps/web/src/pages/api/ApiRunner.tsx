import { useId, useState, type KeyboardEvent } from 'react';
import { formatDuration } from '../../formats/format-duration.js';
import { Button } from '../../ui/Button.js';
import { CodeBlock } from '../../ui/CodeBlock.js';
import styles from './api.module.css';
import type { ApiExample } from './examples.js';
import { InvalidVariablesError, runOperation, type OperationAnswer } from './run-operation.js';

/** An operation to change and run, and what the server answers. */
export function ApiRunner({ example }: { readonly example: ApiExample }) {
  const [query, setQuery] = useState(example.query);
  const [variables, setVariables] = useState(example.variables);
  const [answer, setAnswer] = useState<OperationAnswer>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [queryId, variablesId] = [useId(), useId()];
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setAnswer(await runOperation(query, variables));
    } catch (error) {
      setProblem(error instanceof InvalidVariablesError ? error.message : 'No connection to the ESSCM server.');
    }
    setBusy(false);
  };
  const runByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
  };
  return (
    <section className={styles['runner']} aria-label={example.title} onKeyDown={runByKey}>
      <label htmlFor={queryId}>Operation</label>
      <textarea id={queryId} className={styles['code']} rows={Math.min(22, query.split('\n').length + 1)} spellCheck={false} value={query} onChange={(event) => setQuery(event.target.value)} />
      <label htmlFor={variablesId}>Variables</label>
      <textarea id={variablesId} className={styles['code']} rows={3} spellCheck={false} value={variables} onChange={(event) => setVariables(event.target.value)} />
      <div className={styles['run']}>
        <Button variant="primary" loading={busy} onClick={() => void run()}>
          Run
        </Button>
        <span className="esscm-secondary esscm-small">or Ctrl + Enter</span>
        <span role="status" className="esscm-secondary esscm-small">
          {answer === undefined ? '' : `Status ${answer.status}, ${formatDuration(answer.tookMs)}${answer.reference === undefined ? '' : `, reference ${answer.reference}`}`}
        </span>
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="esscm-error">
          {problem}
        </p>
      )}
      {answer === undefined ? null : (
        <div className={styles['answer']}>
          <CodeBlock text={answer.text} label="answer" />
        </div>
      )}
      <details className={styles['curl']}>
        <summary>The same from a shell</summary>
        <CodeBlock text={curlText(query, variables)} label="command" />
      </details>
    </section>
  );
}

/** A command for a shell; the token comes from a variable, so that it stays out of the history. */
function curlText(query: string, variables: string): string {
  const body = JSON.stringify({ query, variables: variables.trim() === '' ? {} : variables }).replace(JSON.stringify(variables), variables.trim());
  return `curl ${window.location.origin}/graphql \\\n  -H "Authorization: Bearer $ESSCM_TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  --data-binary @- <<'END'\n${body}\nEND`;
}
