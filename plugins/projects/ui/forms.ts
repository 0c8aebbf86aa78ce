/** The forms of a project, for making and for changing one. */
import type { JsonSchema } from '@foundation/sdk';

import { t } from './t';

const NAME: JsonSchema = { type: 'string', title: t('name'), minLength: 1, maxLength: 200 };
const SLUG: JsonSchema = { type: 'string', title: t('slug'), description: t('slug.hint'), pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$' };
const REST: Record<string, JsonSchema> = {
  description: { type: 'string', title: t('description'), default: '', maxLength: 4000, 'x-ui': { widget: 'textarea' } },
  tags: { type: 'array', title: t('tags'), description: t('tags.hint'), items: { type: 'string', pattern: '^[a-z0-9][a-z0-9_.-]{0,39}$' } },
};

export const NEW: JsonSchema = { type: 'object', required: ['name', 'slug'], properties: { name: NAME, slug: SLUG, ...REST } };
export const CHANGE: JsonSchema = { type: 'object', required: ['name'], properties: { name: NAME, ...REST } };
