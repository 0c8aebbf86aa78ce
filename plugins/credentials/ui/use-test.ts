/** Tests the values that are kept, and tells the result in a word. */
import { problemWords, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential, TestResult } from './types';

export function useTest(): (credential: Credential) => Promise<TestResult['result'] | null> {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  return async ({ id }) => {
    try {
      const { result, mend } = await api.send<TestResult>('POST', `/${id}/test`);
      ui.toast({ text: t(`test.${result}`, { mend }), kind: result === 'ok' ? 'good' : result === 'untested' || result === 'driver_missing' ? 'info' : 'bad' });
      void refresh();
      return result;
    } catch (error) {
      const words = problemWords(error);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
      return null;
    }
  };
}
