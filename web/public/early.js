// Asks what every page needs while its scripts are still on their way: who is here, and what they see.
(() => {
  if (self.foundationEarly) return; // the scripts were here first, and ask for themselves
  const { pathname } = location;
  if (pathname === '/sign-in-again' || pathname === '/signed-in') return;
  const kept = (key) => {
    try {
      return localStorage.getItem(`foundation.${key}`);
    } catch {
      return null; // storage is switched off
    }
  };
  const ask = (url) => fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
  const asked = new Map();
  const put = (url, answer) => {
    answer.catch(() => undefined); // whoever takes it is told
    asked.set(url, answer);
  };
  let isHere = Promise.resolve(true);
  if (kept('here') !== '1') {
    const here = ask('/api/auth/here');
    isHere = here.then((answer) => answer.clone().json()).then((told) => told.signed_in === true);
    put('/api/auth/here', here);
  }
  const inside = (url) => put(url, isHere.then((yes) => (yes ? ask(url) : new Response(null, { status: 401 }))));
  const language = kept('language') ?? navigator.language.split('-')[0];
  inside(language === 'fr' ? '/api/shell?language=fr' : '/api/shell');
  if (pathname === '/') inside('/api/dashboard');
  self.foundationEarly = asked;
})();
