import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import handlebars from 'handlebars';
import type { Translate } from './texts.ts';

/** Renders a page's template with its view; throws for a template or a field that does not exist. */
export type Render = (template: string, view: object, t: Translate) => string;

const options = { strict: true, preventIndent: true } as const;

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => basename(name, '.hbs'));
}

/** Reads and compiles every template of `folder` and `folder/partials` once. */
export function loadTemplates(folder: string): Render {
  const engine = handlebars.create();
  const compile = (path: string) =>
    engine.compile(engine.parse(readFileSync(path, 'utf8'), { srcName: path }), options);
  const partials = join(folder, 'partials');
  for (const name of namesIn(partials)) engine.registerPartial(name, compile(join(partials, `${name}.hbs`)));
  const templates = new Map(namesIn(folder).map((name) => [name, compile(join(folder, `${name}.hbs`))]));
  engine.registerHelper('t', (key: string, call: handlebars.HelperOptions) => {
    const t: Translate = call.data.t;
    return Object.keys(call.hash).length === 0 ? t(key) : t(key, call.hash);
  });
  return (name, view, t) => {
    const template = templates.get(name);
    if (!template) throw new Error(`no template ${name} in ${folder}`);
    return template(view, { data: { t } });
  };
}
