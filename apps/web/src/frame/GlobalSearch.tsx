import { useApolloClient } from '@apollo/client/react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useNavigate } from 'react-router';
import { GlobalSearchDocument, type GlobalSearchQuery } from '../gql/graphql.js';
import styles from './GlobalSearch.module.css';
import { likeliest, searchResults } from './search-results.js';
import { useShortcutsSwitch } from './shortcuts.js';

const waitMs = 200;

/** One field for everything: images and components as they are typed, in the pattern of a combobox with a list (WAI-ARIA 1.2). */
export function GlobalSearch({ field, onDone }: { readonly field: RefObject<HTMLInputElement | null>; readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = useFound(text.trim());
  const [shortcuts] = useShortcutsSwitch();
  const navigate = useNavigate();
  const list = useId();
  const results = text.trim() === '' ? [] : searchResults(text.trim(), found);
  const shown = open && results.length > 0;
  const follow = (index: number): void => {
    const result = results[index] ?? likeliest(results);
    if (result === undefined) return;
    setOpen(false);
    setText('');
    field.current?.blur();
    onDone();
    void navigate(result.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((before) => (results.length === 0 ? -1 : (before + step + results.length) % results.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      follow(active);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '') {
        field.current?.blur();
        onDone();
      }
      setText('');
      setOpen(false);
    }
  };
  return (
    <div
      className={styles['search']}
      role="search"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <svg viewBox="0 0 16 16" width="15" height="15" className={`esscm-stroke ${styles['glass'] ?? ''}`} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
        <circle cx="7" cy="7" r="4.6" />
        <path d="m10.6 10.6 3.4 3.4" />
      </svg>
      <input
        ref={field}
        className={styles['field']}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label="Search images, components and CVEs"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${list}-${active}` : undefined}
        placeholder="Search images, components, CVEs"
        value={text}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      {text === '' && shortcuts ? (
        <kbd className={styles['hint']} aria-hidden="true">
          /
        </kbd>
      ) : null}
      <ul id={list} role="listbox" aria-label="Found" className={styles['list']} hidden={!shown}>
        {results.map((result, index) => (
          <li
            key={`${result.group} ${result.id}`}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles['result']}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => follow(index)}
            onPointerMove={() => setActive(index)}
          >
            {result.group === results[index - 1]?.group ? null : <span className={styles['group']}>{result.group}</span>}
            <span className={styles['line']}>
              <span className={styles['text']}>{result.text}</span>
              <span className={styles['note']}>{result.note}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The answer for what stands in the field now; while the next is on its way, the one before. */
function useFound(text: string): GlobalSearchQuery | undefined {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<GlobalSearchQuery>();
  const latest = useRef(text);
  latest.current = text;
  useEffect(() => {
    if (text === '') {
      setAnswer(undefined);
      return undefined;
    }
    const timer = setTimeout(() => {
      void client.query({ query: GlobalSearchDocument, variables: { text, search: { text } }, fetchPolicy: 'network-only' }).then(
        ({ data }) => {
          if (data !== undefined && latest.current === text) setAnswer(data);
        },
        () => undefined,
      );
    }, waitMs);
    return () => clearTimeout(timer);
  }, [client, text]);
  return answer;
}
