import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';

export interface Assets {
  readonly router: express.Router;
  /** Address of the style sheet, with its hash. */
  readonly style: string;
}

const locate = createRequire(import.meta.url).resolve;
const fontFolder = dirname(locate('@fontsource-variable/noto-sans-sc/package.json'));
const tabler = join(dirname(locate('@tabler/core/package.json')), 'dist/css/tabler.min.css');
/** In the order of the cascade. */
const ownSheets = [
  'base.css',
  'scorecard.css',
  'tables.css',
  'parts.css',
  'telemetry.css',
  'registers.css',
  'promises.css',
  'series.css',
  'stage.css',
  'screens.css',
];
const oneYear = 'public, max-age=31536000, immutable';

/** One style sheet: Noto Sans SC in slices by unicode range, Tabler, ours. All of it is served from here. */
function styleSheet(): string {
  const faces = readFileSync(join(fontFolder, 'index.css'), 'utf8').replaceAll('./files/', '/assets/fonts/');
  const base = readFileSync(tabler, 'utf8')
    .replace(/^@charset[^;]*;/, '')
    .replace(/\/\*# sourceMapping.*/, '');
  const own = ownSheets
    .map((name) => readFileSync(join(import.meta.dirname, 'assets', name), 'utf8'))
    .join('\n');
  return `@charset "UTF-8";\n${faces}\n${base}\n${own}`;
}

export function loadAssets(): Assets {
  const style = Buffer.from(styleSheet());
  const packed = gzipSync(style);
  const hash = createHash('sha256').update(style).digest('hex').slice(0, 16);
  const icon = readFileSync(join(import.meta.dirname, 'assets/citygauge.svg'));
  const router = express.Router();
  router.get('/citygauge.css', (request, response) => {
    const wantsPacked = request.acceptsEncodings('gzip') === 'gzip';
    response.set({ 'Cache-Control': oneYear, Vary: 'Accept-Encoding', ETag: `"${hash}"` }).type('css');
    if (wantsPacked) response.set('Content-Encoding', 'gzip');
    response.end(wantsPacked ? packed : style);
  });
  router.get('/citygauge.svg', (_, response) => {
    response.set('Cache-Control', oneYear).type('svg').end(icon);
  });
  router.use(
    '/fonts',
    express.static(join(fontFolder, 'files'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
    }),
  );
  return { router, style: `/assets/citygauge.css?v=${hash}` };
}
