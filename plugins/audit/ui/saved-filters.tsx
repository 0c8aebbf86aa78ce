/** Filters kept under a name, on the server and for oneself: each is an address of the page. */
import { Icon, Menu, type MenuItem, problemWords, useData, useHost, usePlace, useRefresh } from '@foundation/sdk/react';

import { FILTERS } from './event-filters';
import { t } from './t';

const KEPT = [...FILTERS, 'order', 'live'];

type Query = Readonly<Record<string, string | undefined>>;
type Saved = { id: string; name: string; query: Record<string, string> };

/** Whether two addresses ask the same; in which order does not count. */
function isSame(one: Query, other: Query): boolean {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => (one[name] ?? '') === (other[name] ?? ''));
}

export function SavedFilters() {
  const { api, route, ui } = useHost();
  const { query } = usePlace();
  const refresh = useRefresh();
  const { value } = useData<{ items: Saved[] }>('/filters');
  if (!value) return null;
  const asked = Object.fromEntries(KEPT.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
  const current = value.items.find((saved) => isSame(saved.query, asked));
  const handleSave = () => void ui.form<{ name: string }>({
    title: t('saved.save'),
    submit: t('saved.submit'),
    schema: { type: 'object', properties: { name: { type: 'string', title: t('saved.name'), minLength: 1, maxLength: 60 } }, required: ['name'] },
    onSubmit: async ({ name }) => {
      await api.send('POST', '/filters', { name, query: asked });
      await refresh();
    },
  });
  const handleForget = async (saved: Saved) => {
    try {
      await api.send('DELETE', `/filters/${saved.id}`);
      await refresh();
    } catch (refused) {
      const words = problemWords(refused);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    }
  };
  const items: MenuItem[] = value.items.map((saved) => ({ id: saved.id, label: saved.name, icon: 'filter', checked: saved === current, onSelect: () => route.go('', { query: saved.query }) }));
  if (current) items.push({ id: 'forget', label: t('saved.forget', { name: current.name }), icon: 'trash-2', danger: true, onSelect: () => void handleForget(current) });
  else if (Object.keys(asked).length > 0) items.push({ id: 'save', label: t('saved.save'), icon: 'plus', onSelect: handleSave });
  if (items.length === 0) return null;
  return <Menu label={current?.name ?? t('saved')} variant="secondary" trigger={<Icon name="filter" />} items={items} />;
}
