/** Takes out what the filters find, in one of three forms; who did is an event. */
import { Icon, Menu, problemWords, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Taken } from './types';

const FORMS = ['ndjson', 'csv', 'ocsf'] as const;
type ExportMenuProps = { filters: Record<string, string | undefined> };

/** Hand a text to the browser as a file. */
function save({ name, media_type: type, content }: Taken): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function ExportMenu({ filters }: ExportMenuProps) {
  const { api, can, ui, fmt } = useHost();
  const refresh = useRefresh();
  if (!can('audit:trail:export')) return null;
  const handleSelect = async (form: (typeof FORMS)[number]) => {
    const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
    try {
      const taken = await api.send<Taken>('POST', '/export', { form, filters: given });
      save(taken);
      const words = t(taken.complete ? 'export.done' : 'export.part', { count: fmt.number(taken.events) });
      ui.toast({ text: words, kind: taken.complete ? 'good' : 'info' });
      await refresh();
    } catch (error) {
      const words = problemWords(error);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    }
  };
  return (
    <Menu
      label={t('export')}
      variant="secondary"
      trigger={<Icon name="download" />}
      items={FORMS.map((form) => ({ id: form, label: t(`export.${form}`), icon: 'file-text', onSelect: () => void handleSelect(form) }))}
    />
  );
}
