/** The state of a plugin, as a dot and a word. */
import type { Tone } from '@/sdk/types';
import { Status } from './badge';

type PluginStateProps = { state: string };

const TONES: Record<string, Tone> = {
  started: 'good', active: 'good', disabled: 'neutral', removed: 'neutral', needs_migration: 'warn', refused: 'warn', quarantined: 'warn',
};

export function PluginState({ state }: PluginStateProps) {
  const words = state.replaceAll('_', ' ');
  return <Status tone={TONES[state] ?? 'bad'}>{words.charAt(0).toUpperCase() + words.slice(1)}</Status>;
}
