/** Lines below each other; none of them is said in a sentence. */
import { said, saidEach } from '@/i18n/said';
import { Icon } from '@/ui/icon';
import { Time } from '@/ui/time';
import type { ListShape } from './types';

type ItemListProps = { shape: ListShape };

export function ItemList({ shape }: ItemListProps) {
  if (shape.items.length === 0) return <p className="d-well"><Icon name="circle-check" /> {said(shape.empty)}</p>;
  return (
    <ul className="d-lines">
      {shape.items.map((line, place) => (
        // Two lines may say the same: only the place tells them apart.
        <li key={place}>
          {line.tone !== 'neutral' && <span className="f-dot" data-tone={line.tone} />}
          {line.to === null ? <span className="f-name f-clip">{said(line.title)}</span> : <a className="f-name f-clip" href={line.to}>{said(line.title)}</a>}
          {line.detail !== '' && <span className="f-meta f-clip" title={saidEach(line.detail)}>{saidEach(line.detail)}</span>}
          {line.at !== null && <span className="f-meta d-when"><Time iso={line.at} /></span>}
        </li>
      ))}
    </ul>
  );
}
