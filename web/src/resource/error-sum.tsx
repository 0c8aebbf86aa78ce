/** More than three fields that are not right, summed up above the form as links to them. */
import type { RefObject } from 'react';

import { t } from '@/i18n/t';
import type { JsonSchema } from '@/sdk/types';
import { Icon } from '@/ui/icon';
import { humanise } from './row';
import type { FieldErrors } from './schema-validate';

type ErrorSumProps = { schema: JsonSchema; errors: FieldErrors; form: RefObject<HTMLFormElement | null> };

const SUMMED_FROM = 4;

export function ErrorSum({ schema, errors, form }: ErrorSumProps) {
  const pointers = Object.keys(errors);
  if (pointers.length < SUMMED_FROM) return null;
  const labelOf = (pointer: string) => {
    const name = pointer.split('/').at(-1) ?? '';
    return schema.properties?.[name]?.title ?? humanise(name);
  };
  const handleGo = (index: number) => form.current?.querySelectorAll<HTMLElement>(':is(input, select, textarea)[aria-invalid=true]')[index]?.focus();
  return (
    <div className="f-form-problem" role="alert">
      <Icon name="circle-alert" />
      <div className="f-error-sum">
        <strong>{t('errors.sum', { n: pointers.length })}</strong>
        <ul>
          {pointers.map((pointer, index) => (
            <li key={pointer}>
              <a
                className="f-link"
                href={`#${pointer}`}
                onClick={(event) => {
                  event.preventDefault();
                  handleGo(index);
                }}
              >
                {labelOf(pointer)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
