export { codePage } from './code-page.js';
export { docsPage } from './docs-page.js';
export type { Language, PageSetting } from './page.js';
export { problemPage } from './problem-page.js';
export { problemsPage } from './problems-page.js';
export { reportPage } from './report-page.js';
export { statusPage } from './status-page.js';
export { verifyPage } from './verify-page.js';
