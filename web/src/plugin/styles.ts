/** A page's stylesheets come with the section and go with it; once here, they are only switched off and on. */
const PAGE = 'data-page';

/** The sheet of *url* when it has been here before: a page that comes back is drawn with it at once. */
function known(document: Document, url: string): HTMLLinkElement | undefined {
  const links = [...document.head.querySelectorAll<HTMLLinkElement>(`link[${PAGE}]`)];
  return links.find((link) => link.getAttribute('href') === url && link.sheet !== null);
}

function bring(document: Document, url: string, hash: string | undefined): Promise<HTMLLinkElement> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = url;
  link.setAttribute(PAGE, '');
  if (hash !== undefined) link.integrity = hash;
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve(link));
    link.addEventListener('error', () => resolve(link)); // a page without its looks is still a page
    document.head.append(link);
  });
}

function show(link: HTMLLinkElement, isShown: boolean): void {
  if (link.sheet !== null) link.sheet.disabled = !isShown;
  else if (!isShown) link.remove(); // it never came: the next time it is asked for again
}

export async function addStyles(document: Document, urls: string[], integrity: Record<string, string>): Promise<() => void> {
  const links = await Promise.all(urls.map(async (url) => known(document, url) ?? bring(document, url, integrity[url])));
  for (const link of links) show(link, true);
  return () => {
    for (const link of links) show(link, false);
  };
}
