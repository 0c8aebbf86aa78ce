/** Rotation in three steps: new values, a test of them, and the way back if it fails. */
import { useState } from 'react';

import { Badge, Button, problemWords, useHost, useRefresh } from '@foundation/sdk/react';

import { ReplaceValues } from './replace-values';
import { t } from './t';
import type { Credential, Kind, TestResult } from './types';
import { useTest } from './use-test';

type RotateValuesProps = { credential: Credential; kind: Kind; etag: string | null; onDone: () => void };

export function RotateValues({ credential, kind, etag, onDone }: RotateValuesProps) {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  const test = useTest();
  const [from] = useState(credential.values_version);
  const [result, setResult] = useState<TestResult['result'] | null>(null);
  const [busy, setBusy] = useState(false);
  const replaced = credential.values_version !== from;

  const handleTest = async () => {
    setBusy(true);
    setResult(await test(credential));
    setBusy(false);
  };
  const handleBack = async () => {
    try {
      await api.send('POST', `/${credential.id}/restore`, { version: from }, { ifMatch: etag ?? `"${credential.version}"` });
    } catch (error) {
      const words = problemWords(error);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
      return;
    }
    await refresh();
    ui.toast({ text: t('restored', { n: from }), kind: 'good' });
    onDone();
  };
  return (
    <>
      <p className="f-meta">{t(replaced ? 'rotate.second' : 'rotate.first')}</p>
      {!replaced && <ReplaceValues credential={credential} kind={kind} etag={etag} onDone={() => undefined} onCancel={onDone} />}
      {replaced && (
        <>
          {result !== null && <p><Badge tone={result === 'ok' ? 'good' : 'warn'}>{t(`test.${result}`)}</Badge></p>}
          <div className="f-form-actions">
            <Button variant={result === 'ok' ? 'secondary' : 'primary'} busy={busy} onClick={() => void handleTest()}>{t('test')}</Button>
            <Button variant={result === 'ok' ? 'primary' : 'secondary'} onClick={onDone}>{t('rotate.done')}</Button>
            <Button variant="ghost" icon="rotate-ccw" onClick={() => void handleBack()}>{t('rotate.back', { n: from })}</Button>
          </div>
        </>
      )}
    </>
  );
}
