/** Put a text on the clipboard, also on plain http where the browser has no clipboard for us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'f-hidden';
  const home = before?.closest('dialog') ?? document.body; // outside an open dialog nothing can be selected
  home.append(area);
  area.select();
  // The only way without a secure context, and every browser still has it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
