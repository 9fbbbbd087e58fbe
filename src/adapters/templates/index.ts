export { TemplateError } from './errors.js';
export { openTemplates } from './open-templates.js';
