/** The kit on one page: every part in every state, for whoever builds a page. Shown in development at /dev/kit. */
import './kit.css';

import { PageHeader } from '@/ui/page-header';
import { KitControls } from './kit-controls';
import { KitData } from './kit-data';
import { KitFloating } from './kit-floating';
import { KitStates } from './kit-states';
import { KitTokens } from './kit-tokens';
import { Part } from './part';

/** The classes alone, as a page without React uses them. */
function Classes() {
  return (
    <Part name="Classes alone" about="Plain DOM and htm pages: the same looks by .f-* classes, variants by attribute.">
      <div className="f-toolbar">
        <button type="button" className="f-btn" data-variant="primary">f-btn</button>
        <button type="button" className="f-btn" data-variant="secondary">f-btn</button>
        <input className="f-input" aria-label="f-input" placeholder="f-input" />
        <select className="f-select" aria-label="f-select"><option>f-select</option></select>
        <label className="f-check"><input type="checkbox" defaultChecked /> <span>f-check</span></label>
        <span className="f-badge" data-tone="info">f-badge</span>
        <code className="f-code">f-code</code>
        <kbd className="f-kbd">f-kbd</kbd>
        <a className="f-link" href="#classes">f-link</a>
        <span className="f-num">1,204</span>
      </div>
      <div className="f-card">f-card</div>
    </Part>
  );
}

export function Kit() {
  return (
    <>
      <PageHeader title="Kit" description="Every part of the kit in every state. Pages get these from @foundation/sdk/react, by class, or through host.ui." />
      <div className="f-kit">
        <KitTokens />
        <KitControls />
        <KitData />
        <KitStates />
        <KitFloating />
        <Classes />
      </div>
    </>
  );
}
