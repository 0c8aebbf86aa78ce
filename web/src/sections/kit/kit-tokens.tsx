/** The tokens: colours, steps of type. */
import { Part } from './part';

const COLOURS = [
  'bg', 'surface', 'raised', 'hover', 'sunken', 'selected', 'pressed', 'line', 'line-control', 'text', 'text-2', 'text-3',
  'accent', 'accent-hover', 'accent-text', 'ring', 'good', 'good-soft', 'good-dot', 'warn', 'warn-soft', 'warn-dot', 'bad', 'bad-soft', 'bad-dot', 'bad-solid', 'info', 'info-soft', 'info-dot',
];
const TYPES = ['figure', 'title', 'heading', 'prose', 'base', 'small', 'micro'];

export function KitTokens() {
  return (
    <>
      <Part name="Colours" about="Only tokens.css names a colour; pages use var(--f-…).">
        <ul className="f-kit-colours">
          {COLOURS.map((name) => <li key={name}><span className="f-kit-swatch" data-token={name} /> <code>--f-{name}</code></li>)}
        </ul>
      </Part>
      <Part name="Type">
        <ul className="f-kit-types">
          {TYPES.map((name) => <li key={name}><code className="f-meta">--f-{name}</code> <span data-type={name}>Rotate secret 0123456789</span></li>)}
        </ul>
      </Part>
    </>
  );
}
