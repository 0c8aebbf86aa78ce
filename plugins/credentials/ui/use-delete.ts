/** Deletes a credential after the name was typed; says first who uses it. */
import { problemWords, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential } from './types';

export function useDelete(onGone: () => void): (credential: Credential, etag: string | null) => Promise<void> {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  return async (credential, etag) => {
    const { id, name, slug, version, used_by: uses } = credential;
    const used = uses.length === 0 ? '' : t('delete.used', { list: uses.map((use) => use.title).join(', ') });
    const body = [used, t('delete.body')].filter(Boolean).join(' ');
    if (!(await ui.confirm({ title: t('delete.title', { name }), body, danger: true, type: slug, ok: t('delete.go') }))) return;
    try {
      await api.send('DELETE', `/${id}`, undefined, { ifMatch: etag ?? `"${version}"` });
    } catch (error) {
      const words = problemWords(error);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
      return;
    }
    onGone();
    await refresh(`/${id}`);
    ui.toast({ text: t('deleted', { name }), kind: 'good' });
  };
}
