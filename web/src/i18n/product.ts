/** What this deployment calls the product: written into the page by the server, so that the door knows it too. */
export function productName(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content ?? 'Foundation';
}
