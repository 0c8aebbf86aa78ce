/** What `/api/runs` answers, and the words and tones of a run's states. */
import type { JsonSchema } from '@/sdk/types';
import { type RunState, lasted } from '@/ui/run-state';

export { type RunState, STATES, stateWord, toneOf } from '@/ui/run-state';

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
  project_id: string | null;
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
export interface DayView { day: string; succeeded: number; failed: number; cancelled: number; open: number; median_s: number | null; longest_s: number | null }
export interface JobView { kind: string; title: string; plugin: string; may_start: boolean; form: JsonSchema | null }
export interface ScheduleView {
  id: string;
  kind: string;
  project_id: string | null;
  params: Record<string, unknown>;
  cron: string;
  zone: string;
  overlap: string;
  catch_up: string;
  enabled: boolean;
  problem: string | null;
  next_at: string;
  owner_name: string;
  may_change: boolean;
}

export function hasEnded(run: RunView): boolean {
  return run.finished_at !== null;
}

/** How long an attempt or a run took. */
export function took(from: string | null, to: string | null): string {
  if (from === null || to === null) return '–';
  return lasted(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000));
}

/** Where a job's start form is: a dot in the last part of an address would ask for a file. */
export function startPath(kind: string, how: 'start' | 'schedule' = 'start'): string {
  return `${how}/${kind.replace('.', '/')}`;
}
