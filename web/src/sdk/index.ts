/** What a plugin page may import, whatever it is built with. */
export { catalogue } from '@/i18n/catalogue';
export { said } from '@/i18n/said';
export { words } from '@/i18n/words';
export * from './types';
