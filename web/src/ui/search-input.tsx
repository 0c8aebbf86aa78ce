/** A search box that waits for a pause in typing before it asks. */
import { useEffect, useRef, useState } from 'react';

import { Icon } from './icon';

type SearchInputProps = { label: string; value: string; onSearch: (text: string) => void; delay?: number };

export function SearchInput({ label, value, onSearch, delay = 250 }: SearchInputProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const [sent, setSent] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== value) {
    setKnown(value);
    if (value !== sent) setText(value); // changed by somebody else, as after Back; one's own search leaves what is typed on
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const handleChange = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSent(next.trim());
      onSearch(next.trim());
    }, delay);
  };
  return (
    <span className="f-search">
      <Icon name="search" size={14} />
      <input type="search" className="f-input" aria-label={label} placeholder={label} value={text} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} onChange={(event) => handleChange(event.target.value)} />
    </span>
  );
}
