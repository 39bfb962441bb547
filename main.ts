#!/usr/bin/env node
import { runCommandLine } from './cli/command-line.ts';
import { openTracing } from './cli/observability/tracing.ts';
import { processSurroundings } from './cli/surroundings-process.ts';
import { version } from './cli/version-file.ts';

const tracing = await openTracing(process.env, version);
process.exitCode = await runCommandLine(process.argv.slice(2), { ...processSurroundings(), tracing });
await tracing.shutdown();
