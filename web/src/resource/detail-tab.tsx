/** A list below one row, such as the credentials of a project: attach with a form, detach with an action. */
import { newKey } from '@/api/new-key';
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useList, useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { ResourceTable } from './resource-table';
import { type Row, fillPath } from './row';
import { RowActions } from './row-actions';
import type { Values } from './schema-validate';

type DetailTabProps = { title: string; spec: ResourceSpec; parent: Row };

/** A form that only chooses among rows that exist attaches; any other makes something new. */
function isChoice({ create }: ResourceSpec): boolean {
  const fields = Object.values(create?.schema.properties ?? {});
  return fields.length > 0 && fields.every((field) => field['x-ui']?.widget === 'ref');
}

export function DetailTab({ title, spec, parent }: DetailTabProps) {
  const host = useHost();
  const refresh = useRefresh();
  const here = { ...spec, path: fillPath(spec.path, parent) };
  const list = useList<Row>(here.path, {});
  const label = spec.create?.submit ?? t(isChoice(spec) ? 'resource.attach' : 'resource.new', { what: said(spec.name) });
  const handleCreate = async () => {
    if (spec.create === undefined) return;
    const idempotencyKey = newKey();
    const done = await host.ui.form<Values>({
      ...spec.create,
      title: label,
      submit: label,
      onSubmit: async (values) => {
        await host.api.send('POST', here.path, values, { idempotencyKey });
        await refresh();
      },
    });
    if (done) host.ui.toast({ text: t(isChoice(spec) ? 'resource.attached' : 'resource.added', { what: said(spec.name) }), kind: 'good' });
  };
  const create = spec.create && <Button icon="link" onClick={() => void handleCreate()}>{label}</Button>;
  return (
    <section className="f-tab" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {list.rows.length > 0 && create}
      </header>
      <ResourceTable
        spec={here}
        list={list}
        actions={(spec.actions ?? []).length > 0 ? (row) => <RowActions spec={here} row={row} onGone={() => undefined} /> : undefined}
        empty={{ filtered: false, action: create }}
      />
    </section>
  );
}
