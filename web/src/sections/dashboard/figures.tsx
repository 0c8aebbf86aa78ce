/** Numbers, each a link to the list that explains it. */
import { said } from '@/i18n/said';
import { useHost } from '@/ui/host-context';
import type { Figure, FiguresShape } from './types';

type FiguresProps = { shape: FiguresShape };
type OneProps = { figure: Figure };

function One({ figure }: OneProps) {
  const { fmt } = useHost();
  const inside = (
    <>
      <span className="f-figure f-num" data-tone={figure.tone}>{figure.value === null ? '–' : fmt.number(figure.value)}</span>
      <span className="d-label">{said(figure.label)}</span>
      {figure.detail !== '' && <span className="f-meta">{said(figure.detail)}</span>}
    </>
  );
  return figure.to === null ? <div className="d-figure">{inside}</div> : <a className="d-figure" href={figure.to}>{inside}</a>;
}

export function Figures({ shape }: FiguresProps) {
  return <div className="d-figures">{shape.items.map((figure) => <One key={figure.label} figure={figure} />)}</div>;
}
