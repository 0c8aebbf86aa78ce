/** A catalogue in the language of this tab: English beneath, so that a missing word is at least read. */
import { catalogue } from './catalogue';
import { currentLanguage, localeOf } from './language';
import { productName } from './product';
import { pseudo } from './pseudo';

type Words = Record<string, string>;

function inLanguage(english: Words, others: Record<string, Words>): Words {
  const language = currentLanguage();
  if (language === 'pseudo') return Object.fromEntries(Object.entries(english).map(([key, text]) => [key, pseudo(text)]));
  return { ...english, ...others[language] };
}

/** The product may have another name here; catalogues say "Foundation" where they mean it. */
function named(words: Words): Words {
  const product = productName();
  if (product === 'Foundation') return words;
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, text.replaceAll('Foundation', product)]));
}

/** Make the `t` of one catalogue: `words(en, { fr })`. */
export function words<M extends Words>(english: M, others: Record<string, Words> = {}) {
  const chosen = named(inLanguage(english, others)) as M; // every key of the English one
  return catalogue(chosen, localeOf(currentLanguage()));
}
