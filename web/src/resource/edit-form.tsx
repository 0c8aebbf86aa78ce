/** The form that changes a row of a resource. */
import { t } from '@/i18n/t';
import type { FormSpec, ResourceSpec } from '@/sdk/types';
import { ChangeForm } from './change-form';
import { type Row, readField, textOf } from './row';

type EditFormProps = { spec: ResourceSpec; form: FormSpec; row: Row; etag: string | null; onDone: () => void };

export function EditForm({ spec, form, row, etag, onDone }: EditFormProps) {
  return (
    <ChangeForm
      spec={form}
      path={`${spec.path}/${encodeURIComponent(textOf(readField(row, spec.key)))}`}
      value={row}
      etag={etag}
      rowOf={(value) => value}
      saved={(values) => t('resource.saved', { name: textOf(readField({ ...row, ...values }, spec.titleField)) })}
      onDone={onDone}
    />
  );
}
