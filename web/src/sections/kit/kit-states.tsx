/** What stands in a place while it loads, is empty, or failed. */
import { ProblemError } from '@/api/problem';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { Empty } from '@/ui/empty';
import { FormProblem } from '@/ui/form-problem';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { Part } from './part';

const STATUSES = [0, 403, 404, 409, 412, 422, 429, 500, 503];

function problemOf(status: number): ProblemError {
  return new ProblemError({ type: 'about:blank', title: 'A problem', status, request_id: `kit-${status}`, ...(status === 429 ? { retry_after: 20 } : {}) });
}

export function KitStates() {
  return (
    <>
      <Part name="Banner">
        <Banner tone="info">Foundation was updated.</Banner>
        <Banner tone="warn">Safe mode: no plugin page is loaded.</Banner>
      </Part>
      <Part name="Loading and empty">
        <Skeleton rows={3} />
        <Empty title="There are no credentials yet." body="A credential holds what a service needs to sign in." action={<Button variant="primary" icon="plus">New credential</Button>} />
        <Empty title="No credentials match." action={<Button>Clear filters</Button>} />
      </Part>
      <Part name="Problems" about="What happened, then what to do, the request id, a way out.">
        <div className="f-kit-problems">{STATUSES.map((status) => <ProblemCard key={status} error={problemOf(status)} onRetry={() => undefined} />)}</div>
        <FormProblem error={problemOf(422)} />
      </Part>
    </>
  );
}
