'use strict';
// Judges the licence code behind `#`. All words come from the page; answers are put in as text, never as HTML.
(() => {
  const result = document.getElementById('code-result');
  const words = result.dataset;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const show = (...nodes) => result.replaceChildren(...nodes);
  const alert = (text) => show(element('p', 'alert', text));

  const fact = (label, value) => {
    const row = element('div');
    row.append(element('dt', '', label), element('dd', '', value));
    return row;
  };

  const showReport = ({ verdict, words: sentence, status }) => {
    const box = element('section', `verdict ${verdict}`);
    const mark = element('p', 'mark', { accepted: '✓', refused: '✕', undetermined: '?' }[verdict]);
    mark.setAttribute('aria-hidden', 'true');
    const text = element('div');
    text.append(element('h2', '', words[verdict]), element('p', '', sentence[words.language]));
    box.append(mark, text);
    if (!status) return show(box);
    const facts = element('dl', 'facts');
    facts.append(fact(words.identifier, status.identifier));
    if (status.typeName) facts.append(fact(words.typeName, status.typeName));
    if (status.issuer) facts.append(fact(words.issuer, status.issuer));
    if (status.known) facts.append(fact(words.validUntil, status.validUntil ?? words.forever));
    show(box, facts);
  };

  const judge = async () => {
    const code = location.hash.slice(1);
    if (!code) return alert(words.missing);
    show(element('p', '', words.working));
    try {
      const answer = await fetch('/api/v1/verifications/codes', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': words.language },
        body: JSON.stringify({ code }),
      });
      const body = await answer.json();
      if (answer.ok) showReport(body);
      else alert(body.detail);
    } catch {
      alert(words.failed);
    }
  };

  addEventListener('hashchange', judge);
  void judge();
})();
