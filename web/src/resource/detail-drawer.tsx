/** One row of a resource: its fields, its actions, its tabs, and the form that changes it. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { ResourceSpec } from '@/sdk/types';
import { useData } from '@/ui/data';
import { DetailsList } from '@/ui/details-list';
import { useHost, usePlace } from '@/ui/host-context';
import { ObjectHistory } from '@/ui/object-history';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { Drawer } from '@/ui/split-page';
import { useFollow } from '@/ui/use-follow';
import { Cell } from './cell';
import { DetailTabs } from './detail-tabs';
import { EditForm } from './edit-form';
import { type Row, humanise, readField, textOf } from './row';
import { RowActions } from './row-actions';

type DetailDrawerProps = { spec: ResourceSpec; id: string; view: string; onClose: () => void };
type BodyProps = { spec: ResourceSpec; row: Row; etag: string | null; view: string; onView: (view: string) => void };

function DetailBody({ spec, row, etag, view, onView }: BodyProps) {
  if (view === 'edit' && spec.edit) {
    return <EditForm spec={spec} form={spec.edit} row={row} etag={etag} onDone={() => onView('')} />;
  }
  const groups = spec.detail?.groups ?? [{ title: '', fields: spec.columns }];
  return (
    <>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title || t('resource.details')}>
          {group.title !== '' && <h3>{group.title}</h3>}
          <DetailsList
            entries={group.fields.map((column) => ({ key: column.field, label: column.label || humanise(column.field), value: <Cell column={column} row={row} filters={spec.filters} /> }))}
          />
        </section>
      ))}
      <DetailTabs spec={spec} row={row} />
      <ObjectHistory target={`${spec.name}:${textOf(row['id'])}`} />
    </>
  );
}

export function DetailDrawer({ spec, id, view, onClose }: DetailDrawerProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const { value: row, etag, error, reload } = useData<Row>(`${spec.path}/${encodeURIComponent(id)}`);
  // While somebody edits, what they look at stays; saving tells them of the rest.
  useFollow(spec.live !== undefined && view !== 'edit' && /^[\w-]{1,64}$/.test(id) ? `${spec.live}:${id}` : null, reload);
  const title = row ? textOf(readField(row, spec.titleField)) : humanise(said(spec.name));
  const handleView = (next: string) => route.go(next === '' ? encodeURIComponent(id) : `${encodeURIComponent(id)}/${next}`, { query });
  return (
    <Drawer
      title={view === 'edit' ? t('resource.edit', { name: title }) : title}
      closeHref={route.href('', query)}
      onClose={onClose}
      actions={row && view !== 'edit' && <RowActions spec={spec} row={row} onEdit={spec.edit && (() => handleView('edit'))} onGone={onClose} />}
    >
      {error && !row && <ProblemCard error={error} onRetry={reload} />}
      {!error && !row && <Skeleton rows={4} />}
      {row && <DetailBody spec={spec} row={row} etag={etag} view={view} onView={handleView} />}
    </Drawer>
  );
}
