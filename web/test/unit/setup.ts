/** What happy-dom lacks, and a clean page after each test. */
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

/** The popover API, as far as a menu uses it: shown or not, and a toggle event for each change. */
function addPopovers(): void {
  const toggle = (element: HTMLElement, newState: 'open' | 'closed') => {
    if ((element.dataset['shown'] === 'open' ? 'open' : 'closed') === newState) return;
    element.dataset['shown'] = newState;
    element.dispatchEvent(Object.assign(new Event('toggle'), { newState }));
  };
  HTMLElement.prototype.showPopover = function show() {
    toggle(this, 'open');
  };
  HTMLElement.prototype.hidePopover = function hide() {
    toggle(this, 'closed');
  };
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[popovertarget]') : null;
    const list = button ? document.getElementById(button.getAttribute('popovertarget') ?? '') : null;
    if (list) toggle(list, list.dataset['shown'] === 'open' ? 'closed' : 'open');
  });
}

addPopovers();
window.close = () => undefined; // the page after signing in closes its tab; the tab of the tests is for all of them
configure({ asyncUtilTimeout: 10_000 }); // only a test that fails waits this long
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  document.head.querySelectorAll('link').forEach((link) => link.remove());
});
