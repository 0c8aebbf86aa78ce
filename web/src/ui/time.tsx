/** How long ago, with the exact time for those who need it; a preference shows the exact time everywhere. */
import { useHost } from './host-context';
import { useStore } from './store';

type TimeProps = { iso: string; absolute?: boolean };

export function Time({ iso, absolute = false }: TimeProps) {
  const { fmt, env } = useHost();
  const { times } = useStore(env);
  const exact = fmt.dateTime(iso);
  return <time className="f-num" dateTime={iso} title={exact}>{absolute || times === 'absolute' ? exact : fmt.relative(iso)}</time>;
}
