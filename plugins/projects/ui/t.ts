/** The words of this page. */
import { words } from '@foundation/sdk';

import en from './locales/en.json';
import fr from './locales/fr.json';

export const t = words(en, { fr });
