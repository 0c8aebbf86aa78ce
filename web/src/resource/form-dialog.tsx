/** A form in a dialog, answered with what was sent. */
import type { HostFormSpec } from '@/sdk/types';
import { Dialog } from '@/ui/dialog';
import { SchemaForm } from './schema-form';
import type { Values } from './schema-validate';

type FormDialogProps = { form: HostFormSpec<Values>; onAnswer: (values: Values | null) => void };

export function FormDialog({ form, onAnswer }: FormDialogProps) {
  const handleSubmit = async (values: Values) => {
    await form.onSubmit(values);
    onAnswer(values);
  };
  return (
    <Dialog title={form.title} onClose={() => onAnswer(null)}>
      <SchemaForm spec={form} value={form.value} onSubmit={handleSubmit} onCancel={() => onAnswer(null)} />
    </Dialog>
  );
}
