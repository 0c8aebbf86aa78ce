/** What a credential is, its fields without their secret values, who uses it. */
import { Badge, CopyButton, DetailsList, Time } from '@foundation/sdk/react';

import { FieldValue } from './field-value';
import { t } from './t';
import type { Credential } from './types';
import { UsedBy } from './used-by';
import { useKinds } from './use-kinds';

type OverviewProps = { credential: Credential };

export function Overview({ credential }: OverviewProps) {
  const { kinds, titleOf } = useKinds();
  const schema = kinds.find((kind) => kind.kind === credential.kind)?.schema;
  const labelOf = (field: string) => schema?.properties?.[field]?.title ?? field;
  const entry = (key: 'description' | 'notes', value: string) => (value === '' ? [] : [{ key, label: t(key), value }]);
  const time = (key: 'expires' | 'rotate_by', iso: string | null) => (iso === null ? [] : [{ key, label: t(key), value: <Time iso={iso} /> }]);
  return (
    <>
      <section aria-label={t('details')}>
        <DetailsList
          entries={[
            { key: 'kind', label: t('kind'), value: titleOf(credential.kind) },
            { key: 'slug', label: t('slug'), value: <><code className="f-code">{credential.slug}</code><CopyButton text={credential.slug} what={t('slug')} /></> },
            ...entry('description', credential.description),
            ...(credential.tags.length === 0 ? [] : [{ key: 'tags', label: t('tags'), value: <span className="cr-tags">{credential.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}</span> }]),
            ...entry('notes', credential.notes),
            ...time('expires', credential.expires_at),
            ...time('rotate_by', credential.rotate_by),
            { key: 'created', label: t('created'), value: <Time iso={credential.created_at} /> },
            { key: 'changed', label: t('changed'), value: <Time iso={credential.updated_at} /> },
          ]}
        />
      </section>
      <section aria-labelledby="values">
        <h3 id="values">{t('values')}</h3>
        {credential.reveal === 'never' && <p className="f-meta">{t('reveal.never')}</p>}
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
