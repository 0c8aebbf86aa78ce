/** Changes one thing at *path*; when somebody else was faster, both versions are shown and the person decides. */
import { useState } from 'react';

import { isProblem } from '@/api/problem';
import type { FormSpec } from '@/sdk/types';
import { useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { Conflict } from './conflict';
import type { Row } from './row';
import { SchemaForm } from './schema-form';
import type { Values } from './schema-validate';
import { useLeaveGuard } from './use-leave-guard';

type ChangeFormProps<T> = {
  spec: FormSpec;
  path: string;
  /** What is changed, in the version that was seen, and what a newer version of it shows in the form. */
  value: T;
  etag: string | null;
  rowOf: (value: T) => Row;
  /** What the server takes for what was filled in, where it is not the same. */
  bodyOf?: (values: Values) => Values;
  /** What is said when it is saved. */
  saved: (values: Values) => string;
  onDone: () => void;
};
type Base = { row: Row; etag: string | null };

export function ChangeForm<T>({ spec, path, value, etag, rowOf, bodyOf = (values) => values, saved, onDone }: ChangeFormProps<T>) {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const [base, setBase] = useState<Base>(() => ({ row: rowOf(value), etag }));
  const [clash, setClash] = useState<{ mine: Values; theirs: Base } | null>(null);

  const send = async (values: Values, tag: string | null) => {
    try {
      await api.send('PATCH', path, bodyOf(values), tag === null ? {} : { ifMatch: tag });
    } catch (error) {
      if (!isProblem(error) || error.status !== 412) throw error;
      const newer = await api.load<T>(path);
      setClash({ mine: values, theirs: { row: rowOf(newer.value), etag: newer.etag } });
      return;
    }
    guard(false);
    await refresh();
    ui.toast({ text: saved(values), kind: 'good' });
    onDone();
  };

  if (clash) {
    const { mine, theirs } = clash;
    return (
      <Conflict
        schema={spec.schema}
        mine={mine}
        theirs={theirs.row}
        onMine={() => send(mine, theirs.etag)}
        onTheirs={() => {
          setBase(theirs);
          setClash(null);
          guard(false);
        }}
      />
    );
  }
  return <SchemaForm key={base.etag} spec={spec} value={base.row} onSubmit={(values) => send(values, base.etag)} onCancel={onDone} onDirty={guard} />;
}
