/** Preloads the one font file, so that text is drawn once. */
import type { Plugin } from 'vite';

export function preloadFont(): Plugin {
  return {
    name: 'foundation:preload-font',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((name) => name.endsWith('.woff2'));
        if (font === undefined) return [];
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: '', fetchpriority: 'low' }; // the text stands before it, in the same measures
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}
