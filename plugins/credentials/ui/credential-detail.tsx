/** One credential in a drawer: its tabs, and what can be done with it. */
import type { ReactNode } from 'react';

import { Banner, Button, Drawer, Icon, Menu, type MenuItem, ProblemCard, Skeleton, problemWords, useData, useHost, usePlace, useRefresh } from '@foundation/sdk/react';

import { EditCredential } from './edit-credential';
import { ExportValues } from './export-values';
import { GrantsTab } from './grants-tab';
import { HistoryTab } from './history-tab';
import { Overview } from './overview';
import { ReplaceValues } from './replace-values';
import { RotateValues } from './rotate-values';
import { t } from './t';
import type { Credential, Kind } from './types';
import { useDelete } from './use-delete';
import { useKinds } from './use-kinds';
import { useTest } from './use-test';
import { VersionsTab } from './versions-tab';

type CredentialDetailProps = { id: string; view: string; onClose: () => void };
type TabsProps = { id: string; view: string };
type DeletedProps = { credential: Credential };

const FORMS = ['edit', 'replace', 'rotate', 'export'] as const;
const TABS = ['', 'versions', 'grants', 'history'] as const;

function Tabs({ id, view }: TabsProps) {
  const { route, can } = useHost();
  const { query } = usePlace();
  const tabs = TABS.filter((tab) => tab !== 'history' || can('audit:event:read'));
  return (
    <nav className="f-tabs" aria-label={t('tabs')}>
      {tabs.map((tab) => <a key={tab} href={route.href(tab === '' ? id : `${id}/${tab}`, query)} aria-current={tab === view ? 'page' : undefined}>{t(tab === '' ? 'details' : tab)}</a>)}
    </nav>
  );
}

function Deleted({ credential }: DeletedProps) {
  const { api, can, fmt, ui } = useHost();
  const refresh = useRefresh();
  const handleUndelete = async () => {
    try {
      await api.send('POST', `/${credential.id}/undelete`);
      await refresh();
      ui.toast({ text: t('undeleted', { name: credential.name }), kind: 'good' });
    } catch (error) {
      const words = problemWords(error);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    }
  };
  return (
    <>
      <Banner tone="warn">{t('deleted.until', { when: fmt.dateTime(credential.kept_until ?? '') })}</Banner>
      {can('credentials:credential:write') && <p><Button variant="primary" icon="rotate-ccw" onClick={() => void handleUndelete()}>{t('undelete')}</Button></p>}
    </>
  );
}

function body(credential: Credential, kind: Kind | undefined, etag: string | null, view: string, onDone: () => void): ReactNode {
  if (credential.deleted_at !== null) return <Deleted credential={credential} />;
  switch (view) {
    case 'edit': return <EditCredential credential={credential} etag={etag} onDone={onDone} />;
    case 'replace': return kind && <ReplaceValues credential={credential} kind={kind} etag={etag} onDone={onDone} />;
    case 'rotate': return kind && <RotateValues credential={credential} kind={kind} etag={etag} onDone={onDone} />;
    case 'export': return <ExportValues credential={credential} onDone={onDone} />;
    case 'versions': return <VersionsTab credential={credential} etag={etag} />;
    case 'grants': return <GrantsTab credential={credential} />;
    case 'history': return <HistoryTab credential={credential} />;
    default: return <Overview credential={credential} />;
  }
}

export function CredentialDetail({ id, view, onClose }: CredentialDetailProps) {
  const { route, can } = useHost();
  const { query } = usePlace();
  const { value: credential, etag, error, reload } = useData<Credential>(`/${encodeURIComponent(id)}`);
  const { kinds, titleOf } = useKinds();
  const askDelete = useDelete(onClose);
  const test = useTest();
  const kind = kinds.find((one) => one.kind === credential?.kind);
  const show = (next: string) => route.go(next === '' ? id : `${id}/${next}`, { query });
  const form = FORMS.find((one) => one === view);

  const items = (one: Credential): MenuItem[] => [
    { id: 'edit', label: t('edit'), icon: 'pencil', onSelect: () => show('edit') },
    { id: 'replace', label: t('replace'), icon: 'refresh-cw', onSelect: () => show('replace') },
    { id: 'rotate', label: t('rotate'), icon: 'rotate-ccw', onSelect: () => show('rotate') },
    { id: 'test', label: t('test'), icon: 'zap', onSelect: () => void test(one) },
    ...(can('credentials:secret:reveal') && one.reveal === 'allowed' ? [{ id: 'export', label: t('export'), icon: 'download', onSelect: () => show('export') }] : []),
    { id: 'delete', label: t('delete'), icon: 'trash-2', danger: true, onSelect: () => void askDelete(one, etag) },
  ];
  const usable = credential && credential.deleted_at === null;
  return (
    <Drawer
      title={credential === undefined ? t('title') : form ? t(`${form}.title`, { name: credential.name }) : credential.name}
      subtitle={credential && !form ? titleOf(credential.kind) : undefined}
      closeHref={route.href('', query)}
      onClose={onClose}
      actions={usable && !form && can('credentials:credential:write') && <Menu label={t('menu', { name: credential.name })} trigger={<Icon name="ellipsis" />} items={items(credential)} />}
    >
      {error && !credential && <ProblemCard error={error} onRetry={reload} />}
      {!error && !credential && <Skeleton rows={4} />}
      {usable && !form && <Tabs id={id} view={view} />}
      {credential && body(credential, kind, etag, view, () => show(''))}
    </Drawer>
  );
}
