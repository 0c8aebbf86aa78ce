/** Answers that public/early.js has asked for before this code was here: each is given once, then all is fetched. */
declare global {
  interface Window {
    foundationEarly?: Map<string, Promise<Response>>;
  }
}

export function withEarly(fetch: typeof window.fetch, asked: Map<string, Promise<Response>> | undefined): typeof window.fetch {
  return (input, init) => {
    if (typeof input !== 'string' || (init?.method ?? 'GET') !== 'GET') return fetch(input, init);
    const early = asked?.get(input);
    asked?.delete(input);
    return early ?? fetch(input, init);
  };
}
