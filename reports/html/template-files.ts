import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HtmlTemplates {
  readonly css: string;
  /** Handlebars sources by block kind, and `report` for the page around them. */
  readonly sources: ReadonlyMap<string, string>;
}

/** The templates beside this file, one per kind of block. */
export function readHtmlTemplates(): HtmlTemplates {
  const folder = join(import.meta.dirname, 'templates');
  const names = readdirSync(folder).filter((name) => name.endsWith('.hbs'));
  return {
    css: ['report.css', 'report-media.css'].map((name) => readFileSync(join(folder, name), 'utf8')).join(''),
    sources: new Map(names.map((name) => [name.slice(0, -4), readFileSync(join(folder, name), 'utf8')])),
  };
}
