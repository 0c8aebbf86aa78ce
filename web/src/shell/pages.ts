/** Core's own pages, by the name the server uses, each in its chunk but the first. */
import type { ComponentType } from 'react';

import { Dashboard } from '@/sections/dashboard/dashboard';
import { lazyPage } from './lazy-page';

export const ResourcePage = lazyPage(async () => (await import('@/resource/resource-page')).ResourcePage);
const Runs = lazyPage(async () => (await import('@/sections/runs/runs')).Runs);
const Users = lazyPage(async () => (await import('@/sections/users')).Users);
const Settings = lazyPage(async () => (await import('@/sections/settings')).Settings);
const Plugins = lazyPage(async () => (await import('@/sections/plugins')).Plugins);
export const Palette = lazyPage(async () => (await import('./palette/palette')).Palette);
export const KeysDialog = lazyPage(async () => (await import('./keys-dialog')).KeysDialog);
export const Kit = lazyPage(async () => (await import('@/sections/kit/kit')).Kit);

export const BUILTIN: Record<string, ComponentType> = { dashboard: Dashboard, runs: Runs, users: Users, settings: Settings, plugins: Plugins };

async function bring(): Promise<void> {
  await import('@/styles/later.css');
  await import('@/styles/print.css'); // nobody prints before the page is there
  await Promise.all([import('@/ui/window-rows'), import('@/ui/endless-rows')]);
  await Promise.all([ResourcePage, Runs, Users, Settings, Plugins, Palette, KeysDialog].map((page) => page.preload()));
}

/** Bring all chunks in while nothing else happens; one that does not come is asked for again where it is needed. */
export async function preloadPages(): Promise<void> {
  await bring().catch(() => undefined);
}
