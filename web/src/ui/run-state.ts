/** The states of a run: their words and tones, the same wherever runs are shown. */
import { t } from '@/i18n/t';
import type { Tone } from '@/sdk/types';

export type RunState = 'queued' | 'running' | 'cancelling' | 'succeeded' | 'failed' | 'cancelled' | 'lost';

export const STATES: RunState[] = ['queued', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'lost'];

const TONES: Record<RunState, Tone> = {
  queued: 'neutral', running: 'info', cancelling: 'warn', succeeded: 'good', failed: 'bad', cancelled: 'neutral', lost: 'bad',
};

export function toneOf(state: RunState): Tone {
  return TONES[state];
}

export function stateWord(state: RunState): string {
  return t(`runs.state.${state}`);
}

/** How long something took, in the largest unit that says enough. */
export function lasted(seconds: number): string {
  if (seconds < 60) return t('runs.seconds', { count: seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds)) });
  if (seconds < 3600) return t('runs.minutes', { count: String(Math.round(seconds / 60)) });
  return t('runs.hours', { count: (seconds / 3600).toFixed(1) });
}
