/** The words of this page. */
import { catalogue } from '@foundation/sdk';

import en from './locales/en.json';

export const t = catalogue(en);
