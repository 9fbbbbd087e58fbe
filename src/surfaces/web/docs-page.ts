import { html } from './html.js';

/** Swagger UI from our own address; it styles itself, so this page has none of our frame. */
export const docsPage = (): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Yinxin API</title>
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/swagger-ui.css" />
        <script src="/static/swagger-ui-bundle.js" defer></script>
        <script src="/static/docs.js" defer></script>
      </head>
      <body>
        <div id="swagger-ui"></div>
        <noscript>The contract itself: <a href="/openapi.yaml">openapi.yaml</a></noscript>
      </body>
    </html> `.text;
