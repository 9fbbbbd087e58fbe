import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html } from '../../../src/surfaces/web/html.js';

describe('html', () => {
  it('escapes every value, in text and in quoted attributes', () => {
    expect(html`<a title="${`"'><script>&`}">${'<b>'}</a>`.text).toBe(
      '<a title="&quot;&#39;&gt;&lt;script&gt;&amp;">&lt;b&gt;</a>',
    );
  });

  it('keeps what html made, joins lists, and leaves out null and false', () => {
    const items = [1, 2].map((n) => html`<b>${n}</b>`);
    expect(html`<p>${items}${null}${false}</p>`.text).toBe('<p><b>1</b><b>2</b></p>');
  });

  it('lets no text become markup', () => {
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(html`${text}`.text)));
  });
});
