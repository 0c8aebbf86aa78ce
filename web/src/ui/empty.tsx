/** Nothing to show, said in words: what it is, and the one thing to do about it. */
import type { ReactNode } from 'react';

type EmptyProps = { title: string; body?: ReactNode; action?: ReactNode };

export function Empty({ title, body, action }: EmptyProps) {
  return (
    <div className="f-empty">
      <p className="f-empty-title">{title}</p>
      {body && <p>{body}</p>}
      {action && <div className="f-empty-action">{action}</div>}
    </div>
  );
}
