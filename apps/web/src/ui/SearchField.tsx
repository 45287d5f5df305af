import Input from '@cloudscape-design/components/input';
import { useEffect, useRef, useState } from 'react';

interface SearchFieldProps {
  readonly value: string;
  readonly placeholder: string;
  /** Called 300 ms after the last key, and at once when cleared. */
  readonly onSearch: (text: string) => void;
  readonly ariaLabel?: string;
}

/** A search asked of the server while typing. */
export function SearchField({ value, placeholder, onSearch, ariaLabel }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  useEffect(() => {
    // The address changed from elsewhere, such as "Clear filter" or the back button.
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string): void => {
    sent.current = next;
    onSearch(next);
  };
  return (
    <Input
      type="search"
      value={text}
      placeholder={placeholder}
      ariaLabel={ariaLabel ?? placeholder}
      clearAriaLabel="Clear search"
      onChange={({ detail }) => {
        setText(detail.value);
        clearTimeout(timer.current);
        if (detail.value === '') send('');
        else timer.current = setTimeout(() => send(detail.value), 300);
      }}
    />
  );
}
