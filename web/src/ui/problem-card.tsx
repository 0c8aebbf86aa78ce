/** A part that failed, in its place: what failed, what to do, the request id, and Try again. */
import { t } from '@/i18n/t';
import { Button } from './button';
import { CopyButton } from './copy-button';
import { Icon } from './icon';
import { problemWords } from './problem-words';

type ProblemCardProps = { error: unknown; onRetry?: () => void; title?: string };

export function ProblemCard({ error, onRetry, title }: ProblemCardProps) {
  const words = problemWords(error);
  return (
    <div className="f-card f-problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        <p className="f-problem-title">{title ?? words.title}</p>
        <p>{words.body}</p>
        {words.requestId !== undefined && (
          <p className="f-meta">
            {t('problem.request')} <code className="f-code">{words.requestId}</code>
            <CopyButton text={words.requestId} what={t('problem.request')} />
          </p>
        )}
        {onRetry && <Button icon="refresh-cw" onClick={onRetry}>{t('retry')}</Button>}
      </div>
    </div>
  );
}
