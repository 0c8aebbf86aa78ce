/** A line across the page for what holds everywhere, such as safe mode. */
import type { ReactNode } from 'react';

import type { Tone } from '@/sdk/types';
import { Icon } from './icon';

type BannerProps = { tone: Tone; children: ReactNode };

export function Banner({ tone, children }: BannerProps) {
  return (
    <div className="f-banner" data-tone={tone}>
      <Icon name={tone === 'bad' || tone === 'warn' ? 'triangle-alert' : 'info'} /> <span>{children}</span>
    </div>
  );
}
