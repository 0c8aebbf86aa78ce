/** Names and values of one thing, one a line. */
import type { ReactNode } from 'react';

type Entry = { key: string; label: string; value: ReactNode };
type DetailsListProps = { entries: Entry[] };

export function DetailsList({ entries }: DetailsListProps) {
  return (
    <dl className="f-details">
      {entries.map((entry) => (
        <div key={entry.key}>
          <dt>{entry.label}</dt>
          <dd>{entry.value}</dd>
        </div>
      ))}
    </dl>
  );
}
