/** Choose permissions, each with what it allows; the ones that ask for a fresh sign-in say so. */
import '@/styles/access.css';

import type { PermissionItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import { Badge } from '@/ui/badge';

type PermissionPickerProps = {
  legend: string;
  permissions: PermissionItem[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  error?: string | undefined;
};

export function PermissionPicker({ legend, permissions, chosen, onChange, error }: PermissionPickerProps) {
  const handleToggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <fieldset className="f-picker" data-invalid={error ? '' : undefined}>
      <legend className="f-label">{legend}</legend>
      {error && <p className="f-error" role="alert">{error}</p>}
      {permissions.map(({ name, title, description, sensitive }) => (
        <label key={name} className="f-permit">
          <input type="checkbox" checked={chosen.has(name)} onChange={() => handleToggle(name)} />
          <span>
            <span className="f-name">{title}</span> <code className="f-code">{name}</code> {sensitive && <Badge tone="warn">{t('roles.sensitive')}</Badge>}
            <span className="f-meta">{description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
