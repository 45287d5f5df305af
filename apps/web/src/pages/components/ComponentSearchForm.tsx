import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { packageTypes } from '../../formats/package-types.js';
import { Checkbox } from '../../ui/Checkbox.js';
import { SearchField } from '../../ui/SearchField.js';
import { Select } from '../../ui/Select.js';
import styles from './components.module.css';

interface ComponentSearchFormProps {
  readonly text: string;
  readonly range: string;
  readonly ecosystem: string;
  readonly vulnerable: boolean;
  readonly summary: string | undefined;
  readonly textProblem: string | undefined;
  readonly rangeProblem: string | undefined;
  readonly onText: (text: string) => void;
  readonly onRange: (range: string) => void;
  readonly onEcosystem: (ecosystem: string) => void;
  readonly onVulnerable: (vulnerable: boolean) => void;
}

/** What to look for; what is wrong stands under its field. */
export function ComponentSearchForm(props: ComponentSearchFormProps) {
  const { text, range, ecosystem, vulnerable, summary, textProblem, rangeProblem, onText, onRange, onEcosystem, onVulnerable } = props;
  const options = [{ value: '', label: 'Any type' }, ...packageTypes.map((type) => ({ value: type, label: formatEcosystem(type) }))];
  return (
    <div>
      <div className={styles['form']}>
        <div className={styles['text']}>
          <SearchField value={text} onSearch={onText} placeholder="Name or package URL, such as log4j-core" ariaLabel="Name or package URL" />
        </div>
        <div className={styles['range']}>
          <SearchField value={range} onSearch={onRange} placeholder="< 2.17.1" ariaLabel="Version range, such as < 2.17.1" />
        </div>
        <div className={styles['type']}>
          <Select ariaLabel="Type" options={options} selectedOption={options.find(({ value }) => value === ecosystem) ?? null} onChange={({ detail }) => onEcosystem(detail.selectedOption.value ?? '')} />
        </div>
        <Checkbox checked={vulnerable} onChange={({ detail }) => onVulnerable(detail.checked)}>
          Only vulnerable
        </Checkbox>
        <span role="status" className={styles['summary']}>
          {summary ?? ''}
        </span>
      </div>
      {[textProblem, rangeProblem].map((problem) =>
        problem === undefined ? null : (
          <p key={problem} role="alert" className={styles['problem']}>
            {problem}
          </p>
        ),
      )}
    </div>
  );
}
