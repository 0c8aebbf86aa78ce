/** The shell's own words. */
import { catalogue } from './catalogue';
import en from './en.json';

export const t = catalogue(en);
