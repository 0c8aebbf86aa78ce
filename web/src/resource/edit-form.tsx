/** Changes a row; when somebody else was faster, both versions are shown and the person decides. */
import { useState } from 'react';

import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import type { FormSpec, ResourceSpec } from '@/sdk/types';
import { useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { Conflict } from './conflict';
import { type Row, readField, textOf } from './row';
import { SchemaForm } from './schema-form';
import type { Values } from './schema-validate';
import { useLeaveGuard } from './use-leave-guard';

type EditFormProps = { spec: ResourceSpec; form: FormSpec; row: Row; etag: string | null; onDone: () => void };
type Loaded = { row: Row; etag: string | null };

export function EditForm({ spec, form, row, etag, onDone }: EditFormProps) {
  const host = useHost();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const [base, setBase] = useState<Loaded>({ row, etag });
  const [clash, setClash] = useState<{ mine: Values; theirs: Loaded } | null>(null);
  const path = `${spec.path}/${encodeURIComponent(textOf(readField(row, spec.key)))}`;

  const send = async (values: Values, tag: string | null) => {
    await host.api.send('PATCH', path, values, tag === null ? {} : { ifMatch: tag });
    guard(false);
    await refresh();
    host.ui.toast({ text: t('resource.saved', { name: textOf(readField({ ...row, ...values }, spec.titleField)) }), kind: 'good' });
    onDone();
  };
  const handleSubmit = async (values: Values) => {
    try {
      await send(values, base.etag);
    } catch (error) {
      if (!isProblem(error) || error.status !== 412) throw error;
      const { value, etag: newer } = await host.api.load<Row>(path);
      setClash({ mine: values, theirs: { row: value, etag: newer } });
    }
  };

  if (clash) {
    return (
      <Conflict
        schema={form.schema}
        mine={clash.mine}
        theirs={clash.theirs.row}
        onMine={() => send(clash.mine, clash.theirs.etag)}
        onTheirs={() => {
          setBase(clash.theirs);
          setClash(null);
          guard(false);
        }}
      />
    );
  }
  return <SchemaForm key={base.etag} spec={form} value={base.row} onSubmit={handleSubmit} onCancel={onDone} onDirty={guard} />;
}
