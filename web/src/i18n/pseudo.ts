/** English made foreign: accents show that a text came from a catalogue, 40 % more length shows what is too tight. */
const FOREIGN: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', y: 'ý', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', c: 'ç', n: 'ñ' };

/** Return *text* foreign, its `{names}` as they are. */
export function pseudo(text: string): string {
  const foreign = text.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? part : part.replace(/[a-zA-Z]/g, (letter) => FOREIGN[letter] ?? letter))).join('');
  return `[${foreign}${'·'.repeat(Math.ceil(text.length * 0.4))}]`;
}

export function isPseudo(text: string): boolean {
  return text.includes('·]');
}
