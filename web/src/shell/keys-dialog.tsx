/** All shortcuts on one sheet. */
import '@/styles/palette.css';

import { useEffect, useRef } from 'react';

import { t } from '@/i18n/t';
import type { Shell } from '@/sdk/types';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { sequencesOf } from './shortcuts';

type KeysDialogProps = { shell: Shell; enabled: boolean; onClose: () => void };
type Row = { keys: string[]; words: string };

function rowsOf(shell: Shell): { title: string; rows: Row[] }[] {
  return [
    {
      title: t('keys.everywhere'),
      rows: [
        { keys: ['Ctrl', 'K'], words: t('keys.palette') },
        { keys: ['/'], words: t('keys.filter') },
        { keys: ['n'], words: t('keys.new') },
        { keys: ['t'], words: t('keys.times') },
        { keys: ['Esc'], words: t('keys.close') },
        { keys: ['Ctrl', 'Enter'], words: t('keys.send') },
        { keys: ['?'], words: t('keys.help') },
      ],
    },
    { title: t('keys.go'), rows: sequencesOf(shell.sections).map(({ keys, section }) => ({ keys: ['g', keys], words: section.title })) },
  ];
}

export function KeysDialog({ shell, enabled, onClose }: KeysDialogProps) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => { // the button at the end has the focus; what is read is above it
    sheet.current?.closest('dialog')?.scrollTo(0, 0);
  }, []);
  return (
    <Dialog title={t('keys.title')} wide onClose={onClose} footer={<Button onClick={onClose}>{t('close')}</Button>}>
      {!enabled && <p className="f-meta">{t('keys.off')}</p>}
      <div ref={sheet} className="s-keys">
        {rowsOf(shell).map(({ title, rows }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(({ keys, words }) => (
                <div key={words}>
                  <dt>{words}</dt>
                  <dd>{keys.map((key) => <kbd key={key} className="f-kbd">{key}</kbd>)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
