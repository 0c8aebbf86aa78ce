/** A page's stylesheets come with the section and go with it. */
export async function addStyles(document: Document, urls: string[], integrity: Record<string, string>): Promise<() => void> {
  const links = urls.map((url) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = url;
    const hash = integrity[url];
    if (hash !== undefined) link.integrity = hash;
    return link;
  });
  const loaded = links.map((link) => new Promise<void>((resolve) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => resolve()); // a page without its looks is still a page
  }));
  document.head.append(...links);
  await Promise.all(loaded);
  return () => {
    for (const link of links) link.remove();
  };
}
