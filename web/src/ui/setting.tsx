/** One line of settings: label and hint at the left, the control at the right. */
import type { ReactNode } from 'react';

type SettingProps = { label: string; hint?: string | undefined; children: ReactNode };

export function Setting({ label, hint, children }: SettingProps) {
  return (
    <div className="f-setting">
      <div>
        <div className="f-name">{label}</div>
        {hint !== undefined && <div className="f-meta">{hint}</div>}
      </div>
      <div>{children}</div>
    </div>
  );
}
