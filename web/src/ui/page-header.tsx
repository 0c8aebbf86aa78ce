/** The one h1 of a page, its count, and at most one primary action at the right. */
import { type ReactNode, useEffect } from 'react';

import { useHost } from './host-context';

type PageHeaderProps = { title: string; count?: string | undefined; description?: ReactNode; children?: ReactNode };

export function PageHeader({ title, count, description, children }: PageHeaderProps) {
  const { ui } = useHost();
  useEffect(() => ui.title([title]), [ui, title]);
  return (
    <header className="f-page-header">
      <div>
        <h1 tabIndex={-1}>
          {title}
          {count !== undefined && <span className="f-count f-num"> {count}</span>}
        </h1>
        {description && <p className="f-page-description">{description}</p>}
      </div>
      {children && <div className="f-page-actions">{children}</div>}
    </header>
  );
}
