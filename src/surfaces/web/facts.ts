import { html } from './html.js';
import type { Html } from './html.js';

/** Names and values, one below the other. */
export const facts = (rows: readonly (readonly [string, string | Html])[]): Html =>
  html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
