/** One credential: what it is, its fields without their secret values, who uses it. */
import { CopyButton, DetailsList, Drawer, Icon, Menu, type MenuItem, ProblemCard, Skeleton, Time, useData, useHost, usePlace } from '@foundation/sdk/react';

import { EditCredential } from './edit-credential';
import { FieldValue } from './field-value';
import { ReplaceValues } from './replace-values';
import { t } from './t';
import type { Credential } from './types';
import { UsedBy } from './used-by';
import { useDelete } from './use-delete';
import { useKinds } from './use-kinds';

type CredentialDetailProps = { id: string; view: string; onClose: () => void };
type OverviewProps = { credential: Credential };

function Overview({ credential }: OverviewProps) {
  const { kinds, titleOf } = useKinds();
  const schema = kinds.find((kind) => kind.kind === credential.kind)?.schema;
  const labelOf = (field: string) => schema?.properties?.[field]?.title ?? field;
  return (
    <>
      <section aria-label={t('details')}>
        <DetailsList
          entries={[
            { key: 'kind', label: t('kind'), value: titleOf(credential.kind) },
            { key: 'slug', label: t('slug'), value: <><code className="f-code">{credential.slug}</code><CopyButton text={credential.slug} what={t('slug')} /></> },
            ...(credential.description === '' ? [] : [{ key: 'description', label: t('description'), value: credential.description }]),
            { key: 'created', label: t('created'), value: <Time iso={credential.created_at} /> },
            { key: 'changed', label: t('changed'), value: <Time iso={credential.updated_at} /> },
          ]}
        />
      </section>
      <section aria-labelledby="values">
        <h3 id="values">{t('values')}</h3>
        <DetailsList
          entries={Object.entries(credential.fields).map(([field, view]) => ({
            key: field,
            label: labelOf(field),
            value: <FieldValue credential={credential} field={field} label={labelOf(field)} view={view} />,
          }))}
        />
      </section>
      <UsedBy uses={credential.used_by} />
    </>
  );
}

export function CredentialDetail({ id, view, onClose }: CredentialDetailProps) {
  const { route, can } = useHost();
  const { query } = usePlace();
  const { value: credential, etag, error, reload } = useData<Credential>(`/${encodeURIComponent(id)}`);
  const { kinds, titleOf } = useKinds();
  const askDelete = useDelete(onClose);
  const kind = kinds.find((one) => one.kind === credential?.kind);
  const show = (next: string) => route.go(next === '' ? id : `${id}/${next}`, { query });
  const handleDone = () => show('');

  const items = (one: Credential): MenuItem[] => [
    { id: 'edit', label: t('edit'), icon: 'pencil', onSelect: () => show('edit') },
    { id: 'replace', label: t('replace'), icon: 'refresh-cw', onSelect: () => show('replace') },
    { id: 'delete', label: t('delete'), icon: 'trash-2', danger: true, onSelect: () => void askDelete(one, etag) },
  ];
  const title = credential === undefined ? t('title')
    : view === 'edit' ? t('edit.title', { name: credential.name })
      : view === 'replace' ? t('replace.title', { name: credential.name }) : credential.name;
  return (
    <Drawer
      title={title}
      subtitle={credential && view === '' ? titleOf(credential.kind) : undefined}
      closeHref={route.href('', query)}
      onClose={onClose}
      actions={credential && view === '' && can('credentials:credential:write') && <Menu label={t('menu', { name: credential.name })} trigger={<Icon name="ellipsis" />} items={items(credential)} />}
    >
      {error && !credential && <ProblemCard error={error} onRetry={reload} />}
      {!error && !credential && <Skeleton rows={4} />}
      {credential && view === 'edit' && <EditCredential credential={credential} etag={etag} onDone={handleDone} />}
      {credential && view === 'replace' && kind && <ReplaceValues credential={credential} kind={kind} etag={etag} onDone={handleDone} />}
      {credential && view !== 'edit' && view !== 'replace' && <Overview credential={credential} />}
    </Drawer>
  );
}
