/** The parts of one page as links of their own address; the present one is marked. */
import { useHost, usePlace } from './host-context';

export type Tab = { path: string; label: string };
type TabsProps = { label: string; tabs: Tab[] };

export function Tabs({ label, tabs }: TabsProps) {
  const { route } = useHost();
  const [first = ''] = usePlace().path.split('/');
  const here = tabs.some((tab) => tab.path === first) ? first : '';
  return (
    <nav className="f-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.path} href={route.href(tab.path)} aria-current={tab.path === here ? 'page' : undefined}>{tab.label}</a>
      ))}
    </nav>
  );
}
