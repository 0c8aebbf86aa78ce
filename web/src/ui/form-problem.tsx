/** Why a form was not taken, above its fields, when no single field is to blame. */
import { t } from '@/i18n/t';
import { Icon } from './icon';
import { problemWords } from './problem-words';

type FormProblemProps = { error: unknown; details?: string[] };

export function FormProblem({ error, details = [] }: FormProblemProps) {
  const words = problemWords(error);
  return (
    <div className="f-form-problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        <strong>{words.title}.</strong> {words.body}
        {details.map((detail) => <p key={detail}>{detail}</p>)}
        {words.requestId !== undefined && <p className="f-meta">{t('problem.request')} <code className="f-code">{words.requestId}</code></p>}
      </div>
    </div>
  );
}
