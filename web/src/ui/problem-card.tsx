/** A part that failed, in its place: what failed, what to do, the request id, and Try again. */
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import { Button } from './button';
import { CopyButton } from './copy-button';
import { Icon } from './icon';
import { problemWords } from './problem-words';
import { WaitButton } from './wait-button';

type ProblemCardProps = { error: unknown; onRetry?: () => void; title?: string };

/** What somebody who can help wants to know. */
function detailsOf(error: unknown, title: string): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [title, window.location.href, new Date().toISOString(), stack].join('\n');
}

export function ProblemCard({ error, onRetry, title }: ProblemCardProps) {
  const words = problemWords(error);
  // Asking again gives neither a permission nor the thing itself; the way on is elsewhere.
  const isFinal = isProblem(error) && (error.status === 403 || error.status === 404);
  // Nobody filled in a form: a part of the address is wrong, and only its name tells which.
  const wrong = isProblem(error) ? (error.problem.errors ?? []) : [];
  return (
    <div className="f-card f-problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        <p className="f-problem-title">{title ?? words.title}</p>
        <p>{words.body}</p>
        {wrong.map(({ pointer, detail }) => <p key={pointer}><code className="f-code">{pointer.replace(/^(query:|\/)/, '')}</code>: {detail}</p>)}
        {words.requestId !== undefined && (
          <p className="f-meta">
            {t('problem.request')} <code className="f-code">{words.requestId}</code>
            <CopyButton text={words.requestId} what={t('problem.request')} />
          </p>
        )}
        {isFinal && <a className="f-link" href="/">{t('missing.home')}</a>}
        <div className="f-problem-actions">
          {onRetry && !isFinal && (words.wait === undefined
            ? <Button icon="refresh-cw" onClick={onRetry}>{t('retry')}</Button>
            : <WaitButton key={words.requestId} seconds={words.wait} onRetry={onRetry} />)}
          {words.requestId === undefined && !isFinal && <CopyButton text={detailsOf(error, title ?? words.title)} what={t('problem.copy')} />}
        </div>
      </div>
    </div>
  );
}
