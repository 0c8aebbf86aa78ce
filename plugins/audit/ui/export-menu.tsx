/** Takes out what the filters find, at once or as a run, in one of three forms; who did is an event. */
import { Icon, Menu, type MenuItem, problemWords, useHost, usePlace, useRefresh } from '@foundation/sdk/react';

import type { Filters } from './filters-of';
import { save } from './save';
import { t } from './t';
import type { Taken } from './types';

const FORMS = ['ndjson', 'csv', 'ocsf'] as const;
type Form = (typeof FORMS)[number];
type ExportMenuProps = { filters: Filters };

export function ExportMenu({ filters }: ExportMenuProps) {
  const { api, can, ui, fmt, route } = useHost();
  const { query } = usePlace();
  const refresh = useRefresh();
  if (!can('audit:trail:export')) return null;
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const words = problemWords(error);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    }
  };
  const handleNow = (form: Form) => attempt(async () => {
    const taken = await api.send<Taken>('POST', '/export', { form, filters: given });
    save(taken.name, [taken.content], taken.media_type);
    const words = t(taken.complete ? 'export.done' : 'export.part', { count: fmt.number(taken.events) });
    ui.toast({ text: words, kind: taken.complete ? 'good' : 'info' });
    await refresh();
  });
  const handleRun = (form: Form) => attempt(async () => {
    const { run_id: run } = await api.send<{ run_id: string }>('POST', '/exports', { form, filters: given });
    route.go('', { replace: true, query: { ...query, export: run } });
  });
  const now: MenuItem[] = FORMS.map((form) => ({ id: form, label: t(`export.${form}`), icon: 'file-text', onSelect: () => void handleNow(form) }));
  const runs: MenuItem[] = FORMS.map((form) => ({ id: `run.${form}`, label: t(`export.run.${form}`), icon: 'workflow', onSelect: () => void handleRun(form) }));
  return <Menu label={t('export')} variant="secondary" trigger={<Icon name="download" />} items={[...now, ...runs]} />;
}
