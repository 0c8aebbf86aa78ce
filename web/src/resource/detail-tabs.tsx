/** The lists below one row: one is simply there, several are tabs, and the address says which is open. */
import { t } from '@/i18n/t';
import type { ResourceSpec } from '@/sdk/types';
import { useHost, usePlace } from '@/ui/host-context';
import { PanelTabs } from '@/ui/panel-tabs';
import { DetailTab } from './detail-tab';
import type { Row } from './row';

type DetailTabsProps = { spec: ResourceSpec; row: Row };

export function DetailTabs({ spec, row }: DetailTabsProps) {
  const { route } = useHost();
  const { path, query } = usePlace();
  const tabs = spec.detail?.tabs ?? [];
  const [first] = tabs;
  if (first === undefined) return null;
  if (tabs.length === 1) return <DetailTab title={first.title} spec={first.resource} parent={row} />;
  const open = tabs.find((tab) => tab.resource.name === query['tab']) ?? first;
  return (
    <PanelTabs
      label={t('resource.tabs')}
      tabs={tabs.map((tab) => ({ id: tab.resource.name, label: tab.title }))}
      current={open.resource.name}
      onChange={(tab) => route.go(path, { replace: true, query: { ...query, tab } })}
    >
      <DetailTab key={open.resource.name} title={open.title} spec={open.resource} parent={row} />
    </PanelTabs>
  );
}
