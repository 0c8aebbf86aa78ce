/** A form from a schema: labels, hints, checks on blur and submit, the server's errors beside their fields. */
import { type KeyboardEvent, type SyntheticEvent, useRef, useState } from 'react';

import { t } from '@/i18n/t';
import type { FormSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { FormProblem } from '@/ui/form-problem';
import { ErrorSum } from './error-sum';
import { placeErrors } from './form-errors';
import { FormGroups } from './form-groups';
import { textOf } from './row';
import { SchemaFields } from './schema-fields';
import { type FieldErrors, type Values, initialValues, outgoing, validate } from './schema-validate';

export type SchemaFormProps = {
  spec: FormSpec;
  value?: Values | undefined;
  onSubmit: (values: Values) => Promise<unknown>;
  onCancel?: () => void;
  onDirty?: (dirty: boolean) => void;
  /** Where this object sits in the body that is sent, so that the server's pointers find their fields. */
  prefix?: string;
};

type State = { values: Values; errors: FieldErrors; failure: unknown; rest: string[]; busy: boolean };

function slugOf(name: unknown): string {
  const plain = textOf(name).normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').slice(0, 63).replace(/^-+|-+$/g, '');
}

/** A field "slug" beside a "name" follows it until somebody types there. */
function followName(schema: FormSpec['schema'], before: Values, after: Values): Values {
  const { name, slug } = schema.properties ?? {};
  if (!name || !slug || textOf(after['slug']) !== slugOf(before['name'])) return after;
  return { ...after, slug: slugOf(after['name']) };
}

function focusFirstError(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>(':is(input, select, textarea)[aria-invalid=true], [role=radiogroup][aria-invalid=true] input')?.focus());
}

export function SchemaForm({ spec, value, onSubmit, onCancel, onDirty, prefix = '' }: SchemaFormProps) {
  const { schema } = spec;
  const form = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<State>(() => ({ values: initialValues(schema, value), errors: {}, failure: null, rest: [], busy: false }));

  const handleChange = (values: Values, pointer: string) => {
    onDirty?.(true);
    setState((now) => ({ ...now, values: followName(schema, now.values, values), errors: Object.fromEntries(Object.entries(now.errors).filter(([at]) => at !== pointer)) }));
  };
  const handleBlur = (pointer: string) => {
    const wrong = validate(schema, state.values, value)[pointer];
    const touched = wrong !== undefined && wrong !== t('form.required'); // emptiness is told on submit
    if (touched) setState((now) => ({ ...now, errors: { ...now.errors, [pointer]: wrong } }));
  };
  const handleSubmit = async (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (state.busy) return;
    const errors = validate(schema, state.values, value);
    setState((now) => ({ ...now, errors, failure: null, rest: [], busy: Object.keys(errors).length === 0 }));
    if (Object.keys(errors).length > 0) {
      focusFirstError(form.current);
      return;
    }
    try {
      await onSubmit(outgoing(schema, state.values, value));
      setState((now) => ({ ...now, busy: false }));
    } catch (failure) {
      const placed = placeErrors(failure, schema, { prefix, sent: state.values });
      setState((now) => ({ ...now, busy: false, errors: placed.fields, failure, rest: placed.rest }));
      focusFirstError(form.current);
    }
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void handleSubmit(event);
  };
  const placed = Object.keys(state.errors).length > 0;

  return (
    // Ctrl-Enter sends from inside a textarea.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form ref={form} className="f-form" noValidate onSubmit={(event) => void handleSubmit(event)} onKeyDown={handleKey}>
      {state.failure !== null && (!placed || state.rest.length > 0) && <FormProblem error={state.failure} details={state.rest} />}
      <ErrorSum schema={schema} errors={state.errors} form={form} />
      <FormGroups
        spec={spec}
        errors={state.errors}
        draw={(only) => <SchemaFields schema={schema} order={spec.order} only={only} before={value} values={state.values} errors={state.errors} at="" onChange={handleChange} onBlur={handleBlur} />}
      />
      <div className="f-form-actions">
        <Button type="submit" variant="primary" busy={state.busy}>{spec.submit ?? t('save')}</Button>
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
      </div>
    </form>
  );
}
