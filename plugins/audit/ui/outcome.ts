/** How an event ended: its word and its tone. */
import type { Tone } from '@foundation/sdk';

import { t } from './t';

const TONES: Record<string, Tone> = { success: 'good', failure: 'warn', denied: 'warn', error: 'bad' };
const KNOWN = ['success', 'failure', 'denied', 'error'] as const;

export const OUTCOMES = KNOWN.map((value) => ({ value, label: t(`outcome.${value}`) }));

export function toneOf(outcome: string): Tone {
  return TONES[outcome] ?? 'neutral';
}

export function wordOf(outcome: string): string {
  const known = KNOWN.find((one) => one === outcome);
  return known ? t(`outcome.${known}`) : outcome;
}
