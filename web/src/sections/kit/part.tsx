/** One part of the kit page: its name, a line about it, its states. */
import type { ReactNode } from 'react';

type PartProps = { name: string; about?: string; children: ReactNode };

export function Part({ name, about, children }: PartProps) {
  const id = `kit-${name.toLowerCase().replace(/\W+/g, '-')}`;
  return (
    <section className="f-section" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {about !== undefined && <p className="f-meta">{about}</p>}
      <div className="f-kit-part">{children}</div>
    </section>
  );
}
