/** The texts a page brought, in the person's language as far as it has them, else in English. */
import { catalogue } from '@/i18n/catalogue';
import type { Host, Messages } from '@/sdk/types';

/** Return the host as a page with these texts sees it. */
export function withWords(host: Host, messages: Messages = {}): Host {
  const { locale } = host.env.value;
  const [language = 'en'] = locale.split('-');
  const texts = { ...messages['en'], ...messages[language], ...messages[locale] };
  return Object.create(host, { t: { value: catalogue(texts, locale), enumerable: true } }) as Host;
}
