/** A search box that waits for a pause in typing before it asks. */
import { useEffect, useEffectEvent, useState } from 'react';

import { Icon } from './icon';

type SearchInputProps = { label: string; value: string; onSearch: (text: string) => void; delay?: number };

export function SearchInput({ label, value, onSearch, delay = 250 }: SearchInputProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const [sent, setSent] = useState(value);
  if (known !== value) {
    setKnown(value);
    if (value !== sent) {
      setText(value); // changed by somebody else, as after Back; one's own search leaves what is typed on
      setSent(value);
    }
  }
  const handlePause = useEffectEvent(() => {
    setSent(text.trim());
    onSearch(text.trim()); // of the page as it is by now: it may have opened something since
  });
  useEffect(() => {
    if (text.trim() === sent) return undefined;
    const timer = setTimeout(handlePause, delay);
    return () => clearTimeout(timer);
  }, [text, sent, delay]);
  return (
    <span className="f-search">
      <Icon name="search" size={14} />
      <input type="search" className="f-input" aria-label={label} placeholder={label} value={text} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} onChange={(event) => setText(event.target.value)} />
    </span>
  );
}
