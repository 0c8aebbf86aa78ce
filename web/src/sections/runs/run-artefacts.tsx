/** The files a run left behind, each to be saved, never to be opened in place. */
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';
import type { RunArtefact, RunDetail } from './run-types';

type RunArtefactsProps = { run: RunDetail };

function save(name: string, content: string): void {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export function RunArtefacts({ run }: RunArtefactsProps) {
  const { api, ui, fmt } = useHost();
  if (run.artefacts.length === 0) return null;
  const handleSave = async (one: RunArtefact) => {
    try {
      const { name, content } = await api.get<{ name: string; content: string }>(`/${run.id}/artefacts/${one.id}`);
      save(name, content);
    } catch (error) {
      ui.toast({ text: problemWords(error).title, kind: 'bad' });
    }
  };
  return (
    <section aria-label={t('runs.artefacts')}>
      <h3>{t('runs.artefacts')}</h3>
      <ul className="f-rows">
        {run.artefacts.map((one) => (
          <li key={one.id}>
            <span className="f-name f-clip">{one.name}</span>
            <span className="f-meta f-num">{fmt.bytes(one.size)}</span>
            <Button icon="download" aria-label={t('runs.save', { name: one.name })} onClick={() => void handleSave(one)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
