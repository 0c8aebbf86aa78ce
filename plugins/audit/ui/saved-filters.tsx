/** Filters kept under a name, in this browser: each is an address of the page. */
import { useState } from 'react';

import { Icon, Menu, type MenuItem, useHost, usePlace } from '@foundation/sdk/react';

import { t } from './t';

const KEY = 'foundation-audit-filters';
const MOST = 20;
type Saved = { name: string; query: Record<string, string> };

function isSaved(value: unknown): value is Saved {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'query' in value && typeof value.query === 'object';
}

function read(): Saved[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(found) ? found.filter(isSaved) : [];
  } catch {
    return []; // a browser that keeps nothing, or something that is not ours
  }
}

function write(all: Saved[]): Saved[] {
  const kept = all.slice(-MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing: they last as long as the page.
  }
  return kept;
}

export function SavedFilters() {
  const { route, ui } = useHost();
  const { query } = usePlace();
  const [all, setAll] = useState(read);
  const { open: _open, export: _export, ...present } = query;
  const current = all.find((saved) => JSON.stringify(saved.query) === JSON.stringify(present));
  const handleSave = () => void ui.form<{ name: string }>({
    title: t('saved.save'),
    submit: t('saved.submit'),
    schema: { type: 'object', properties: { name: { type: 'string', title: t('saved.name'), minLength: 1, maxLength: 60 } }, required: ['name'] },
    onSubmit: ({ name }) => {
      setAll(write([...all.filter((saved) => saved.name !== name), { name, query: present }]));
      return Promise.resolve();
    },
  });
  const items: MenuItem[] = all.map((saved) => ({ id: saved.name, label: saved.name, icon: 'filter', checked: saved === current, onSelect: () => route.go('', { query: saved.query }) }));
  if (current) items.push({ id: ' forget', label: t('saved.forget', { name: current.name }), icon: 'trash-2', danger: true, onSelect: () => setAll(write(all.filter((saved) => saved !== current))) });
  else if (Object.keys(present).length > 0) items.push({ id: ' save', label: t('saved.save'), icon: 'plus', onSelect: handleSave });
  if (items.length === 0) return null;
  return <Menu label={current?.name ?? t('saved')} variant="secondary" trigger={<Icon name="filter" />} items={items} />;
}
