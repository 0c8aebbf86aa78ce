/** What a plugin page may import, whatever it is built with. */
export { catalogue } from '@/i18n/catalogue';
export * from './types';
