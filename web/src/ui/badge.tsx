/** A word for a state: soft, small, never colour alone. */
import type { ReactNode } from 'react';

import type { Tone } from '@/sdk/types';

type BadgeProps = { tone?: Tone; children: ReactNode };

export function Badge({ tone = 'neutral', children }: BadgeProps) {
  return <span className="f-badge" data-tone={tone}>{children}</span>;
}

/** A 6 px dot with its word. */
export function Status({ tone = 'neutral', children }: BadgeProps) {
  return <span className="f-status" data-tone={tone}>{children}</span>;
}
