/** The fields of a form in their groups; an advanced group is folded until it is wanted, or wrong. */
import { type ReactNode, useState } from 'react';

import type { FormGroup, FormSpec } from '@/sdk/types';
import type { FieldErrors } from './schema-validate';

type FormGroupsProps = { spec: FormSpec; errors: FieldErrors; draw: (only: readonly string[] | undefined) => ReactNode };
type GroupProps = { group: FormGroup; wrong: boolean; children: ReactNode };

function Group({ group, wrong, children }: GroupProps) {
  const [open, setOpen] = useState(false);
  if (!group.advanced) {
    return (
      <fieldset className="f-group">
        <legend>{group.title}</legend>
        {children}
      </fieldset>
    );
  }
  return (
    <details className="f-advanced" open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{group.title}</summary>
      <div className="f-group">{children}</div>
    </details>
  );
}

export function FormGroups({ spec, errors, draw }: FormGroupsProps) {
  const groups = spec.groups ?? [];
  if (groups.length === 0) return draw(undefined);
  const placed = groups.flatMap((group) => group.fields);
  const loose = Object.keys(spec.schema.properties ?? {}).filter((name) => !placed.includes(name));
  const isWrong = (group: FormGroup) => Object.keys(errors).some((pointer) => group.fields.includes(pointer.split('/')[1] ?? ''));
  return (
    <>
      {draw(loose)}
      {groups.map((group) => <Group key={group.title} group={group} wrong={isWrong(group)}>{draw(group.fields)}</Group>)}
    </>
  );
}
