/** One stroke drawing of the closed list; decorative unless it is given a label. */
import { ICONS } from './icons';

type IconProps = { name: string; size?: number; label?: string };

function isKnown(name: string): name is keyof typeof ICONS {
  return Object.hasOwn(ICONS, name);
}

export function Icon({ name, size = 16, label }: IconProps) {
  const role = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className="f-icon" width={size} height={size} viewBox="0 0 24 24" {...role}>
      <path d={ICONS[isKnown(name) ? name : 'box']} />
    </svg>
  );
}
