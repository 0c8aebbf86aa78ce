/** Plain words for a refusal: what happened, then what to do. */
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';

export type Words = { title: string; body: string; requestId: string | undefined };

const KNOWN = [0, 401, 403, 404, 409, 412, 413, 422, 429, 503] as const;

export function problemWords(error: unknown): Words {
  if (!isProblem(error)) {
    return { title: t('problem.page.title'), body: error instanceof Error ? error.message : t('problem.page.body'), requestId: undefined };
  }
  const { problem, status } = error;
  const known = KNOWN.find((code) => code === status);
  const body = known === undefined ? t('problem.500.body') : t(`problem.${known}.body`);
  const said = status >= 400 && status < 500 && problem.detail ? sentence(problem.detail) : '';
  return {
    title: known === undefined ? t('problem.500.title') : t(`problem.${known}.title`),
    body: said === '' ? body : said,
    requestId: problem.request_id,
  };
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
