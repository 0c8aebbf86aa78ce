/** Core's own pages, by the name the server uses, each in its chunk but the first. */
import type { ComponentType } from 'react';

import { Dashboard } from '@/sections/dashboard/dashboard';
import { lazyPage } from './lazy-page';

export const ResourcePage = lazyPage(async () => (await import('@/resource/resource-page')).ResourcePage);
const Runs = lazyPage(async () => (await import('@/sections/runs/runs')).Runs);
const Users = lazyPage(async () => (await import('@/sections/users')).Users);
const Settings = lazyPage(async () => (await import('@/sections/settings')).Settings);
const Plugins = lazyPage(async () => (await import('@/sections/plugins')).Plugins);

export const BUILTIN: Record<string, ComponentType> = { dashboard: Dashboard, runs: Runs, users: Users, settings: Settings, plugins: Plugins };

/** Bring all chunks in while nothing else happens. */
export async function preloadPages(): Promise<void> {
  await Promise.all([ResourcePage, Runs, Users, Settings, Plugins].map((page) => page.preload()));
}
