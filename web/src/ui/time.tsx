/** How long ago, with the exact time for those who need it. */
import { useHost } from './host-context';

type TimeProps = { iso: string; absolute?: boolean };

export function Time({ iso, absolute = false }: TimeProps) {
  const { fmt } = useHost();
  const exact = fmt.dateTime(iso);
  return <time className="f-num" dateTime={iso} title={exact}>{absolute ? exact : fmt.relative(iso)}</time>;
}
