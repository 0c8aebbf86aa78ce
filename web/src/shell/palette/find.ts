/** Things by their name or id: asked of each section that can search. */
import type { Client } from '@/api/client';
import { t } from '@/i18n/t';
import { sectionUrl } from '@/plugin/section-url';
import { readField, textOf } from '@/resource/row';
import type { Page, Section } from '@/sdk/types';
import type { Entry } from './entries';

type Search = { section: Section; path: string; key: string; title: string };

const MOST = 5;

function searchOf(section: Section): Search[] {
  const { ui, api, find } = section;
  if (ui.kind === 'resource' && ui.resource.search) return [{ section, path: api + ui.resource.path, key: ui.resource.key, title: ui.resource.titleField }];
  if (ui.kind === 'builtin' && ui.page === 'users') return [{ section, path: '/api/users', key: 'id', title: 'name' }];
  // The list itself is declared as "/", and answers without the slash.
  return find === undefined || find === '' ? [] : [{ section, path: (api + find).replace(/\/$/, ''), key: 'id', title: 'name' }];
}

async function ask(client: Client, { section, path, key, title }: Search, q: string, go: (href: string) => void, signal: AbortSignal): Promise<Entry[]> {
  try {
    const { value } = await client.request<Page<Record<string, unknown>>>('GET', path, { query: { q, limit: MOST }, signal, renew: false });
    return value.items.slice(0, MOST).map((row) => {
      const id = textOf(readField(row, key));
      return { id: `o:${section.id}:${id}`, group: t('palette.objects'), title: textOf(readField(row, title)) || id, icon: section.icon, hint: section.title, run: () => go(`${sectionUrl(section)}/${encodeURIComponent(id)}`) };
    });
  } catch {
    return []; // one list that does not answer hides no other
  }
}

export async function findThings(client: Client, sections: readonly Section[], q: string, go: (href: string) => void, signal: AbortSignal): Promise<Entry[]> {
  const answers = await Promise.all(sections.flatMap(searchOf).map((search) => ask(client, search, q, go, signal)));
  return answers.flat();
}
