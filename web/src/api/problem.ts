/** What the server says when it refuses, as an error that can be thrown (RFC 9457). */
import type { ApiError, Problem } from '@/sdk/types';

export class ProblemError extends Error implements ApiError {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.problem = problem;
  }
}

/** The network did not answer at all: status 0, as nobody gave one. */
export function unreachable(): ProblemError {
  return new ProblemError({ type: 'about:blank', title: 'Foundation cannot be reached', status: 0, code: 'unreachable' });
}

/** Whoever waited gave up: 499, as proxies call it. */
export function stopped(): ProblemError {
  return new ProblemError({ type: 'about:blank', title: 'Stopped', status: 499, code: 'stopped' });
}

/** Read a refusal, also when a proxy answered instead of Foundation. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const requestId = response.headers.get('x-request-id');
  const fallback: Problem = { type: 'about:blank', title: response.statusText || 'The request failed', status: response.status };
  if (requestId !== null) fallback.request_id = requestId;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(wait)) fallback['retry_after'] = wait; // seconds; a date there is not ours
  if (!(response.headers.get('content-type') ?? '').includes('json')) return new ProblemError(fallback);
  const body: unknown = await response.json().catch(() => ({}));
  return new ProblemError({ ...fallback, ...(body as Partial<Problem>) }); // the server's own problem type
}

export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.problem.code === code);
}
