/** One command to type, with a button that copies it. */
import { t } from '@/i18n/t';
import { CopyButton } from './copy-button';

type CommandLineProps = { command: string };

export function CommandLine({ command }: CommandLineProps) {
  return (
    <div className="f-command">
      <code>{command}</code>
      <CopyButton text={command} what={t('command')} />
    </div>
  );
}
