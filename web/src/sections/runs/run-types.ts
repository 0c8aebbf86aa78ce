/** What `/api/runs` answers, and the words and tones of a run's states. */
import { t } from '@/i18n/t';
import type { JsonSchema, Tone } from '@/sdk/types';

export type RunState = 'queued' | 'running' | 'cancelling' | 'succeeded' | 'failed' | 'cancelled' | 'lost';
export interface RunProgress { done: number; total: number | null; unit: string; phase: string }
export interface RunFailure { code: string; message: string; retryable: boolean }
export interface RunView {
  id: string;
  kind: string;
  plugin: string;
  title: string;
  state: RunState;
  attempt: number;
  max_attempts: number;
  failures: number;
  waits: string | null;
  requested_name: string;
  parent_run_id: string | null;
  schedule_id: string | null;
  created_at: string;
  not_before: string | null;
  started_at: string | null;
  finished_at: string | null;
  error: RunFailure | null;
  progress: RunProgress | null;
}
export interface RunAttempt { number: number; outcome: string | null; exit: string | null; started_at: string; finished_at: string | null }
export interface RunArtefact { id: string; attempt: number; name: string; media_type: string; size: number; created_at: string }
export interface RunDetail extends RunView {
  params: Record<string, unknown>;
  result: { value: unknown } | null;
  may_operate: boolean;
  attempts: RunAttempt[];
  artefacts: RunArtefact[];
}
export interface RunLogPage { attempt: number; lines: string[]; next: number; more: boolean; dropped: boolean }
export interface JobView { kind: string; title: string; plugin: string; may_start: boolean; form: JsonSchema | null }
export interface ScheduleView { id: string; kind: string; cron: string; zone: string; enabled: boolean; next_at: string; owner_name: string }

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

export function hasEnded(run: RunView): boolean {
  return run.finished_at !== null;
}

/** How long an attempt or a run took, in the largest unit that says enough. */
export function took(from: string | null, to: string | null): string {
  if (from === null || to === null) return '–';
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds < 60) return t('runs.seconds', { count: seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds)) });
  if (seconds < 3600) return t('runs.minutes', { count: String(Math.round(seconds / 60)) });
  return t('runs.hours', { count: (seconds / 3600).toFixed(1) });
}
